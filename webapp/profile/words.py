"""What is in a profile, in words."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Entry
from webapp.values.quantities import show_height, show_weight

SHOW = {Kind.HEIGHT: show_height, Kind.WEIGHT: show_weight}


@dataclass(frozen=True)
class Part:
    """One part of the profile: its kind, its word in addresses, its title, and what is said when there is nothing."""

    kind: Kind
    slug: str
    title: str
    none: str
    """The statement that there is none; empty for measures, where nothing is only nothing."""
    hint: str


PARTS = (
    Part(
        Kind.ILLNESS,
        "maladies",
        "Maladies et sujets de santé",
        "Aucune maladie ni autre sujet de santé",
        "Par exemple\u202f: diabète, asthme, une grossesse, des douleurs qui durent, une opération.",
    ),
    Part(
        Kind.TREATMENT,
        "traitements",
        "Traitements",
        "Aucun traitement",
        "Un médicament et sa dose, un soin ou un appareil, avec mes mots.",
    ),
    Part(
        Kind.ALLERGY,
        "allergies",
        "Allergies et intolérances",
        "Aucune allergie connue",
        "Par exemple\u202f: pénicilline, arachide, pollen, latex, lactose.",
    ),
    Part(Kind.HEIGHT, "taille", "Taille", "", "Exemples\u202f: 1,72 ou 172"),
    Part(Kind.WEIGHT, "poids", "Poids", "", "En kilos. Exemples\u202f: 70 ou 70,5"),
)
LABELS = {part.kind: part.title for part in PARTS}
NONE_SAID = {part.kind: part.none for part in PARTS if part.none}


def part_at(slug: str) -> Part | None:
    """Return the part of an address, or None."""
    return next((part for part in PARTS if part.slug == slug), None)


def said(entry: Entry) -> str:
    """Write what an entry says: "1,72 m", "Asthme"; empty for a version that took it away."""
    if entry.removed:
        return ""
    return SHOW[entry.kind](entry.said["value"]) if entry.kind in SHOW else str(entry.said.get("name", ""))


def kinds_of(part: Part) -> tuple[Kind, ...]:
    """The kinds that a part lists: its own, and the statement that there is none."""
    return (part.kind, ABSENCE[part.kind]) if part.kind in ABSENCE else (part.kind,)
