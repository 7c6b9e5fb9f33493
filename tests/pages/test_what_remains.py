"""What remains when one is done: nothing chosen in advance, nothing left behind on a shared computer."""

from __future__ import annotations

from webapp.activation import walks
from webapp.web.states import World

REMINDER = "je l’efface"


def test_after_an_opposition_neither_answer_is_chosen_in_advance(world: World) -> None:
    walks.oppose(world)
    world.walker.open("/activation/decision")
    assert "checked" not in world.walker.body
    world.walker.send(decision="activate").open("/activation/decision")
    assert "checked" in world.walker.body  # what was chosen and not recorded is found again


def test_a_shared_computer_is_reminded_of_what_was_downloaded(world: World) -> None:
    world.walker.open("/").send(action="/ordinateur-partage", shared="y")
    walks.oppose(world)
    world.walker.send(action="/activation/fin")
    assert REMINDER in world.walker.page.text


def test_an_own_device_is_not(world: World) -> None:
    walks.oppose(world)
    world.walker.send(action="/activation/fin")
    assert REMINDER not in world.walker.page.text
