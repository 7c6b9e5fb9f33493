"""The password asked again: before what, for how long, and that its address leads nowhere foreign."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.support.crowd import client_of, hidden
from tests.support.people import events, visits
from webapp.account import walks
from webapp.account.step_up import STEPPED_UP
from webapp.journal.events import Event
from webapp.web.access import requirement_of
from webapp.web.states import World

ASKED, WANTED = "/compte/confirmation", "/compte/identifiant"


pytestmark = pytest.mark.one_database("nothing of it decides")


def prove(world: World, password: str = walks.PASSWORD) -> None:
    world.walker.send(password=password)


def test_whatever_protects_the_account_asks_for_it(signed_in: World) -> None:
    asking = set()
    with signed_in.app.app_context():
        for rule in signed_in.app.url_map.iter_rules():
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
        signed_in.walker.open(address)
        assert signed_in.walker.address in (ASKED, address), address
        assert (signed_in.walker.status == 405) == (signed_in.walker.address == address), address


def test_it_leads_to_the_page_that_was_wanted(signed_in: World) -> None:
    signed_in.walker.open(WANTED)
    assert (signed_in.walker.address, signed_in.walker.page.h1) == (ASKED, "Je confirme que c’est moi")
    prove(signed_in)
    assert (signed_in.walker.address, signed_in.walker.status) == (WANTED, 200)
    assert events(signed_in)[-1] == Event.STEP_UP_DONE
    assert signed_in.walker.open(f"{ASKED}?vers={WANTED}").address == WANTED  # there is nothing left to ask


def test_a_button_leads_back_to_its_page(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.walker.open("/compte/telephone")
    signed_in.forward(timedelta(minutes=11))
    signed_in.walker.send(action="/compte/telephone/retirer")
    assert signed_in.walker.address == ASKED
    prove(signed_in)
    assert (signed_in.walker.address, signed_in.walker.status) == ("/compte/telephone", 200)
    assert Event.PHONE_CHANGED not in events(signed_in)  # what acts is never done by itself


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


def test_a_forged_page_leads_to_mon_compte(signed_in: World) -> None:
    client, page = client_of(signed_in), signed_in.walker.open(f"{ASKED}?vers={quote(FORGED[0], safe='')}")
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


def test_ten_minutes_and_not_one_more(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.forward(timedelta(minutes=9, seconds=59))
    assert signed_in.walker.open(WANTED).address == WANTED
    signed_in.forward(timedelta(seconds=1))
    assert signed_in.walker.open(WANTED).address == ASKED


def test_a_clock_set_back_does_not_prolong_it(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.forward(timedelta(minutes=-5))
    assert signed_in.walker.open(WANTED).address == ASKED


def test_between_a_page_and_its_form_it_may_grow_too_old(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.walker.open(WANTED)
    signed_in.forward(timedelta(minutes=11))
    signed_in.walker.send(identifier="nouvel.identifiant")
    assert signed_in.walker.address == ASKED
    assert Event.IDENTIFIER_CHANGED not in events(signed_in)
    prove(signed_in)
    assert signed_in.walker.address == WANTED
    assert signed_in.walker.form("identifier").fields["identifier"] == "nouvel.identifiant"


def test_a_password_typed_too_late_is_not_kept(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.walker.open("/compte/mot-de-passe")
    signed_in.forward(timedelta(minutes=11))
    signed_in.walker.send(password="Goéland-bleu-7")
    prove(signed_in)
    assert signed_in.walker.address == "/compte/mot-de-passe"
    assert "Goéland" not in signed_in.walker.body


def test_the_session_takes_a_new_id(signed_in: World) -> None:
    before = visits(signed_in)
    client = client_of(signed_in)
    stolen = {cookie.key: cookie.value for cookie in (client._cookies or {}).values()}
    walks.prove_again(signed_in)
    assert len(visits(signed_in)) == len(before) == 1
    assert visits(signed_in) != before
    thief = signed_in.app.test_client()
    for name, value in stolen.items():
        thief.set_cookie(name, value)
    assert thief.get("/compte").headers["Location"].startswith("/connexion")
    assert signed_in.walker.open("/compte").address == "/compte"


def test_wrong_passwords_wait_like_those_of_a_sign_in(signed_in: World) -> None:
    for _ in range(5):
        signed_in.walker.open(ASKED)
        prove(signed_in, "Autre-9x")
        assert signed_in.walker.status == 422
        assert "Ce n’est pas le mot de passe de mon compte" in signed_in.walker.page.text
        assert "Autre-9x" not in signed_in.walker.body
    assert events(signed_in).count(Event.STEP_UP_REFUSED) == 5
    signed_in.walker.open(ASKED)
    prove(signed_in)
    assert signed_in.walker.status == 429
    assert signed_in.walker.open(WANTED).address == ASKED
    signed_in.walker.open("/deconnexion").send(action="/deconnexion")
    walks.give_password(signed_in)
    assert signed_in.walker.status == 429  # the same counter
    signed_in.forward(timedelta(seconds=31))
    walks.sign_in(signed_in)
    signed_in.walker.open(ASKED)
    prove(signed_in)
    assert signed_in.walker.address == "/compte"


def test_nothing_typed_is_asked_for(signed_in: World) -> None:
    signed_in.walker.open(ASKED)
    prove(signed_in, "")
    assert signed_in.walker.status == 422
    assert "Écrivez le mot de passe" in signed_in.walker.page.text
    assert Event.STEP_UP_REFUSED not in events(signed_in)


def test_the_password_of_somebody_else_proves_nothing(signed_in: World) -> None:
    walks.make_account(signed_in, walks.PARENT, identifier="quelquun.85")
    fields = {"identifier": "quelquun.85", "account": "quelquun.85", "password": "Autre-9x"}
    token = hidden(signed_in.walker.open(ASKED).body, "csrf_token")
    signed_in.walker.post(ASKED, {"csrf_token": token, **fields})
    assert signed_in.walker.status == 422


def test_a_sign_in_does_not_count_as_one(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    assert world.walker.open(WANTED).address == ASKED


def test_it_does_not_outlive_the_session(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.walker.open("/deconnexion").send(action="/deconnexion")
    walks.sign_in(signed_in)
    assert signed_in.walker.open(WANTED).address == ASKED
