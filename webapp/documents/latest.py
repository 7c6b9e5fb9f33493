"""The documents that the home shows: those that were added last, and the last prescriptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from webapp.db.work import run
from webapp.documents.models import Document
from webapp.documents.service import COLUMNS, Filed, opened, seen_as
from webapp.family.reach import Reached
from webapp.family.rules import Role

PRESCRIPTION = "42"
"""The class "Prescription" of the value set A03."""


@dataclass(frozen=True)
class Latest:
    """What was added last, the newest first."""

    documents: list[Filed]
    prescriptions: list[Filed]


def latest(session: Session, space: Reached, count: int) -> Latest:
    """Read the `count` documents that were added last, and as many prescriptions. One query."""
    found = Latest([], [])
    for row in run(session, _latest(space.role), space=space.id, count=count):
        (found.documents if row.what == "documents" else found.prescriptions).append(opened(row))
    for rows in (found.documents, found.prescriptions):
        rows.sort(key=lambda one: (one.added_at, one.id), reverse=True)
    return found


@cache
def _latest(role: Role) -> CompoundSelect[*tuple[Any, ...]]:
    """Make the query once: it takes longer than to run it."""
    some = _last(role, "prescriptions", Document.category == PRESCRIPTION)
    return union_all(_last(role, "documents"), some)


def _last(role: Role, what: str, *wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(literal_column(f"'{what}'").label("what"), *COLUMNS)
    query = query.where(*seen_as(role, bindparam("space")), Document.deleted_at.is_(None), *wanted)
    newest = query.order_by(Document.added_at.desc(), Document.id.desc())
    return select(newest.limit(bindparam("count", type_=Integer())).subquery())
