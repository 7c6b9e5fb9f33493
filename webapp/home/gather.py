"""What the first page of a space shows: the newest of each part, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.documents.latest import Latest, latest
from webapp.family.reach import Reached
from webapp.inbox.mark import Mark
from webapp.onboarding.rules import TOTAL
from webapp.profile import listing
from webapp.profile.course import is_over
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.profile.words import said, when
from webapp.values.french import plural

SHOWN = 3
"""Entries of each part."""
READ = 6
"""Of which so many are read, since a treatment may be over."""


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    words: str
    when: str
    href: str


@dataclass(frozen=True)
class Todo:
    """One thing that is left to do: what the link says, and what stands beside it."""

    href: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Newest:
    """The newest of each part of a space."""

    treatments: list[Line]
    over: bool
    """The newest treatments are all over; an older one may go on."""
    no_treatment: bool
    """It was said that there is none."""
    vaccinations: list[Line]
    somebody: bool
    """There is somebody to tell in an emergency, or another person around."""
    files: Latest


def newest(session: Session, space: Reached) -> Newest:
    """Read the newest of each part. Two queries, whatever the space holds."""
    kinds = (Kind.TREATMENT, Kind.NO_TREATMENT, Kind.VACCINATION, Kind.PERSON)
    found = listing.latest(session, space.id, kinds, READ)
    treatments = found.get(Kind.TREATMENT, [])
    going_on = [one for one in treatments if not is_over(one.said)]
    return Newest(
        _lines(going_on, "traitements"),
        bool(treatments) and not going_on,
        Kind.NO_TREATMENT in found,
        _lines(found.get(Kind.VACCINATION, []), "vaccinations"),
        Kind.PERSON in found,
        latest(session, space, SHOWN),
    )


def left_to_do(found: Newest, *, questions: int, unread: Mark, own: bool = True) -> list[Todo]:
    """Say what is left to do, the first thing first; nothing once all of it is done. `own`: in one's own space."""
    todo = []
    if questions:
        words = f"Compléter {'mon' if own else 'le'} profil médical"
        note = f"il reste {questions} {plural(questions, 'question', 'questions')} sur {TOTAL}"
        todo.append(Todo("/bienvenue", words, note))
    if unread.count:
        words = f"Lire {'mes' if own else 'les'} messages"
        note = f"{unread.figures} {plural(unread.count, 'non lu', 'non lus')}"
        todo.append(Todo("/messagerie/a-lire", words, note))
    if not found.somebody:
        todo.append(Todo("/profil-medical/proches", "Dire qui prévenir en cas d’urgence"))
    if not found.files.documents:
        todo.append(
            Todo("/documents/ajouter", "Ajouter un premier document", "une photo d’ordonnance suffit")
        )
    return todo


def _lines(entries: list[Entry], slug: str) -> list[Line]:
    return [Line(said(one), when(one), f"/profil-medical/{slug}/{one.entry_id}") for one in entries[:SHOWN]]
