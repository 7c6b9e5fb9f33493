"""Gathering what a profile says, in the order of its parts: a kind that is added there shows here by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.beneficiaries.service import Person
from webapp.profile.days import day_in_words
from webapp.profile.latest import latest
from webapp.profile.rules import ABSENCE, MEASURES, Kind
from webapp.profile.service import Entry, current
from webapp.profile.words import NONE_SAID, PARTS, said
from webapp.summary.rules import CARD, SHEET, Section, fitted
from webapp.values.clock import french_date, paris_day
from webapp.values.phone import show_phone

NNBSP = "\u202f"
DATED = {"vaccination", "hospital-stay"}
"""Kinds whose day matters as much as their name; a measure's always does."""
VITAL = ("allergy", "treatment", "illness")
"""What a card says, in the order in which whoever helps needs it."""
HELPING = {"emergency": "à prévenir en cas d’urgence", "trusted": "personne de confiance"}


@dataclass(frozen=True)
class Sheet:
    """A profile in words, on the day it is printed."""

    name: str
    birth_date: date
    on: date
    sections: tuple[Section, ...] = field(repr=False)
    card: tuple[Section, ...] = field(repr=False)

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
        fitted(tuple(_sections(entries)), SHEET),
        fitted(tuple(_card(entries)), CARD),
    )


def _by_kind(session: Session, beneficiary_id: UUID) -> dict[Kind, list[Entry]]:
    found: dict[Kind, list[Entry]] = {}
    others = [kind for kind in Kind if kind not in MEASURES]
    for entry in (*current(session, beneficiary_id, others), *latest(session, beneficiary_id, MEASURES, 1)):
        found.setdefault(entry.kind, []).append(entry)
    return found


def _sections(entries: dict[Kind, list[Entry]]) -> Iterator[Section]:
    """The parts in their order; those where "none" can be said always, the others when they hold something."""
    measured = []
    for part in PARTS:
        if part.kind in MEASURES:
            measured += [
                f"{part.title}{NNBSP}: {said(one)} ({french_date(one.happened_on)})"
                for one in entries.get(part.kind, [])[:1]
            ]
            continue
        lines = _lines(part.kind, entries)
        if lines or part.kind in ABSENCE:
            yield Section(part.title, lines)
    if measured:
        yield Section("Dernières mesures", tuple(measured))


def _lines(kind: Kind, entries: dict[Kind, list[Entry]]) -> tuple[str, ...]:
    if held := entries.get(kind):
        return tuple(_in_words(one) for one in held)
    none = ABSENCE.get(kind)
    return (NONE_SAID[kind],) if none and entries.get(none) else ()


def _in_words(entry: Entry) -> str:
    """What an entry says, with its dose when its own words leave it out, and its day when that matters."""
    words, dose = said(entry), str(entry.said.get("dose") or "")
    words += f", {dose}" if dose and dose not in words else ""
    day = day_in_words(entry) if entry.kind.value in DATED else ""
    return f"{words} ({day})" if day else words


def _card(entries: dict[Kind, list[Entry]]) -> Iterator[Section]:
    kinds = {part.kind.value: part for part in PARTS}
    for value in VITAL:
        if value in kinds:
            yield Section(kinds[value].title, _lines(kinds[value].kind, entries))
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
