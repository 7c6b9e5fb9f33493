"""What was typed on a page of the space is found again too: an entry, a question, a swap; the form of another tab."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.crowd import client_of
from tests.support.people import kept_here, sign_in_here
from webapp.account import walks
from webapp.web.states import World
from webapp.web.walker import walk_in_process

QUESTION, PART = "/bienvenue/question/1", "/profil-medical/traitements"
BACK, WAITS = "Ce que j’avais écrit est retrouvé", "Ce que je venais d’écrire est gardé"
OVER = timedelta(minutes=16)

pytestmark = pytest.mark.one_database("nothing of it decides")


def test_an_entry_that_is_new_or_corrected(signed_in: World) -> None:
    walker = signed_in.walker
    walker.open(PART).send(name="Aspirine, un comprimé")
    entry = next(href for href, _words in walker.page.links if href.startswith(f"{PART}/"))
    for path, text in ((PART, "Ibuprofène"), (entry, "Aspirine, deux comprimés")):
        walker.open(path)
        signed_in.forward(OVER)
        walker.send(name=text)
        assert WAITS in walker.page.text
        sign_in_here(signed_in)
        assert (walker.address, walker.form("name").fields["name"]) == (path, text)
        assert BACK in walker.page.text


@pytest.mark.parametrize("swap", [False, True])
def test_a_question_even_one_that_is_sent_inside_a_swap(signed_in: World, swap: bool) -> None:
    fields = signed_in.walker.open(QUESTION).form("height_m").fields
    signed_in.forward(OVER)
    headers = {"HX-Request": "true"} if swap else {}
    answer = client_of(signed_in).post(QUESTION, data={**fields, "height_m": "1,68"}, headers=headers)
    assert answer.headers["HX-Redirect" if swap else "Location"].startswith("/connexion")
    assert WAITS in signed_in.walker.open("/connexion").page.text
    sign_in_here(signed_in)
    assert signed_in.walker.address == QUESTION
    assert signed_in.walker.form("height_m").fields["height_m"] == "1,68"


@pytest.mark.parametrize("said", [{"skip": "y"}, {"seen": "1764500000000000", "details": ""}])
def test_nothing_is_promised_to_whoever_wrote_nothing(signed_in: World, said: dict[str, str]) -> None:
    token = signed_in.walker.open(QUESTION).form("height_m").fields["csrf_token"]
    signed_in.forward(OVER)
    signed_in.walker.post("/bienvenue/question/3", {"csrf_token": token, **said})
    assert "Ma session a pris fin" in signed_in.walker.page.text
    assert WAITS not in signed_in.walker.page.text


def test_a_page_that_was_only_read_is_come_back_to_but_not_a_row_of_whoever_was_there(
    signed_in: World,
) -> None:
    for path, wanted in ((PART, PART), (f"{PART}/01a22bac-8d09-7144-b73d-db1767108526", None)):
        signed_in.forward(OVER)
        signed_in.walker.open(path)
        assert signed_in.walker.form("identifier").fields.get("vers") == wanted
        sign_in_here(signed_in)
        assert signed_in.walker.status == 200


def test_it_is_promised_once(signed_in: World) -> None:
    """Found again and left there: the next end promises nothing that is not kept, and leads where one was."""
    walker = signed_in.walker
    walker.open(QUESTION)
    signed_in.forward(OVER)
    walker.send(height_m="1,68")
    sign_in_here(signed_in)
    assert BACK in walker.page.text
    walker.open("/compte/lettres")
    signed_in.forward(OVER)
    walker.open("/compte/lettres")
    assert WAITS not in walker.page.text
    sign_in_here(signed_in)
    assert walker.address == "/compte/lettres"
    assert walker.open(QUESTION).form("height_m").fields["height_m"] == "1,68"  # for its day


def test_a_form_of_another_tab_serves_once_its_owner_has_signed_in_again(signed_in: World) -> None:
    tab = walk_in_process(client_of(signed_in)).open("/compte/lettres")
    for _ in range(2):
        signed_in.forward(OVER)
        signed_in.walker.open("/connexion")
        sign_in_here(signed_in)
    tab.send(language="en")
    assert tab.status == 200
    assert tab.open("/compte/lettres").form("language").fields["language"] == "en"


def test_a_form_of_another_tab_is_worth_nothing_to_whoever_signed_in_since(signed_in: World) -> None:
    walks.make_account(signed_in, walks.PARENT, identifier="quelquun.87")
    tab = walk_in_process(client_of(signed_in)).open("/compte/lettres")
    signed_in.forward(OVER)
    signed_in.walker.open("/connexion")
    sign_in_here(signed_in, "quelquun.87")
    tab.send(language="en")
    assert tab.status == 403
    assert kept_here(signed_in) == [None]


def test_the_page_of_a_session_that_ended_tells_nothing_that_the_next_one_takes(signed_in: World) -> None:
    """Whoever sits there meanwhile has a token of the sign-in page: it forges nothing once the owner is back."""
    signed_in.forward(OVER)
    seen = signed_in.walker.open("/connexion").form("identifier").fields["csrf_token"]
    sign_in_here(signed_in)
    fields = {**signed_in.walker.open("/compte/lettres").form("language").fields, "csrf_token": seen}
    assert client_of(signed_in).post("/compte/lettres", data=fields).status_code == 403
