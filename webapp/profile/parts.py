"""What the profile is made of, in the order of its page: a kind that is described here is everywhere."""

from __future__ import annotations

from webapp.profile import codes
from webapp.profile.fields import Said, Widget, choice, phone, words
from webapp.profile.measures import MEASURES
from webapp.profile.part import Dated, Group, Part, labelled, named
from webapp.profile.parts_health import HEALTH
from webapp.profile.rules import LONGEST_WORDS, Kind
from webapp.values.french import typeset
from webapp.values.phone import show_phone

__all__ = ["BY_KIND", "PARTS", "Dated", "Group", "Part"]


def _person(said: Said) -> str:
    number = show_phone(said["phone"]) if said.get("phone") else ""
    about = ", ".join(filter(None, (named(said), said.get("relation"), number)))
    return typeset(f"{codes.ROLES.get(said.get('role', ''), '')} : {about}".removeprefix(" : "))


_MEASURES = tuple(
    Part(
        kind,
        slug,
        title,
        "",
        (MEASURES[kind].field, words("note", "Remarque", optional=True)),
        MEASURES[kind].say,
        Group.MEASURES,
        Dated.WHOLLY,
        "Jour de la mesure",
    )
    for kind, slug, title in (
        (Kind.WEIGHT, "poids", "Poids"),
        (Kind.HEIGHT, "taille", "Taille"),
        (Kind.BLOOD_PRESSURE, "tension", "Tension artérielle"),
        (Kind.GLUCOSE, "glycemie", "Glycémie"),
        (Kind.TEMPERATURE, "temperature", "Température"),
        (Kind.HEART_RATE, "coeur", "Rythme du cœur"),
        (Kind.OXYGEN, "oxygene", "Oxygène dans le sang"),
        (Kind.PAIN, "douleur", "Douleur"),
    )
)
_AROUND = (
    Part(
        Kind.PERSON,
        "proches",
        "Proches",
        "",
        (
            choice(
                "role",
                "Cette personne est",
                codes.ROLES,
                widget=Widget.CARDS,
                adults_only=frozenset({"trusted"}),
            ),
            words("name", "Prénom et nom"),
            words("relation", "Lien", optional=True, hint=typeset("Par exemple : fille, mari, voisin.")),
            phone("phone", "Téléphone"),
        ),
        _person,
        Group.AROUND,
        note="profile/_people.html",
    ),
    Part(
        Kind.WISH,
        "volontes",
        "Volontés",
        "",
        (
            choice(
                "topic",
                "Sujet",
                codes.WISHES,
                widget=Widget.CARDS,
                adults_only=frozenset({"advance-directives"}),
            ),
            words(
                "name",
                "Avec mes mots",
                longest=LONGEST_WORDS,
                widget=Widget.LINES,
                hint=typeset("Pour des directives : où elles sont gardées, et qui les a."),
            ),
        ),
        labelled("topic", codes.WISHES),
        Group.AROUND,
        note="profile/_wishes.html",
    ),
)

PARTS: tuple[Part, ...] = (*HEALTH, *_MEASURES, *_AROUND)
BY_KIND = {part.kind: part for part in PARTS}
