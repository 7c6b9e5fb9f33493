"""Gathering what a profile says, in the order of its parts: a kind that is added there shows here by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.beneficiaries.service import Person
from webapp.profile.body_mass import body_mass_index, height_for, say_index
from webapp.profile.course import is_grave, is_over
from webapp.profile.identity import SEXES
from webapp.profile.latest import latest
from webapp.profile.rules import ABSENCE, MEASURES, Kind
from webapp.profile.service import Entry, current
from webapp.profile.words import BY_KIND, NONE_SAID, PARTS, said
from webapp.summary.lines import age_in_words, in_words, vaccines_in_words
from webapp.summary.rules import CARD, SHEET, Section, fitted
from webapp.values.clock import french_date, paris_day
from webapp.values.phone import show_phone

NNBSP = "\u202f"
VITAL = ("allergy", "treatment", "illness")
"""What whoever helps needs first, in this order: all that a card says, and the top of the sheet."""
OVER = ((Kind.ILLNESS, "Maladies et sujets de santé passés"), (Kind.TREATMENT, "Traitements arrêtés"))
HELPING = {"emergency": "à prévenir en cas d’urgence", "trusted": "personne de confiance"}


@dataclass(frozen=True)
class Sheet:
    """A profile in words, on the day it is printed."""

    name: str
    birth_date: date
    on: date
    sections: tuple[Section, ...] = field(repr=False)
    card: tuple[Section, ...] = field(repr=False)
    sex: str = ""
    """In words; empty where the registry does not say."""

    @property
    def age(self) -> str:
        """ "41 ans", on that day."""
        return age_in_words(self.birth_date, self.on)

    @property
    def is_empty(self) -> bool:
        """Whether the profile says nothing at all."""
        return not any(section.lines or section.more for section in self.sections)


def sheet_of(session: Session, now: datetime, person: Person) -> Sheet:
    """Read a profile. Two queries, and of measures the newest alone."""
    entries = _by_kind(session, person.id)
    return Sheet(
        person.display_name,
        person.birth_date,
        paris_day(now),
        fitted(tuple(_sections(entries, person.birth_date)), SHEET),
        fitted(tuple(_card(entries)), CARD),
        SEXES.get(person.sex, ""),
    )


def _by_kind(session: Session, beneficiary_id: UUID) -> dict[Kind, list[Entry]]:
    found: dict[Kind, list[Entry]] = {}
    others = [kind for kind in Kind if kind not in MEASURES]
    for entry in (*current(session, beneficiary_id, others), *latest(session, beneficiary_id, MEASURES, 1)):
        found.setdefault(entry.kind, []).append(entry)
    return found


def _sections(entries: dict[Kind, list[Entry]], born: date) -> Iterator[Section]:
    """What matters first, then the parts in their order; those where "none" can be said always, others when they hold
    something. What is over stands apart, so that nobody takes it for what counts today.
    """
    first = [BY_KIND[Kind(value)] for value in VITAL]
    for part in first:
        yield Section(part.title, _lines(part.kind, _going_on(entries, part.kind)), vital=True)
    for kind, title in OVER:
        if held := [one for one in entries.get(kind, []) if is_over(one.said)]:
            yield Section(title, tuple(map(in_words, held)))
    for part in PARTS:
        if part not in first and part.kind not in MEASURES and (lines := _lines(part.kind, entries)):
            yield Section(part.title, lines)
    if measured := tuple(_measures(entries, born)):
        yield Section("Dernières mesures", measured)


def _going_on(entries: dict[Kind, list[Entry]], kind: Kind) -> dict[Kind, list[Entry]]:
    """What counts today of a kind, what is grave first; with the statement that there is none."""
    held = sorted((one for one in entries.get(kind, []) if not is_over(one.said)), key=_less_grave)
    return {**entries, kind: held}


def _less_grave(entry: Entry) -> bool:
    return not is_grave(entry.said)


def _lines(kind: Kind, entries: dict[Kind, list[Entry]]) -> tuple[str, ...]:
    if held := entries.get(kind):
        return tuple(vaccines_in_words(held) if kind is Kind.VACCINATION else map(in_words, held))
    none = ABSENCE.get(kind)
    return (NONE_SAID[kind],) if none and entries.get(none) else ()


def _measures(entries: dict[Kind, list[Entry]], born: date) -> Iterator[str]:
    for kind in MEASURES:
        for one in entries.get(kind, [])[:1]:
            index = _index(one, entries.get(Kind.HEIGHT, []), born) if kind is Kind.WEIGHT else ""
            yield f"{BY_KIND[kind].title}{NNBSP}: {said(one)} ({french_date(one.happened_on)}){index}"


def _index(weight: Entry, heights: list[Entry], born: date) -> str:
    known = [(one.happened_on, int(one.said["value"])) for one in heights]
    height = height_for(weight.happened_on, known, born)
    return f", IMC {say_index(body_mass_index(weight.said['value'], height))}" if height else ""


def _card(entries: dict[Kind, list[Entry]]) -> Iterator[Section]:
    kinds = {part.kind.value: part for part in PARTS}
    for value in VITAL:
        if value in kinds:
            kind = kinds[value].kind
            yield Section(kinds[value].title, _lines(kind, _going_on(entries, kind)))
    around = [one for kind, held in entries.items() if kind.value == "person" for one in held]
    lines = [
        f"{HELPING[one.said['role']].capitalize()}{NNBSP}: {_contact(one)}"
        for role in HELPING
        for one in around
        if one.said.get("role") == role
    ]
    if lines:
        yield Section("Qui prévenir", tuple(lines))


def _contact(entry: Entry) -> str:
    phone = show_phone(entry.said["phone"]) if entry.said.get("phone") else ""
    return ", ".join(filter(None, (entry.said["name"], entry.said.get("relation"), phone)))
