"""The activity of an account and of its owner: a page of it, or all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.activity.sentences import Sentence, sentence
from webapp.journal.service import Entry, entries_of
from webapp.values.clock import paris_day
from webapp.values.french import typeset

PAGE = 20
AT_ONCE = 500
"""Entries held in memory at once when all are read."""


@dataclass(frozen=True)
class Line:
    """One thing that happened, at an aware moment."""

    at: datetime
    words: str
    note: str


@dataclass(frozen=True)
class Page:
    """Lines by day of Paris, newest first; `older` is the number to go on from, None at the end."""

    days: list[tuple[date, list[Line]]]
    older: int | None


def read_page(session: Session, account_id: UUID, beneficiary_id: UUID, before: int | None) -> Page:
    """Read twenty entries older than the entry numbered `before` (None: the newest). One query."""
    entries = entries_of(session, account_id, beneficiary_id, before=before, limit=PAGE + 1)
    days: dict[date, list[Line]] = {}
    for entry in entries[:PAGE]:
        told = sentence(entry)
        if told is not None:
            days.setdefault(paris_day(entry.at), []).append(_line(entry, told, account_id, beneficiary_id))
    return Page(list(days.items()), entries[PAGE - 1].seq if len(entries) > PAGE else None)


def all_entries(session: Session, account_id: UUID, beneficiary_id: UUID) -> Iterator[Entry]:
    """Read every entry of an account and of its owner, newest first, in bounded memory."""
    before: int | None = None
    while entries := entries_of(session, account_id, beneficiary_id, before=before, limit=AT_ONCE):
        yield from entries
        before = entries[-1].seq


def all_lines(session: Session, account_id: UUID, beneficiary_id: UUID) -> Iterator[Line]:
    """The same, said as the page says it; what is not shown is left out."""
    for entry in all_entries(session, account_id, beneficiary_id):
        told = sentence(entry)
        if told is not None:
            yield _line(entry, told, account_id, beneficiary_id)


def _line(entry: Entry, told: Sentence, account_id: UUID, beneficiary_id: UUID) -> Line:
    """Add who or whom it was about, when that is not simply the owner of the account."""
    notes = [told.note] if told.note else []
    if entry.account_id not in (None, account_id):
        notes.append("Depuis un autre compte")
    if entry.beneficiary_id not in (None, beneficiary_id):
        notes.append("Au sujet d’un enfant")
    return Line(entry.at, told.words, typeset(". ".join(notes)))
