"""Back never loses what was typed or chosen; a shared computer keeps none of it."""

from __future__ import annotations

from webapp.activation import walks
from webapp.web.states import World


def test_identity_and_channel_are_found_again(world: World) -> None:
    walks.identify(world)
    world.walker.send(channel="sms")
    assert world.walker.open("/activation/nouveau-code/envoi").form("channel").fields["channel"] == "sms"
    kept = world.walker.open("/activation/nouveau-code").form("nir").fields
    for name, value in walks.identity(walks.ADULT).items():
        assert kept[name] == value


def test_decision_terms_and_identifier_are_found_again(world: World) -> None:
    walks.to_identifiers(world)
    world.walker.send(identifier="camille.87", password="court")
    assert world.walker.status == 422
    assert world.walker.open("/activation/decision").form("decision").fields["decision"] == "activate"
    assert world.walker.open("/activation/conditions").form("accept_terms").fields["accept_terms"] == "y"
    kept = world.walker.open("/activation/identifiants").form("identifier").fields
    assert kept["identifier"] == "camille.87"
    assert kept["password"] == ""


def test_a_first_decision_is_never_chosen_in_advance(world: World) -> None:
    walks.prove(world)
    assert "decision" not in world.walker.form("decision").fields


def test_a_shared_computer_keeps_no_number(world: World) -> None:
    world.walker.open("/").post(
        "/ordinateur-partage", {**world.walker.open("/").form("shared").fields, "shared": "y"}
    )
    walks.identify(world)
    kept = world.walker.open("/activation/nouveau-code").form("nir").fields
    assert kept["nir"] == kept["card_serial"] == kept["birth_year"] == ""
