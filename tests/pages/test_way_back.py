"""A page that was wanted is shown after signing in, and no other address is ever led to."""

from __future__ import annotations

import pytest

from tests.support.crowd import client_of
from tests.support.people import given, kept_here, sign_in_here
from webapp.account import walks
from webapp.web.states import World

PAGE = "/compte/adresse-electronique"
OTHER = "quelquun.87"


pytestmark = pytest.mark.one_database("nothing of it decides")


@pytest.mark.parametrize("page", ["/compte", "/compte/connexions", PAGE])
def test_a_page_that_was_wanted_is_shown_after_signing_in(world: World, page: str) -> None:
    walks.make_account(world)
    world.walker.open(page)
    assert world.walker.address == "/connexion"
    assert kept_here(world) == []  # nothing is written by looking
    world.walker.send(
        identifier=walks.IDENTIFIER, password="Autre-1x", channel="email"
    )  # a mistake on the way
    sign_in_here(world)
    assert world.walker.address in (page, "/compte/confirmation")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://ailleurs.example",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "/deconnexion",
        "/verifier/ABC",
        "/compte/connexions/toutes",
        "/static/look.css",
        "javascript:alert(1)",
        "",
        "/compte?x=1",
        "é" * 300,
        "/profil-medical/" + "a" * 300,
    ],
)
def test_no_other_address_is_ever_led_to(world: World, wanted: str) -> None:
    walks.make_account(world)
    page = client_of(world).get("/connexion", query_string={"vers": wanted})
    assert 'name="vers"' not in page.text
    world.walker.open("/connexion")
    fields = given(world, identifier=walks.IDENTIFIER, password=walks.PASSWORD, channel="email")
    world.walker.post("/connexion", {**fields, "vers": wanted})
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert world.walker.address == "/bienvenue"
    answer = client_of(world).get("/connexion", query_string={"vers": wanted})
    assert answer.headers["Location"] == "/accueil"
