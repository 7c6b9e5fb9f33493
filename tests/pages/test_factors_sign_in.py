"""Signing in with a code that one holds: of an application, or printed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.support.people import another_browser
from webapp.account import walks as account_walks
from webapp.account.walks import another, give_password, newest_access_code
from webapp.db.work import reading
from webapp.factors import walks
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import entries_about
from webapp.mail.models import OutboxRow
from webapp.web.models import VisitRow
from webapp.web.signed_in import read_session
from webapp.web.states import World

CODE, AGAIN = "/connexion/code", "/connexion/code/renvoyer"
MINUTE = timedelta(minutes=1)


pytestmark = pytest.mark.one_database("which try wins is tested with the services")


@pytest.fixture
def held(world: World) -> World:
    """An account with an application, added a minute ago, and ten printed codes."""
    account_walks.make_account(world)
    walks.give_application(world)
    world.forward(MINUTE)
    return world


def sent(world: World) -> list[tuple[str, str]]:
    with reading(walks.engine_of(world)) as session:
        rows = session.execute(select(OutboxRow.kind, OutboxRow.channel).order_by(OutboxRow.created_at))
        return [(row.kind, row.channel) for row in rows]


def opened_by(world: World) -> str:
    """What the session of the walker was opened by, as its row says."""
    from webapp.db.vault import current_vault

    with reading(walks.engine_of(world)) as session:
        row = session.scalars(select(VisitRow).where(VisitRow.account_id.is_not(None))).one()
        found = read_session(current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed))
    assert found is not None
    return found.by


def test_with_the_application_nothing_is_sent(held: World) -> None:
    give_password(held, channel="app")
    assert (held.walker.address, held.walker.status) == (CODE, 200)
    assert "Rien n’est envoyé" in held.walker.page.text
    held.walker.send(code=walks.shown(held))
    assert held.walker.address == "/bienvenue"
    assert sent(held) == []
    assert opened_by(held) == "app"
    with reading(walks.engine_of(held)) as session:
        person = session.scalars(select(JournalEntry.beneficiary_id).order_by(JournalEntry.seq)).all()[-1]
        assert person is not None
        newest = entries_about(session, person, limit=1)[0]
    assert (newest.event, newest.facts["by"]) == (Event.SIGN_IN_DONE, "app")


def test_the_same_code_does_not_open_a_second_session(held: World) -> None:
    give_password(held, channel="app")
    code = walks.shown(held)
    held.walker.send(code=code)
    held.walker.send(action="/deconnexion")
    give_password(held, channel="app")
    held.walker.send(code=code)
    assert held.walker.status == 422
    assert "Il reste 4 essais" in held.walker.page.text
    held.forward(timedelta(seconds=30))
    held.walker.send(code=walks.shown(held))
    assert held.walker.address == "/bienvenue"


def test_a_printed_code_opens_once_and_its_owner_is_told(held: World) -> None:
    code = walks.give_codes(held)[0]
    give_password(held, channel="app")
    held.walker.send(code=f"{code[:5].lower()} {code[5:].lower()}")
    assert held.walker.address == "/bienvenue"
    assert opened_by(held) == "recovery"
    assert sorted(sent(held)) == [("recovery-code-used", "email"), ("recovery-code-used", "sms")]
    letter = account_walks.newest_letter(walks.engine_of(held), "recovery-code-used")
    assert "9" in str(letter.get("text") or letter["sms"])
    with reading(walks.engine_of(held)) as session:
        events = list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))
    assert events[-2:] == [Event.RECOVERY_CODE_USED, Event.SIGN_IN_DONE]
    held.walker.send(action="/deconnexion")
    give_password(held, channel="app")
    held.walker.send(code=code)
    assert held.walker.status == 422


def test_nothing_is_said_of_factors_before_the_password_is_right(held: World) -> None:
    pages = []
    for identifier in (account_walks.IDENTIFIER, "personne.ici"):
        held.walker.open("/connexion").send(identifier=identifier, password="Autre-1", channel="app")
        assert held.walker.status == 422
        pages.append(held.walker.page.text)
    assert pages[0] == pages[1]


def test_without_factors_the_code_is_sent_and_that_is_said(world: World) -> None:
    account_walks.make_account(world)
    give_password(world, channel="app")
    assert "ni application ni code de secours" in world.walker.page.text
    assert sent(world) == [("access-code", "email")]
    assert not any(form.fields.get("channel") == "app" for form in world.walker.page.forms)
    world.walker.send(code=newest_access_code(walks.engine_of(world)))
    assert world.walker.address == "/bienvenue"
    assert opened_by(world) == "email"


def test_from_the_application_to_a_code_that_is_sent(held: World) -> None:
    give_password(held, channel="app")
    held.walker.send(channel="sms")
    assert "Un code est parti par SMS" in held.walker.page.text
    assert sent(held) == [("access-code", "sms")]
    held.walker.send(code=walks.shown(held))
    assert held.walker.status == 422  # another channel's code serves no more here
    held.walker.send(code=newest_access_code(walks.engine_of(held)))
    assert opened_by(held) == "sms"


def test_from_a_code_that_is_sent_to_the_application(held: World) -> None:
    give_password(held)
    dead = newest_access_code(walks.engine_of(held))
    held.walker.send(channel="app")
    assert "Rien n’est envoyé" in held.walker.page.text
    if dead != walks.shown(held):
        held.walker.send(code=dead)
        assert held.walker.status == 422
    held.walker.send(code=walks.shown(held))
    assert opened_by(held) == "app"


def test_a_channel_that_the_account_has_not_changes_nothing(world: World) -> None:
    account_walks.make_account(world)
    give_password(world)
    form = world.walker.form("code").fields
    world.walker.post(AGAIN, {"csrf_token": form["csrf_token"], "channel": "app"})
    assert "Un nouveau code est parti par e-mail" in world.walker.page.text


def test_whoever_cannot_be_reached_signs_in_with_what_they_hold(world: World) -> None:
    account_walks.make_account(world, account_walks.UNREACHABLE)
    code = walks.give_codes(world)[0]
    give_password(world)
    assert "aucun code ne peut partir" in world.walker.page.text
    world.walker.send(code=code)
    assert world.walker.address == "/bienvenue"
    assert sent(world) == []


def test_with_nothing_left_there_is_no_way(world: World) -> None:
    account_walks.make_account(world, account_walks.UNREACHABLE)
    walks.give_codes(world, used=10)
    give_password(world, channel="app")
    assert world.walker.page.h1 == "Je ne peux pas recevoir de code"


def test_five_wrong_codes_then_a_new_try(held: World) -> None:
    give_password(held, channel="app")
    wrong = another(walks.shown(held, later=7))
    for left in (4, 3, 2, 1):
        held.walker.send(code=wrong)
        assert f"Il reste {left} essai" in held.walker.page.text
    held.walker.send(code=wrong)
    assert held.walker.page.h1 == "Trop d’essais"
    with reading(walks.engine_of(held)) as session:
        events = list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))
    assert events[-1] == Event.SIGN_IN_REFUSED
    held.walker.open(CODE)
    assert held.walker.page.h1 == "Trop d’essais"
    held.walker.send(action=AGAIN)
    held.walker.send(code=walks.shown(held))
    assert held.walker.address == "/bienvenue"


def test_the_time_to_enter_a_code_passes(held: World) -> None:
    give_password(held, channel="app")
    form = held.walker.form("code").fields
    for _ in range(2):
        held.forward(timedelta(minutes=8))
        held.walker.open(CODE)
    held.walker.post(CODE, {**form, "code": walks.shown(held)})
    assert held.walker.status == 422
    assert held.walker.page.h1 == "Le temps pour entrer un code est passé"
    held.walker.send(action=AGAIN)
    held.walker.send(code=walks.shown(held))
    assert held.walker.address == "/bienvenue"


def test_an_application_removed_meanwhile_serves_no_more(held: World) -> None:
    from webapp.db.work import writing
    from webapp.factors.service import remove_authenticator

    give_password(held, channel="app")
    form = held.walker.form("code").fields
    with writing(walks.engine_of(held)) as session:
        remove_authenticator(session, walks.account_id_of(held))
    held.walker.post(CODE, {**form, "code": walks.shown(held)})
    assert held.walker.address == "/connexion"


@pytest.mark.parametrize("typed", ["", "12345", "x" * 5000, "é" * 10, "٠١٢٣٤٥", "\x00" * 10, "1234567890"])
def test_what_is_no_code_is_refused_kindly(held: World, typed: str) -> None:
    walks.give_codes(held)
    give_password(held, channel="app")
    held.walker.post(CODE, {**held.walker.form("code").fields, "code": typed})
    assert held.walker.status in (400, 422)


@pytest.mark.parametrize("channel", ["app", "email"])
def test_the_page_asks_the_database_four_times_at_most(held: World, channel: str) -> None:
    give_password(held, channel=channel)
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(walks.engine_of(held), "before_cursor_execute", note)
    assert held.walker.open(CODE).status == 200
    assert 0 < len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 4


def test_codes_that_were_sent_do_not_bar_what_one_holds(held: World) -> None:
    """Ten sent codes are enough to be asked to wait for one more, never for a code that nobody sends."""
    printed = walks.give_codes(held)[0]
    for _ in range(10):
        give_password(another_browser(held))
    stopped = another_browser(held)
    give_password(stopped)
    assert stopped.walker.status == 429
    stopped.walker.click("Me connecter autrement")
    for code in (walks.shown(held), printed):
        browser = another_browser(held)
        give_password(browser, channel="app")
        browser.walker.send(code=code)
        assert browser.walker.address == "/bienvenue"
