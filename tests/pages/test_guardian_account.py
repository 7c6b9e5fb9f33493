"""An account made in a parent's name with a child's card: it never reaches the parent's own space."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.support.clock import Clock
from tests.support.people import another_browser
from tests.support.registry import FATHER, MOTHER, a_child, a_row, write_csv
from webapp.activation import walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.importing import import_registry
from webapp.values.card import CardType
from webapp.web.states import World
from webapp.web.walker import walk_in_process

SERIAL = "40157829634"
PARENT = DemoPerson("the mother", "", MOTHER, date(1987, 4, 12), CardType.WITH_PHOTO, SERIAL)
TEENAGER = DemoPerson("her child", "", MOTHER, date(2010, 6, 8), CardType.WITH_PHOTO, "40157829635")
A_CHILD = {"birth_date": "2010-06-08", "card_serial": TEENAGER.card_serial}
THEIR_OWN = {"email": "leo@example.org", "phone": ""}
HERS, HERS_TOO = "maman.clairvernay", "vraie.clairvernay"


@pytest.fixture
def family(app: Flask, clock: Clock, tmp_path: Path) -> World:
    """A mother, and her child of fifteen whose card has a contact of their own."""
    write(app, clock, tmp_path / "one.csv", a_child(**A_CHILD, **THEIR_OWN))
    return World(walk_in_process(app.test_client()), app, lambda time: None)


def write(app: Flask, clock: Clock, path: Path, *children: dict[str, str]) -> None:
    file = write_csv(path, (a_row(), *children))
    assert import_registry(app.extensions["engine"], file, clock()).accepted


def make_account(world: World, identifier: str = HERS) -> None:
    """With the child's card and contact alone."""
    walks.prove(world, TEENAGER)
    world.walker.send(decision="activate").send(action="/activation/representant/nouveau-compte")
    world.walker.send(accept_terms="y").send(identifier=identifier, password=walks.PASSWORD)
    assert world.walker.address == "/activation/terminee"


def sign_in(world: World, identifier: str) -> None:
    world.walker.open("/connexion").send(identifier=identifier, password=walks.PASSWORD, channel="email")
    if world.walker.address == "/connexion/code":
        world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))


def home(world: World) -> str:
    return world.walker.open("/accueil").page.text.replace("\u202f", " ")


def test_it_shows_nothing_of_the_parents_own_space(family: World) -> None:
    walks.oppose(family, PARENT)
    child = another_browser(family)
    make_account(child)
    sign_in(child, HERS)
    assert "Léo" in home(child)
    assert "Opposition" not in home(child)


def test_the_parent_takes_its_place_with_their_own_card(family: World) -> None:
    child = another_browser(family)
    make_account(child)
    sign_in(child, HERS)

    walks.to_identifiers(family, PARENT)
    assert family.walker.address == "/activation/identifiants"
    family.walker.send(identifier=HERS_TOO, password=walks.PASSWORD)
    assert family.walker.address == "/activation/terminee"

    assert child.walker.open("/accueil").address == "/connexion"  # whoever was signed in is so no more
    stranger = another_browser(family)
    sign_in(stranger, HERS)
    assert stranger.walker.address == "/connexion"
    owner = another_browser(family)
    sign_in(owner, HERS_TOO)
    assert "Ouvert depuis le" in home(owner)
    assert "Léo" in home(owner)


def test_an_identifier_that_is_taken_leaves_the_account_as_it_was(family: World, tmp_path: Path) -> None:
    make_account(another_browser(family))
    walks.to_identifiers(family, PARENT)
    taken = another_browser(family)
    other = {"insured_nir": FATHER, "person_nir": FATHER, "birth_date": "1985-05-31", "sex": "M"}
    clock = family.app.extensions["clock"]
    write(family.app, clock, tmp_path / "two.csv", a_row(**other))
    father = DemoPerson("the father", "", FATHER, date(1985, 5, 31), CardType.WITH_PHOTO, SERIAL)
    walks.open_space(taken, father)
    family.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    assert family.walker.status == 422
    child = another_browser(family)
    sign_in(child, HERS)
    assert "Léo" in home(child)


def test_a_parent_with_the_same_contact_keeps_their_account(app: Flask, clock: Clock, tmp_path: Path) -> None:
    write(app, clock, tmp_path / "one.csv", a_child(**A_CHILD))
    world = World(walk_in_process(app.test_client()), app, lambda time: None)
    make_account(world)
    walks.to_identifiers(world, PARENT)
    assert world.walker.address == "/activation/terminee"


def test_whoever_no_longer_represents_a_child_no_longer_reaches_them(
    family: World, clock: Clock, tmp_path: Path
) -> None:
    make_account(family)
    sign_in(family, HERS)
    assert "Léo" in home(family)
    write(family.app, clock, tmp_path / "two.csv", a_child(**A_CHILD, **THEIR_OWN, guardians=FATHER))
    assert "Léo" not in home(family)
