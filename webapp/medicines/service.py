"""Looking for medicines by the beginnings of their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from webapp.medicines.models import Medicine, MedicineWord
from webapp.medicines.rules import FROM_SUBSTANCE, asked, folded

_AFTER_ALL = "\uffff"
"""Comes after every letter: what begins with a word lies between it and it with this sign."""


@dataclass(frozen=True)
class Found:
    """The first names that were found, the likeliest first, and how many there are in all."""

    names: list[str]
    count: int


def search(session: Session, text: str, most: int) -> Found:
    """Find the medicines in which each of these words begins a word of the name or of the substances. One query.

    First those whose name begins with all that was typed, then those whose name begins with its first word, then
    those that have it elsewhere in the name, last those whose substance it is.
    """
    words = asked(text)
    if not words:
        return Found([], 0)
    rows = session.execute(query(words, most)).all()
    return Found([row.name for row in rows], rows[0].found if rows else 0)


def query(words: list[str], most: int) -> Select[str, int]:
    """Return the statement of a search: each word is one range of the index of words."""
    first, *others = words
    place = func.min(MedicineWord.place).label("place")
    holding = select(MedicineWord.cis, place).where(_begins(MedicineWord.word, first))
    for word in set(others):
        also = select(MedicineWord.cis).where(_begins(MedicineWord.word, word))
        holding = holding.where(MedicineWord.cis.in_(also))
    found = holding.group_by(MedicineWord.cis).subquery()
    likeliness = case(
        (_begins(Medicine.folded, " ".join(words)), 0),
        (found.c.place == 0, 1),
        (found.c.place < FROM_SUBSTANCE, 2),
        else_=3,
    )
    return (
        select(Medicine.name, func.count().over().label("found"))
        .join(found, found.c.cis == Medicine.cis)
        .order_by(likeliness, Medicine.position)
        .limit(most)
    )


def code_of(session: Session, name: str) -> str | None:
    """Return the code of the one medicine that has this name, however it is written; None for none or several."""
    found = session.scalars(select(Medicine.cis).where(Medicine.folded == folded(name)).limit(2)).all()
    return str(found[0]) if len(found) == 1 else None


def is_loaded(session: Session) -> bool:
    """Say whether there is any medicine to look for."""
    return session.execute(select(Medicine.cis).limit(1)).first() is not None


def _begins(column: Any, text: str) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = column.between(text, text + _AFTER_ALL)
    return condition
