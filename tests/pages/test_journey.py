"""The journey by a plain client: only links and forms, both databases."""

from __future__ import annotations

from webapp.activation import walks
from webapp.web.states import World


def test_open(world: World) -> None:
    walks.open_space(world)
    assert world.walker.status == 200
    assert world.walker.address == "/activation/terminee"
    assert "est ouvert" in world.walker.page.h1


def test_oppose_and_change_of_mind(world: World) -> None:
    walks.oppose(world)
    assert world.walker.address == "/activation/opposition/faite"
    world.walker.click("Voir le justificatif")
    assert "Camille Clairvernay" in world.walker.page.text
    world.walker.open("/").open("/activation/nouveau-code")
    walks.prove(world)
    assert "opposition est enregistrée depuis le" in world.walker.page.text
    world.walker.send(decision="activate").send(accept_terms="y")
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    assert world.walker.address == "/activation/terminee"


def test_a_child_before_the_parent(world: World) -> None:
    walks.prove(world, walks.CHILD)
    assert "Léo" in world.walker.page.h1
    world.walker.send(decision="activate")
    assert world.walker.address == "/activation/representant"
    world.walker.send(action="/activation/representant/nouveau-compte")
    assert world.walker.address == "/activation/conditions"
    world.walker.send(accept_terms="y").send(identifier="nadia.b.85", password=walks.PASSWORD)
    assert world.walker.address == "/activation/terminee"
    assert "Léo" in world.walker.page.h1


def test_a_child_from_an_existing_account(world: World) -> None:
    walks.parent_account(world)
    world.walker.send(decision="activate")
    assert world.walker.address == "/activation/representant"
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    assert world.walker.address == "/activation/representant/code"
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert world.walker.address == "/activation/terminee"


def test_twins_choose_after_the_code(world: World) -> None:
    walks.prove(world, walks.TWINS)
    assert world.walker.address == "/activation/personne"
    _one, other = world.walker.form("person").choices["person"]
    world.walker.send(person=other)
    assert world.walker.address == "/activation/decision"
