"""Signing in by a plain client, on both databases: right and wrong parts, codes, resends, limits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from webapp.account import walks
from webapp.db.work import reading
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.web.states import World

WRONG = "ne vont pas ensemble"


def newest_code(world: World) -> str:
    return walks.newest_access_code(world.app.extensions["engine"])


def letters(world: World) -> list[tuple[str, str]]:
    with reading(world.app.extensions["engine"]) as session:
        return [tuple(row) for row in session.execute(select(OutboxRow.kind, OutboxRow.channel))]  # type: ignore[misc]


@pytest.mark.parametrize(("channel", "shown"), [("email", "c•••••@e•••••.org"), ("sms", "01")])
def test_sign_in_by_each_channel(account: World, channel: str, shown: str) -> None:
    walks.give_password(account, channel=channel)
    assert account.walker.address == "/connexion/code"
    assert letters(account)[-1] == ("access-code", channel)
    assert shown in account.walker.page.text
    assert "camille.clairvernay" not in account.walker.body
    assert "799990001" not in re.sub(r"\D", "", account.walker.page.text)
    assert "pendant encore 15 minutes, jusqu’à 10 h 45 (heure de Paris)" in account.walker.page.text
    account.walker.send(code=newest_code(account))
    assert (account.walker.address, account.walker.status) == ("/bienvenue", 200)
    assert account.walker.open("/accueil").page.h1 == "Bonjour Camille Clairvernay"


def test_each_step_is_written_down(account: World) -> None:
    walks.sign_in(account)
    account.walker.send(action="/deconnexion")
    with reading(account.app.extensions["engine"]) as session:
        events = session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)).all()
    assert events[-3:] == [Event.SIGN_IN_STARTED, Event.SIGN_IN_DONE, Event.SIGN_OUT_DONE]


def test_the_identifier_in_capitals_and_the_code_with_spaces(account: World) -> None:
    account.walker.open("/connexion").send(
        identifier=f" {walks.IDENTIFIER.upper()} ", password=walks.PASSWORD, channel="email"
    )
    code = newest_code(account)
    account.walker.send(code=f" {code[:3]}-{code[3:]} ")
    assert account.walker.address == "/bienvenue"


@pytest.mark.parametrize(("channel", "part"), [("email", "text"), ("sms", "sms")])
def test_the_whole_message_may_be_pasted(account: World, channel: str, part: str) -> None:
    """Old telephones copy no less; a field of one line drops the ends of lines."""
    walks.give_password(account, channel=channel)
    message = walks.newest_letter(account.app.extensions["engine"], "access-code")[part]
    account.walker.send(code="".join(message.splitlines()))
    assert account.walker.address == "/bienvenue"


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        (walks.IDENTIFIER, "Autre-chose-1"),
        ("personne.ici", walks.PASSWORD),
        ("é !", "x" * 5000),
        ("x" * 3000, walks.PASSWORD),
    ],
)
def test_nobody_is_told_which_part_was_wrong(account: World, identifier: str, password: str) -> None:
    account.walker.open("/connexion").send(identifier=identifier, password=password, channel="sms")
    page = account.walker.page
    assert account.walker.status == 422
    assert WRONG in page.text
    assert page.title.startswith("Erreur")
    assert "•" not in page.text
    assert password not in account.walker.body
    assert letters(account) == []
    account.walker.open("/connexion/code")
    assert account.walker.address == "/connexion"


def test_known_and_unknown_get_the_same_page(account: World) -> None:
    pages = []
    for identifier in (walks.IDENTIFIER, "personne.ici"):
        account.walker.open("/connexion").send(identifier=identifier, password="Autre-1", channel="email")
        pages.append(account.walker.page.text)
    assert pages[0] == pages[1]


def test_what_is_missing_is_asked_for(account: World) -> None:
    account.walker.open("/connexion").send(identifier="", password="", channel="fax")
    assert account.walker.status == 422
    assert "Il y a 3 erreurs" in account.walker.page.text


@pytest.mark.parametrize("path", ["/connexion", "/mot-de-passe-oublie"])
def test_an_e_mail_address_is_nobodys_identifier_and_costs_no_try(account: World, path: str) -> None:
    for _ in range(6):
        form = account.walker.open(path).form("identifier").fields
        account.walker.post(path, {**form, "identifier": "camille@example.org", "password": "Essai-9xx"})
        assert account.walker.status == 422
        assert "pas l’adresse e-mail" in account.walker.page.text


def test_sms_without_a_phone_goes_by_mail_and_says_so(world: World) -> None:
    walks.make_account(world, phone=False)
    walks.give_password(world, channel="sms")
    assert "n’a pas de numéro de téléphone" in world.walker.page.text
    assert letters(world) == [("access-code", "email")]
    world.walker.send(code=newest_code(world))
    assert world.walker.address == "/bienvenue"


def test_without_any_address_one_is_told_only_after_the_right_password(world: World) -> None:
    walks.make_account(world, walks.UNREACHABLE)
    form = {"identifier": walks.IDENTIFIER, "channel": "email"}
    world.walker.open("/connexion").send(**form, password="Autre-1")
    assert WRONG in world.walker.page.text
    world.walker.open("/connexion").send(**form, password=walks.PASSWORD)
    assert world.walker.status == 422
    assert world.walker.page.h1 == "Je ne peux pas recevoir de code"


def test_a_resend_kills_the_code_before(account: World) -> None:
    walks.give_password(account)
    old = newest_code(account)
    account.walker.send(action="/connexion/code/renvoyer")
    assert "Un nouveau code est parti" in account.walker.page.text
    new = newest_code(account)
    account.walker.send(code=old)
    assert account.walker.status == 422
    assert "Il reste 4 essais" in account.walker.page.text
    account.walker.send(code=new)
    assert account.walker.address == "/bienvenue"


def test_the_other_channel(account: World) -> None:
    walks.give_password(account)
    account.walker.send(channel="sms")
    assert "par SMS" in account.walker.page.text
    assert letters(account) == [("access-code", "email"), ("access-code", "sms")]
    account.walker.send(code=newest_code(account))
    assert account.walker.address == "/bienvenue"


def test_an_expired_code_then_a_new_one(account: World) -> None:
    walks.give_password(account)
    code = newest_code(account)
    form = account.walker.form("code").fields
    account.forward(timedelta(minutes=8))
    account.walker.open("/connexion/code")
    account.forward(timedelta(minutes=8))
    account.walker.post("/connexion/code", {**form, "code": code})
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Ce code a expiré"
    account.walker.send(action="/connexion/code/renvoyer")
    account.walker.send(code=newest_code(account))
    assert account.walker.address == "/bienvenue"


def test_a_used_code_is_used(account: World) -> None:
    walks.give_password(account)
    code, form = newest_code(account), account.walker.form("code").fields
    account.walker.send(code=code)
    account.walker.post("/connexion/code", {**form, "code": code})
    assert account.walker.address == "/bienvenue"  # the very same form: it goes where the first one went
    token = account.walker.form("once", action="/deconnexion").fields["csrf_token"]
    account.walker.post("/connexion/code", {"csrf_token": token, "code": code})
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Ce code a déjà servi"


def test_five_wrong_codes_then_a_new_one(account: World) -> None:
    walks.give_password(account)
    right = newest_code(account)
    for left in (4, 3, 2, 1):
        account.walker.send(code=walks.another(right))
        assert f"Il reste {left} essai" in account.walker.page.text
    account.walker.send(code=walks.another(right))
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Trop d’essais avec ce code"
    account.walker.send(action="/connexion/code/renvoyer")
    account.walker.send(code=newest_code(account))
    assert account.walker.address == "/bienvenue"


def test_ten_codes_an_hour(account: World) -> None:
    walks.give_password(account)
    for _ in range(9):
        account.walker.send(action="/connexion/code/renvoyer")
        assert account.walker.status == 200
    account.walker.send(action="/connexion/code/renvoyer")
    assert account.walker.status == 429
    assert len(letters(account)) == 10
    account.forward(timedelta(minutes=61))
    walks.sign_in(account)
    assert account.walker.address == "/bienvenue"


def test_wrong_passwords_wait_and_the_wait_ends(account: World) -> None:
    wrong = {"identifier": walks.IDENTIFIER, "password": "Autre-1", "channel": "email"}
    for _ in range(5):
        account.walker.open("/connexion").send(**wrong)
        assert account.walker.status == 422
    walks.give_password(account)
    assert account.walker.status == 429
    assert "30 secondes" in account.walker.page.text
    account.forward(timedelta(seconds=31))
    walks.give_password(account)
    assert account.walker.address == "/connexion/code"


def test_a_code_belongs_to_the_visit_that_asked(account: World) -> None:
    from webapp.web.walker import walk_in_process

    walks.give_password(account)
    code = newest_code(account)
    other = walk_in_process(account.app.test_client()).open("/connexion")
    token = other.form("identifier").fields["csrf_token"]
    other.post("/connexion/code", {"csrf_token": token, "code": code})
    assert other.address == "/connexion"
    account.walker.send(code=code)
    assert account.walker.address == "/bienvenue"


def test_the_children_of_the_account_are_listed(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    walks.sign_in(world)
    text = world.walker.page.text
    assert "Bonjour Nadia Belombrière" in text
    assert "Pas encore ouvert" in text
    assert "Léo Belombrière" in text
    assert "Zoé" not in text
    world.forward(timedelta(days=365 * 9))  # a child who came of age holds their own space
    walks.sign_in(world)
    assert "Léo" not in world.walker.page.text
