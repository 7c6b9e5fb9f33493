"""A page that was wanted is shown after signing in, and no other address is ever led to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.web.models import VisitRow
from webapp.web.states import World

PAGE = "/compte/adresse-electronique"
OTHER = "quelquun.87"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here: nothing of it decides."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


def kept_here(world: World) -> list[object]:
    """What every visit keeps of what was typed."""
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(select(VisitRow.id, VisitRow.sealed)).all()
    return [current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed).get("left") for row in rows]


def sign_in_here(world: World) -> None:
    """Sign in on the page where one is."""
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD, channel="email")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))


def given(world: World, **fields: str) -> dict[str, str]:
    return {**world.walker.form(*fields).fields, **fields}


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
    assert world.walker.address == "/accueil"
    answer = client_of(world).get("/connexion", query_string={"vers": wanted})
    assert answer.headers["Location"] == "/accueil"
