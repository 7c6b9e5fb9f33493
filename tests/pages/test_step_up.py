"""The password asked again: before what, for how long, and that its address leads nowhere foreign."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import select

from tests.support.crowd import client_of, hidden
from webapp.account import walks
from webapp.account.step_up import STEPPED_UP
from webapp.db.work import reading
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.web.access import requirement_of
from webapp.web.models import VisitRow
from webapp.web.states import World

ASKED, WANTED = "/compte/confirmation", "/compte/identifiant"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here: nothing of it decides."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def inside(world: World) -> World:
    """Somebody signed in."""
    walks.make_account(world)
    walks.sign_in(world)
    return world


def events(world: World) -> list[str]:
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))


def visits(world: World) -> list[bytes]:
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(VisitRow.token_digest)))


def prove(world: World, password: str = walks.PASSWORD) -> None:
    world.walker.send(password=password)


def test_whatever_protects_the_account_asks_for_it(inside: World) -> None:
    asking = set()
    with inside.app.app_context():
        for rule in inside.app.url_map.iter_rules():
            if requirement_of(rule.endpoint) is STEPPED_UP:
                asking.add(rule.rule)
    assert asking >= {
        "/compte/identifiant",
        "/compte/mot-de-passe",
        "/compte/adresse-electronique",
        "/compte/adresse-electronique/retirer",
        "/compte/adresse-electronique/code",
        "/compte/telephone",
        "/compte/telephone/retirer",
        "/compte/telephone/code",
        "/compte/caisse",
    }
    for address in sorted(asking):
        inside.walker.open(address)
        assert inside.walker.address in (ASKED, address), address
        assert (inside.walker.status == 405) == (inside.walker.address == address), address


def test_it_leads_to_the_page_that_was_wanted(inside: World) -> None:
    inside.walker.open(WANTED)
    assert (inside.walker.address, inside.walker.page.h1) == (ASKED, "Je confirme que c’est moi")
    prove(inside)
    assert (inside.walker.address, inside.walker.status) == (WANTED, 200)
    assert events(inside)[-1] == Event.STEP_UP_DONE
    assert inside.walker.open(f"{ASKED}?vers={WANTED}").address == WANTED  # there is nothing left to ask


def test_a_button_leads_back_to_its_page(inside: World) -> None:
    walks.prove_again(inside)
    inside.walker.open("/compte/telephone")
    inside.forward(timedelta(minutes=11))
    inside.walker.send(action="/compte/telephone/retirer")
    assert inside.walker.address == ASKED
    prove(inside)
    assert (inside.walker.address, inside.walker.status) == ("/compte/telephone", 200)
    assert Event.PHONE_CHANGED not in events(inside)  # what acts is never done by itself


FORGED = (
    "https://example.org/",
    "//example.org/compte/identifiant",
    "///example.org",
    "\\\\example.org\\compte\\identifiant",
    "/\\example.org",
    "http:/compte/identifiant",
    "javascript:alert(1)",
    "/compte/identifiant?identifier=autre",
    "/compte/identifiant#suite",
    "/compte//identifiant",
    "/compte/identifiant/../../deconnexion",
    "/accueil",  # ours, but it asks for nothing
    "/deconnexion",
    "/compte/confirmation",
    "/verifier/ABCD",
    "/static/look.css",
    "/nulle-part",
    "",
    "é" * 3000,
)


def test_a_forged_page_leads_to_mon_compte(inside: World) -> None:
    client, page = client_of(inside), inside.walker.open(f"{ASKED}?vers={quote(FORGED[0], safe='')}")
    assert (page.address, page.status) == (ASKED, 200)
    assert "example.org" not in page.form("password").action
    page.send(password=walks.PASSWORD)
    assert (page.address, page.status) == ("/compte", 200)
    for wanted in FORGED:
        answer = client.get(f"{ASKED}?vers={quote(wanted, safe='')}")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/compte"), wanted
    assert client.get(f"{ASKED}?vers=/compte/identifiant%00").status_code == 400
    split = client.get(f"{ASKED}?vers=/compte/identifiant/%0D%0ASet-Cookie:%20a=b")
    assert split.headers["Location"] == WANTED
    assert "a=b" not in str(split.headers)
    assert client.get(f"{ASKED}?vers={WANTED}&vers=//example.org").headers["Location"] in ("/compte", WANTED)


def test_ten_minutes_and_not_one_more(inside: World) -> None:
    walks.prove_again(inside)
    inside.forward(timedelta(minutes=9, seconds=59))
    assert inside.walker.open(WANTED).address == WANTED
    inside.forward(timedelta(seconds=1))
    assert inside.walker.open(WANTED).address == ASKED


def test_a_clock_set_back_does_not_prolong_it(inside: World) -> None:
    walks.prove_again(inside)
    inside.forward(timedelta(minutes=-5))
    assert inside.walker.open(WANTED).address == ASKED


def test_between_a_page_and_its_form_it_may_grow_too_old(inside: World) -> None:
    walks.prove_again(inside)
    inside.walker.open(WANTED)
    inside.forward(timedelta(minutes=11))
    inside.walker.send(identifier="nouvel.identifiant")
    assert inside.walker.address == ASKED
    assert Event.IDENTIFIER_CHANGED not in events(inside)
    prove(inside)
    assert inside.walker.address == WANTED
    assert inside.walker.form("identifier").fields["identifier"] == "nouvel.identifiant"


def test_a_password_typed_too_late_is_not_kept(inside: World) -> None:
    walks.prove_again(inside)
    inside.walker.open("/compte/mot-de-passe")
    inside.forward(timedelta(minutes=11))
    inside.walker.send(password="Goéland-bleu-7")
    prove(inside)
    assert inside.walker.address == "/compte/mot-de-passe"
    assert "Goéland" not in inside.walker.body


def test_the_session_takes_a_new_id(inside: World) -> None:
    before = visits(inside)
    client = client_of(inside)
    stolen = {cookie.key: cookie.value for cookie in (client._cookies or {}).values()}
    walks.prove_again(inside)
    assert len(visits(inside)) == len(before) == 1
    assert visits(inside) != before
    thief = inside.app.test_client()
    for name, value in stolen.items():
        thief.set_cookie(name, value)
    assert thief.get("/compte").headers["Location"].startswith("/connexion")
    assert inside.walker.open("/compte").address == "/compte"


def test_wrong_passwords_wait_like_those_of_a_sign_in(inside: World) -> None:
    for _ in range(5):
        inside.walker.open(ASKED)
        prove(inside, "Autre-9x")
        assert inside.walker.status == 422
        assert "Ce n’est pas le mot de passe de mon compte" in inside.walker.page.text
        assert "Autre-9x" not in inside.walker.body
    assert events(inside).count(Event.STEP_UP_REFUSED) == 5
    inside.walker.open(ASKED)
    prove(inside)
    assert inside.walker.status == 429
    assert inside.walker.open(WANTED).address == ASKED
    inside.walker.open("/deconnexion").send(action="/deconnexion")
    walks.give_password(inside)
    assert inside.walker.status == 429  # the same counter
    inside.forward(timedelta(seconds=31))
    walks.sign_in(inside)
    inside.walker.open(ASKED)
    prove(inside)
    assert inside.walker.address == "/compte"


def test_nothing_typed_is_asked_for(inside: World) -> None:
    inside.walker.open(ASKED)
    prove(inside, "")
    assert inside.walker.status == 422
    assert "Écrivez le mot de passe" in inside.walker.page.text
    assert Event.STEP_UP_REFUSED not in events(inside)


def test_the_password_of_somebody_else_proves_nothing(inside: World) -> None:
    walks.make_account(inside, walks.PARENT, identifier="quelquun.85")
    fields = {"identifier": "quelquun.85", "account": "quelquun.85", "password": "Autre-9x"}
    token = hidden(inside.walker.open(ASKED).body, "csrf_token")
    inside.walker.post(ASKED, {"csrf_token": token, **fields})
    assert inside.walker.status == 422


def test_a_sign_in_does_not_count_as_one(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    assert world.walker.open(WANTED).address == ASKED


def test_it_does_not_outlive_the_session(inside: World) -> None:
    walks.prove_again(inside)
    inside.walker.open("/deconnexion").send(action="/deconnexion")
    walks.sign_in(inside)
    assert inside.walker.open(WANTED).address == ASKED
