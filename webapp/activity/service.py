"""The activity of an account and of its owner: a page of it, or all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from webapp.account.models import HOLDER, Account, AccountSpace
from webapp.activity.sentences import Sentence, sentence
from webapp.db.work import run
from webapp.journal.service import Entry, entries_of
from webapp.values.clock import paris_day
from webapp.values.french import of_name, typeset

PAGE = 20
AT_ONCE = 500
"""Entries held in memory at once when all are read."""

_READER = (
    select(Account.beneficiary_id, AccountSpace.role)
    .outerjoin(
        AccountSpace,
        and_(
            AccountSpace.account_id == Account.id,
            AccountSpace.beneficiary_id == Account.beneficiary_id,
            AccountSpace.role == HOLDER,
        ),
    )
    .where(Account.id == bindparam("account"))
)


@dataclass(frozen=True)
class Reader:
    """Who reads. `proven`: the account is really its person's own, who may then read what happened to that person.

    An account that was made with a child's card proves nothing of the parent it is named after (see account.owner).
    `children`: the first names of those whose space is reached, so that a line says whom it was about.
    """

    account_id: UUID
    person_id: UUID
    proven: bool
    children: Mapping[UUID, str] = field(default_factory=dict, repr=False)


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


def reader(session: Session, account_id: UUID) -> Reader | None:
    """Return who reads from an account, None when it is no more: proven once their own space is reached from it."""
    row = run(session, _READER, account=account_id).one_or_none()
    return None if row is None else Reader(account_id, row.beneficiary_id, proven=row.role is not None)


def read_page(session: Session, who: Reader, before: int | None) -> Page:
    """Read twenty entries older than the entry numbered `before` (None: the newest). One query."""
    entries = _entries(session, who, before, PAGE + 1)
    days: dict[date, list[Line]] = {}
    for entry in entries[:PAGE]:
        told = sentence(entry)
        if told is not None:
            days.setdefault(paris_day(entry.at), []).append(_line(entry, told, who))
    return Page(list(days.items()), entries[PAGE - 1].seq if len(entries) > PAGE else None)


def all_entries(session: Session, who: Reader) -> Iterator[Entry]:
    """Read every entry of an account and of its owner, newest first, in bounded memory."""
    before: int | None = None
    while entries := _entries(session, who, before, AT_ONCE):
        yield from entries
        before = entries[-1].seq


def all_lines(session: Session, who: Reader) -> Iterator[Line]:
    """The same, said as the page says it; what is not shown is left out."""
    for entry in all_entries(session, who):
        told = sentence(entry)
        if told is not None:
            yield _line(entry, told, who)


def _entries(session: Session, who: Reader, before: int | None, limit: int) -> list[Entry]:
    person_id = who.person_id if who.proven else None
    return entries_of(session, who.account_id, person_id, before=before, limit=limit)


def _line(entry: Entry, told: Sentence, who: Reader) -> Line:
    """Add who or whom it was about, when that is not simply the owner of the account."""
    notes = [told.note] if told.note else []
    if entry.account_id not in (None, who.account_id):
        notes.append("Depuis un autre compte")
    if entry.beneficiary_id is not None and entry.beneficiary_id != who.person_id:
        child = who.children.get(entry.beneficiary_id)
        notes.append(f"Au sujet {of_name(child)}" if child else "Au sujet d’un enfant")
    return Line(entry.at, told.words, typeset(". ".join(notes)))
