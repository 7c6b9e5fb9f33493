"""States of the medical profile (J10)."""

from __future__ import annotations

from collections.abc import Callable

from webapp.account import walks
from webapp.family import walks as family
from webapp.web.states import State, World

PROFILE, ILLNESSES, WEIGHT = "/profil-medical", "/profil-medical/maladies", "/profil-medical/poids"
ALLERGIES = "/profil-medical/allergies"
LONG = "Polyarthrite-rhumatoïde-séronégative-diagnostiquée-en-" + "consultation" * 8


def signed_in(world: World) -> None:
    """Somebody whose profile is still empty."""
    walks.make_account(world)
    walks.sign_in(world)


def add(*names: str, at: str = ILLNESSES, field: str = "name") -> Callable[[World], None]:
    """Add entries to a part, as whoever is signed in."""

    def walk(world: World) -> None:
        for name in names:
            world.walker.open(at).send(**{field: name}, action=None)

    return walk


def _then(*steps: Callable[[World], object]) -> Callable[[World], None]:
    def arrange(world: World) -> None:
        signed_in(world)
        for step in steps:
            step(world)

    return arrange


def none(world: World) -> None:
    """Say that there is no illness."""
    world.walker.open(ILLNESSES).send(action=f"{ILLNESSES}/aucun")


def _full(world: World) -> None:
    add("Asthme", "Opération du genou en 2019")(world)
    add("Pénicilline", at="/profil-medical/allergies")(world)
    add("1,72", at="/profil-medical/taille", field="height_m")(world)
    add("70,5", "71", at=WEIGHT, field="weight_kg")(world)


def first_entry(world: World, at: str = ILLNESSES) -> str:
    """Return the address of the first entry of a part."""
    links = world.walker.open(at).page.links
    return next(href for href, _words in links if href.startswith(f"{at}/"))


def _entry(*steps: Callable[[World], object], at: str = ILLNESSES) -> Callable[[World], dict[str, str]]:
    def arrange(world: World) -> dict[str, str]:
        _then(*steps)(world)
        return {"entry": first_entry(world, at)}

    return arrange


def _corrected(world: World) -> None:
    world.walker.open(first_entry(world)).send(name="Asthme léger")


def _removed(world: World) -> dict[str, str]:
    _then(add("Asthme"), _corrected)(world)
    address = first_entry(world)
    world.walker.open(address).send(action=f"{address}/retirer")
    return {"entry": address}


def _in_child(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)


def _frozen(world: World) -> None:
    family.disagree(family.shared(world))
    family.go_in(world)


def _frozen_meanwhile(world: World) -> dict[str, str]:
    father = family.shared(world)
    family.go_in(world)
    fields = world.walker.open(ALLERGIES).form("name").fields
    family.disagree(father)
    return {"csrf_token": fields["csrf_token"], "once": fields["once"]}


LATE = {"name": "Asthme sévère", "version": "1"}
"""Somebody else corrected it since the page was read."""

STATES = (
    State("profile", PROFILE, _then(_full), kind="prose"),
    State("profile-empty", PROFILE, signed_in, kind="prose"),
    State("profile-none", PROFILE, _then(none), kind="prose"),
    State("profile-child", PROFILE, _in_child, kind="prose"),
    State("profile-frozen", PROFILE, _frozen, kind="prose"),
    State("profile-part", ILLNESSES, _then(add("Asthme", "Opération du genou en 2019"))),
    State("profile-part-empty", ILLNESSES, signed_in),
    State("profile-part-none", ILLNESSES, _then(none)),
    State("profile-part-long", ILLNESSES, _then(add(LONG))),
    State("profile-part-wrong", ILLNESSES, signed_in, post={"name": ""}, status=422),
    State("profile-weight", WEIGHT, _then(add("70,5", "71", at=WEIGHT, field="weight_kg"))),
    State("profile-weight-wrong", WEIGHT, signed_in, post={"weight_kg": "900"}, status=422),
    State("profile-entry", "{entry}", _entry(add("Asthme"), _corrected)),
    State("profile-entry-weight", "{entry}", _entry(add("71", at=WEIGHT, field="weight_kg"), at=WEIGHT)),
    State("profile-entry-removed", "{entry}", _removed),
    State("profile-entry-wrong", "{entry}", _entry(add("Asthme")), post={"name": ""}, status=422),
    State("profile-entry-late", "{entry}", _entry(add("Asthme"), _corrected), post=LATE, status=409),
    State(
        "profile-frozen-add", ALLERGIES, _frozen_meanwhile, post={"name": "Arachide"}, status=409, raw=True
    ),
)
