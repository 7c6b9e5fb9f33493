"""States of the sheet and of the card."""

from __future__ import annotations

from webapp.family import walks as family
from webapp.profile.states import ALLERGIES, ILLNESSES, LONG, WEIGHT, add, signed_in
from webapp.web.states import State, World

SHEET, CARD = "/profil-medical/synthese", "/profil-medical/carte-urgence"
TREATMENTS = "/profil-medical/traitements"


def fill(world: World) -> None:
    """Fill in most of it."""
    add("Asthme", "Diabète de type 2", "Opération du genou en 2019")(world)
    add("Ventoline, si besoin", "Metformine 1000 mg, matin et soir", at=TREATMENTS)(world)
    add("Pénicilline", "Arachide", at=ALLERGIES)(world)
    add("1,72", at="/profil-medical/taille", field="height_m")(world)
    add("70,5", "71", at=WEIGHT, field="weight_kg")(world)


def _full(world: World) -> None:
    signed_in(world)
    fill(world)


def _long(world: World) -> None:
    signed_in(world)
    for at in (ILLNESSES, TREATMENTS, ALLERGIES):
        add(*(f"{number} {LONG}" for number in range(4)), at=at)(world)


def _child(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)
    add("Varicelle")(world)


STATES = (
    State("summary", SHEET, _full, kind="prose"),
    State("summary-empty", SHEET, signed_in, kind="prose"),
    State("summary-long", SHEET, _long, kind="prose"),
    State("summary-child", SHEET, _child, kind="prose"),
    State("card", CARD, _full, kind="prose"),
    State("card-long", CARD, _long, kind="prose"),
)
