"""The parts of the profile about one's health."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from webapp.profile import codes, course, vaccines
from webapp.profile.allergens import everyday_illnesses, known_allergens
from webapp.profile.fields import Field, Said, Widget, Wrong, choice, words
from webapp.profile.part import Dated, Part, labelled, named
from webapp.profile.rules import LONGEST_WORDS, Kind
from webapp.values.french import typeset
from webapp.values.plain_words import words_of


def _illness(said: Said) -> str:
    return course.with_state(named(said), said)


def _treatment(said: Said) -> str:
    return course.with_state(", ".join(filter(None, (named(said), said.get("dose")))), said)


def _state(states: Mapping[str, str]) -> Field:
    return choice(course.STATE, "Aujourd’hui", states, widget=Widget.CARDS, later=True)


def _vaccination(said: Said) -> str:
    """A name that says its diseases does not say them twice: "Covid-19", "DTP (Diphtérie, Poliomyélite, Tétanos)"."""
    name = set(words_of(named(said)))
    covered = [
        one
        for one in vaccines.named(said.get("diseases", []))
        if not (name <= set(words_of(one)) or set(words_of(one)) <= name)
    ]
    batch = f", lot {said['batch']}" if said.get("batch") else ""
    return named(said) + batch + (f" ({', '.join(covered)})" if covered else "")


def _stay(said: Said) -> str:
    return ", ".join(filter(None, (named(said), said.get("place"))))


def _diseases_read(text: str) -> Said:
    found: list[str] = []
    for name in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        one = vaccines.find_disease(name)
        if not one:
            raise Wrong(
                typeset(f"« {name[:40]} » n’est pas dans la liste. Exemple : tétanos, grippe saisonnière")
            )
        found += (code for code in one if code not in found)
    return {"diseases": found} if found else {}


def _diseases_shown(said: Mapping[str, Any]) -> str:
    """What is recognised by the name is not written back, so that it follows when the name is corrected."""
    given = said.get("diseases", [])
    return "" if set(given) == set(vaccines.recognise(named(said))) else ", ".join(vaccines.named(given))


def _diseases_found(said: Said) -> Said:
    found = said.get("diseases") or list(vaccines.recognise(named(said)))
    return {**said, "diseases": found} if found else said


HEALTH = (
    Part(
        Kind.ILLNESS,
        "maladies",
        "Maladies et sujets de santé",
        "Aucune maladie ni autre sujet de santé",
        (
            words(
                "name",
                "Maladie ou sujet de santé",
                hint=typeset(
                    "Par exemple : diabète, asthme, une grossesse, des douleurs qui durent, une opération."
                ),
                suggestions=everyday_illnesses,
            ),
            _state(course.ILLNESS_STATES),
        ),
        _illness,
        since="Depuis quand",
        until="Jusqu’à quand",
        complete=partial(course.ended, Kind.ILLNESS),
    ),
    Part(
        Kind.TREATMENT,
        "traitements",
        "Traitements",
        "Aucun traitement",
        (
            words(
                "name",
                "Traitement",
                hint="Un médicament, un soin ou un appareil, avec mes mots.",
                widget=Widget.MEDICINE,
            ),
            words(
                "dose", "Dose et moments", optional=True, hint="Par exemple\u202f: 1 comprimé matin et soir."
            ),
            _state(course.TREATMENT_STATES),
        ),
        _treatment,
        since="Depuis quand",
        until="Jusqu’à quand",
        complete=partial(course.ended, Kind.TREATMENT),
        kept=frozenset({"cis"}),
    ),
    Part(
        Kind.ALLERGY,
        "allergies",
        "Allergies et intolérances",
        "Aucune allergie connue",
        (
            words(
                "name",
                "Allergie ou intolérance",
                hint=typeset("Par exemple : pénicilline, arachide, pollen, latex, lactose."),
                suggestions=known_allergens,
            ),
            words(
                "reaction",
                "Ce qui s’est passé",
                optional=True,
                hint=typeset("Par exemple : boutons, gonflement du visage, malaise."),
            ),
            choice(course.CRITICALITY, "Gravité", course.CRITICALITIES, widget=Widget.CARDS),
        ),
        course.with_harm,
        since="Depuis quand",
        since_later=True,
        note="profile/_allergens.html",
    ),
    Part(
        Kind.VACCINATION,
        "vaccinations",
        "Vaccinations",
        "",
        (
            words(
                "name",
                "Vaccin",
                hint=typeset("Son nom, ou la maladie. Exemples : Revaxis, grippe"),
                suggestions=vaccines.brands,
            ),
            words("batch", "Numéro de lot", optional=True),
            Field(
                "diseases",
                "Maladies évitées",
                _diseases_read,
                _diseases_shown,
                ("diseases",),
                hint="Rien à écrire si le nom du vaccin suffit à les trouver. Sinon, séparées par des virgules.",
                optional=True,
            ),
        ),
        _vaccination,
        dated=Dated.PARTLY,
        legend="Date du vaccin",
        complete=_diseases_found,
        note="profile/_vaccines.html",
    ),
    Part(
        Kind.HOSPITAL_STAY,
        "hospitalisations",
        "Séjours à l’hôpital",
        "",
        (
            words(
                "name", "Pourquoi", hint=typeset("Par exemple : opération de l’appendicite, accouchement.")
            ),
            words("place", "Hôpital ou clinique", optional=True),
        ),
        _stay,
        dated=Dated.PARTLY,
        legend="Premier jour",
        until="Dernier jour",
    ),
    Part(
        Kind.FAMILY_HISTORY,
        "famille",
        "Maladies dans la famille",
        "",
        (
            choice("relation", "Qui", codes.RELATIONS, widget=Widget.LIST),
            words(
                "name",
                "Maladie",
                hint=typeset("Par exemple : diabète, infarctus avant 55 ans, cancer du sein."),
            ),
        ),
        labelled("relation", codes.RELATIONS),
    ),
    Part(
        Kind.WAY_OF_LIFE,
        "mode-de-vie",
        "Mode de vie",
        "",
        (
            choice("topic", "Sujet", codes.HABITS, widget=Widget.CARDS),
            words(
                "name",
                "Avec mes mots",
                longest=LONGEST_WORDS,
                widget=Widget.LINES,
                hint=typeset(
                    "Par exemple : 10 cigarettes par jour ; 30 minutes de marche ; travail de nuit."
                ),
            ),
        ),
        labelled("topic", codes.HABITS),
    ),
)
