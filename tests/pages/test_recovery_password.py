"""A forgotten password, by a plain client: where the code goes and serves, limits, which passwords are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.people import another_browser, sent, try_password
from webapp.account import walks as account_walks
from webapp.db.work import reading
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.outbox import NOWHERE
from webapp.recovery import walks
from webapp.recovery.walks import CODE, FORGOTTEN, NEW, WRONG
from webapp.web.states import World

DONE = "/mot-de-passe-oublie/fait"


pytestmark = pytest.mark.one_database("what the database decides is in test_recovery_code.py")


def test_each_step_is_written_down(account: World) -> None:
    walks.ask(account)
    account.walker.send(code=WRONG)
    account.walker.send(code=walks.newest_code(account))
    account.walker.send(password=walks.NEW_PASSWORD)
    with reading(account.app.extensions["engine"]) as session:
        entries = (
            session.execute(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(4)).scalars().all()
        )
        assert [entry.event for entry in reversed(entries)] == [
            Event.PASSWORD_RESET_ASKED,
            Event.CODE_REFUSED,
            Event.CODE_REDEEMED,
            Event.PASSWORD_RESET,
        ]
        assert entries[0].account_id is not None
        assert len({entry.account_id for entry in entries}) == 1


def test_from_inside_a_session_too(account: World) -> None:
    account_walks.sign_in(account)
    account.walker.open("/compte/confirmation").click("J’ai oublié mon mot de passe")
    walks.reset(account)
    assert (account.walker.address, account.walker.status) == (DONE, 200)
    assert account.walker.open("/accueil").address == "/connexion"


def test_sms_when_it_is_asked_for_and_either_way_when_the_other_is_missing(world: World) -> None:
    walks.make_account(world, phone=False)
    walks.ask(world)
    world.walker.send(channel="sms")
    assert world.walker.address == CODE
    assert sent(world) == [("password-reset", "email")] * 2
    assert "par SMS, ou par e-mail" in world.walker.page.text
    world.walker.send(code=walks.newest_code(world))
    assert world.walker.address == NEW


def test_by_sms(account: World) -> None:
    walks.ask(account)
    account.walker.send(channel="sms")
    assert sent(account)[-1] == ("password-reset", "sms")
    account.walker.send(code=walks.newest_code(account))
    assert account.walker.address == NEW


def test_a_code_serves_only_where_it_was_asked_for(account: World) -> None:
    walks.ask(account)
    code, other = walks.newest_code(account), another_browser(account)
    assert other.walker.open(CODE).address == FORGOTTEN
    walks.ask(other, walks.NOBODY)
    other.walker.send(code=code)
    assert other.walker.status == 422
    assert "Il reste 4 essais" in other.walker.page.text
    account.walker.send(code=code)
    assert account.walker.address == NEW


def test_it_decides_nothing_and_a_provisional_code_resets_nothing(account: World) -> None:
    from webapp.activation.walks import ask_code

    other = another_browser(account)
    provisional = ask_code(other)
    walks.ask(account)
    reset = walks.newest_code(account)
    other.walker.send(code=reset)
    assert other.walker.status == 422
    assert "Il reste 4 essais" in other.walker.page.text
    account.walker.send(code=provisional)
    assert account.walker.status == 422
    assert "Il reste 4 essais" in account.walker.page.text


def test_an_expired_code(account: World) -> None:
    walks.ask(account)
    code, form = walks.newest_code(account), account.walker.form("code").fields
    for _ in range(2):
        account.forward(timedelta(minutes=7, seconds=30))
        account.walker.open(FORGOTTEN)
    account.walker.post(CODE, {**form, "code": code})
    assert (account.walker.status, account.walker.page.h1) == (422, "Ce code a expiré")


def test_a_proof_does_not_last(account: World) -> None:
    walks.prove(account)
    form = account.walker.form("password").fields
    for _ in range(2):
        account.forward(timedelta(minutes=7, seconds=30))
        account.walker.open("/")
    account.walker.post(NEW, {**form, "password": walks.NEW_PASSWORD})
    assert account.walker.address == FORGOTTEN
    assert try_password(account, account_walks.PASSWORD) == 200


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Complétez"),
        ("azerty", "Complétez"),
        ("Soleil-2024!", "plus difficile"),
        ("Clairvernay-9!", "ne parle ni de vous"),
        ("87.Yanrevrialc!", "ne parle ni de vous"),
        ("A1!" + "a" * 126, "Raccourcissez"),
        ("A1!" + "é" * 5_000, "Raccourcissez"),
    ],
)
def test_a_password_is_refused_as_at_the_opening(account: World, password: str, said: str) -> None:
    walks.prove(account)
    account.walker.send(password=password)
    assert account.walker.status == 422
    assert said in account.walker.page.text
    assert account.walker.page.title.startswith("Erreur")
    assert not password or password not in account.walker.body
    account.walker.send(password=walks.NEW_PASSWORD)
    assert account.walker.address == DONE


def test_five_a_day_for_an_identifier_whoevers_it_is(account: World) -> None:
    for name in (walks.IDENTIFIER, walks.NOBODY):
        for _ in range(5):
            browser = another_browser(account)
            walks.ask(browser, name)
            assert browser.walker.address == CODE
        browser = another_browser(account)
        walks.ask(browser, name.upper())
        assert browser.walker.status == 429
        assert "Assez de codes" in browser.walker.page.h1
    assert [channel for _kind, channel in sent(account)] == ["email"] * 5 + [NOWHERE] * 5
    account.forward(timedelta(days=1))
    walks.ask(account)
    assert account.walker.address == CODE


def test_whoever_asks_for_many_identifiers_waits(account: World) -> None:
    for number in range(10):
        walks.ask(account, f"personne.{number:02}")
        assert account.walker.address == CODE
    walks.ask(account, walks.IDENTIFIER)
    assert account.walker.status == 429
    assert "30 secondes" in account.walker.page.text
    walks.ask(another_browser(account), walks.IDENTIFIER)  # nobody else does
    assert sent(account)[-1] == ("password-reset", "email")
    account.forward(timedelta(seconds=31))
    walks.ask(account, walks.IDENTIFIER)
    assert account.walker.address == CODE


def test_an_account_that_nothing_reaches_is_like_nobody(world: World) -> None:
    walks.make_account(world, walks.UNREACHABLE)
    walks.ask(world)
    assert world.walker.address == CODE
    assert sent(world) == [("password-reset", NOWHERE)]
    world.walker.click("que faire")
    assert (world.walker.address, world.walker.status) == ("/mot-de-passe-oublie/sans-adresse", 200)
    assert "carte Vitale" in world.walker.page.text


def test_those_who_tried_passwords_do_not_keep_the_owner_waiting(account: World) -> None:
    for _ in range(5):
        try_password(account, "Autre-chose-1")
    assert try_password(account, account_walks.PASSWORD) == 429
    walks.reset(account)
    assert try_password(account, walks.NEW_PASSWORD) == 200
    stranger = another_browser(account)
    for _ in range(25):
        try_password(stranger, "Autre-chose-1")
    assert try_password(stranger, "Autre-chose-1") == 429
    assert try_password(account, walks.NEW_PASSWORD) == 200  # this browser is known from now on


def test_nothing_opens_out_of_turn(account: World) -> None:
    for address in (CODE, NEW, DONE):
        assert account.walker.open(address).address == FORGOTTEN
    walks.ask(account)
    token = account.walker.form("code").fields["csrf_token"]
    for address in (NEW, DONE):
        assert account.walker.open(address).address == FORGOTTEN
    account.walker.post(NEW, {"csrf_token": token, "password": walks.NEW_PASSWORD})
    assert account.walker.address == FORGOTTEN
    walks.prove(account)
    assert account.walker.open(DONE).address == FORGOTTEN


def test_the_visit_takes_a_new_id_with_each_proof(account: World) -> None:
    from tests.support.crowd import client_of

    def cookie() -> str:
        found = client_of(account).get_cookie("visite")
        return found.value if found else ""

    walks.ask(account)
    before = cookie()
    account.walker.send(code=walks.newest_code(account))
    proven = cookie()
    account.walker.send(password=walks.NEW_PASSWORD)
    assert len({before, proven, cookie()}) == 3
    planted = account.app.test_client()
    planted.set_cookie("visite", before)
    assert planted.get(NEW).headers["Location"] == FORGOTTEN


@pytest.mark.parametrize(
    "typed",
    ["x" * 3000, "é !", "<script>alert(1)</script>", "' OR 1=1 --", "\u202e\u0000", "a b.fr", "İ" * 64],
)
def test_what_is_typed_is_text(account: World, typed: str) -> None:
    walks.ask(account, typed)
    assert account.walker.status in (200, 400)
    assert "<script>alert" not in account.walker.body
    if account.walker.status == 200:
        assert account.walker.address == CODE
        account.walker.send(code=typed)
        assert account.walker.status == 422
