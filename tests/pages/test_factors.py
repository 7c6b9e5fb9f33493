"""An application and printed codes, added, shown, and removed through the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from tests.support.people import events
from webapp.account import walks as account_walks
from webapp.db.work import reading
from webapp.factors import walks
from webapp.factors.models import Authenticator, RecoveryCode
from webapp.journal.events import Event
from webapp.mail.models import OutboxRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process

NEW_CODES = "/compte/codes-de-secours/nouveaux"
REMOVE = "/compte/application/retirer"


pytestmark = pytest.mark.one_database("which try wins is tested with the services")


def told(world: World, kind: str) -> list[str]:
    with reading(walks.engine_of(world)) as session:
        return sorted(session.scalars(select(OutboxRow.channel).where(OutboxRow.kind == kind)))


def stored(world: World, model: type[Authenticator] | type[RecoveryCode]) -> int:
    with reading(walks.engine_of(world)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def codes_shown(world: World) -> list[str]:
    return re.findall(r"<li><b>(\w{5} \w{5})</b></li>", world.walker.body)


def test_an_application_is_added_in_two_steps(proven: World) -> None:
    walker = proven.walker.open(walks.APPLICATION)
    assert "Étape 1 sur 2" in walker.page.text
    walks.begin(proven)
    assert walker.address == walks.FIRST_CODE
    assert "Étape 2 sur 2" in walker.page.text
    secret = walks.read_secret(proven)
    assert " ".join(re.findall("....", secret)) in walker.page.text
    assert '<svg role="img"' in walker.body
    assert stored(proven, Authenticator) == 0
    walker.send(code=walks.shown(proven, secret))
    assert (walker.address, walker.status) == (walks.APPLICATION, 200)
    assert "en place depuis le 2 mars 2026" in walker.page.text.replace("\u00a0", " ")
    assert told(proven, "factor-added") == ["email", "sms"]
    assert events(proven)[-1] == Event.AUTHENTICATOR_ADDED
    assert walker.open(walks.FIRST_CODE).address == walks.APPLICATION
    assert secret not in walker.body


def test_a_wrong_first_code_stores_nothing_and_keeps_the_key(proven: World) -> None:
    walks.begin(proven)
    secret = walks.read_secret(proven)
    walker = proven.walker.send(code=account_walks.another(walks.shown(proven, secret, later=9)))
    assert walker.status == 422
    assert walker.page.title.startswith("Erreur")
    assert walks.read_secret(proven) == secret
    assert stored(proven, Authenticator) == 0
    assert told(proven, "factor-added") == []
    walker.send(code=walks.shown(proven, secret))
    assert stored(proven, Authenticator) == 1


def test_a_step_up_that_ends_meanwhile_loses_no_key(proven: World) -> None:
    walks.begin(proven)
    secret = walks.read_secret(proven)
    proven.forward(timedelta(minutes=11))
    walker = proven.walker.send(code=walks.shown(proven, secret))
    assert walker.address == "/compte/confirmation"
    assert stored(proven, Authenticator) == 0
    walker.send(password=account_walks.PASSWORD)
    assert walker.address == walks.FIRST_CODE
    assert walks.read_secret(proven) == secret
    walker.send(code=walks.shown(proven, secret))
    assert stored(proven, Authenticator) == 1


def test_beginning_again_makes_another_key(proven: World) -> None:
    walks.begin(proven)
    first = walks.read_secret(proven)
    walks.begin(proven)
    assert walks.read_secret(proven) != first
    proven.walker.send(code=walks.shown(proven, first))
    assert proven.walker.status == 422


def test_without_a_key_there_is_nothing_to_confirm(proven: World) -> None:
    assert proven.walker.open(walks.FIRST_CODE).address == walks.APPLICATION
    walks.give_application(proven)
    token = proven.walker.open(walks.APPLICATION).form("once", action="/deconnexion").fields["csrf_token"]
    proven.walker.post(walks.APPLICATION, {"csrf_token": token})
    assert proven.walker.address == walks.APPLICATION  # one at most


def test_an_application_is_removed_and_everyone_is_told_once(proven: World) -> None:
    ending = ("/compte/connexions", "Voir mes connexions")  # ASVS 5.0, 7.4.3
    walks.give_application(proven)
    assert ending in proven.walker.open(walks.APPLICATION).page.links
    walker = proven.walker.open(REMOVE)
    form = walker.form("once", action="").fields
    walker.post(REMOVE, form)
    assert "Aucune application n’est en place" in walker.page.text
    assert ending in walker.page.links
    walker.post(REMOVE, form)
    walker.post(REMOVE, {"csrf_token": form["csrf_token"]})
    assert told(proven, "factor-removed") == ["email", "sms"]
    assert events(proven).count(Event.AUTHENTICATOR_REMOVED) == 1
    assert walker.open(REMOVE).address == walks.APPLICATION


def test_the_only_way_in_is_not_removed(world: World) -> None:
    account_walks.make_account(world, account_walks.UNREACHABLE)
    walks.give_application(world)
    world.forward(timedelta(minutes=1))
    account_walks.give_password(world, channel="app")
    world.walker.send(code=walks.shown(world))
    account_walks.prove_again(world)
    walker = world.walker.open(REMOVE)
    assert "je ne pourrais plus me connecter" in walker.page.text
    token = walker.form("once", action="/deconnexion").fields["csrf_token"]
    walker.post(REMOVE, {"csrf_token": token})
    assert stored(world, Authenticator) == 1
    walker.open(walks.CODES).send(action="")
    walker.open(REMOVE).send(action="")
    assert stored(world, Authenticator) == 0


def test_ten_codes_are_shown_once(proven: World) -> None:
    walker = proven.walker.open(walks.CODES)
    assert "pas encore de codes" in walker.page.text
    walker.send(action="")
    assert (walker.address, walker.status) == (NEW_CODES, 200)
    codes = codes_shown(proven)
    assert len(set(codes)) == 10
    assert told(proven, "recovery-codes-made") == ["email", "sms"]
    assert events(proven)[-1] == Event.RECOVERY_CODES_MADE
    walker.open(NEW_CODES)
    assert codes_shown(proven) == codes  # the printer had no paper
    walker.send(action="")
    assert walker.address == walks.CODES
    assert "Il me reste 10 codes sur 10" in walker.page.text
    assert walker.open(NEW_CODES).address == walks.CODES
    assert not any(code in walker.body for code in codes)


def test_they_are_not_shown_for_ever(proven: World) -> None:
    proven.walker.open(walks.CODES).send(action="")
    proven.forward(timedelta(minutes=9))
    assert codes_shown(proven)
    proven.forward(timedelta(minutes=2))
    account_walks.prove_again(proven)
    assert proven.walker.open(NEW_CODES).address == walks.CODES


def test_a_double_click_makes_one_list(proven: World) -> None:
    walker = proven.walker.open(walks.CODES)
    form = walker.form("once", action="").fields
    walker.post(walks.CODES, form)
    first = codes_shown(proven)
    walker.post(walks.CODES, form)
    assert codes_shown(proven) == first
    assert len(first) == stored(proven, RecoveryCode) == 10
    assert told(proven, "recovery-codes-made") == ["email", "sms"]


def test_codes_made_in_one_browser_are_seen_in_no_other(proven: World) -> None:
    proven.walker.open(walks.CODES).send(action="")
    codes = codes_shown(proven)
    other = World(walk_in_process(proven.app.test_client()), proven.app, proven.forward)
    account_walks.sign_in(other)
    account_walks.prove_again(other)
    other.walker.open(NEW_CODES)
    assert other.walker.address == walks.CODES
    assert "Revoir" not in other.walker.page.text
    assert not any(code in other.walker.body for code in codes)


@pytest.mark.parametrize("address", [walks.APPLICATION, walks.FIRST_CODE, REMOVE, walks.CODES, NEW_CODES])
def test_every_page_asks_for_the_password_again(world: World, address: str) -> None:
    account_walks.make_account(world)
    account_walks.sign_in(world)
    assert world.walker.open(address).address == "/compte/confirmation"
    token = world.walker.form("password").fields["csrf_token"]
    world.walker.post(address, {"csrf_token": token, "code": "284913"})
    assert world.walker.address == "/compte/confirmation"
    assert stored(world, RecoveryCode) == stored(world, Authenticator) == 0


def test_the_key_is_in_no_letter_and_no_journal(proven: World) -> None:
    walks.begin(proven)
    secret = walks.read_secret(proven)
    proven.walker.send(code=walks.shown(proven, secret))
    letter = account_walks.newest_letter(walks.engine_of(proven), "factor-added")
    assert secret not in str(letter)


@pytest.mark.parametrize("address", [walks.APPLICATION, REMOVE, walks.CODES, NEW_CODES])
def test_no_page_asks_the_database_more_than_four_times(proven: World, address: str) -> None:
    walks.give_application(proven)
    proven.walker.open(walks.CODES).send(action="")
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(walks.engine_of(proven), "before_cursor_execute", note)
    assert proven.walker.open(address).address == address
    assert 0 < len([one for one in statements if one.lstrip().startswith("SELECT")]) <= 4
