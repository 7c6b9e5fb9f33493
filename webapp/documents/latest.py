"""The documents that the home shows: those that were added last, and the last prescriptions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, literal, select, union_all
from sqlalchemy.orm import Session

from webapp.documents.models import Document
from webapp.documents.service import COLUMNS, Filed, opened, seen
from webapp.family.reach import Reached

PRESCRIPTION = "42"
"""The class "Prescription" of the value set A03."""


@dataclass(frozen=True)
class Latest:
    """What was added last, the newest first."""

    documents: list[Filed]
    prescriptions: list[Filed]


def latest(session: Session, space: Reached, count: int) -> Latest:
    """Read the `count` documents that were added last, and as many prescriptions. One query."""
    every = _last(space, "documents", count)
    some = _last(space, "prescriptions", count, Document.category == PRESCRIPTION)
    found = Latest([], [])
    for row in session.execute(union_all(every, some)):
        (found.documents if row.what == "documents" else found.prescriptions).append(opened(row))
    for rows in (found.documents, found.prescriptions):
        rows.sort(key=lambda one: (one.added_at, one.id), reverse=True)
    return found


def _last(space: Reached, what: str, count: int, *wanted: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    query = select(literal(what).label("what"), *COLUMNS)
    query = query.where(*seen(space), Document.deleted_at.is_(None), *wanted)
    newest = query.order_by(Document.added_at.desc(), Document.id.desc()).limit(count).subquery()
    return select(newest)
