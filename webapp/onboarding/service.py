"""Answering the first questions: each answer becomes real entries of the profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.onboarding.rules import ANSWERED, QUESTIONS, SKIPPED, Question, next_open, skipped
from webapp.profile import listing
from webapp.profile import service as profile
from webapp.profile.models import FirstQuestions
from webapp.profile.rules import ABSENCE, MEASURES, MOST_AT_ONCE, Kind
from webapp.profile.service import Author, Entry
from webapp.spaces.rules import OPEN
from webapp.spaces.service import hold_for

Recorded = dict[Kind, list[Entry]]
"""Entries by kind, the newest first."""


@dataclass(frozen=True)
class Progress:
    """How far somebody came: what was done with each question, by its number as text."""

    answers: dict[str, str] = field(default_factory=dict)
    finished_at: datetime | None = None

    @property
    def next_number(self) -> int | None:
        """The first question that is left; None when there is none."""
        return next_open(self.answers)

    @property
    def skipped(self) -> list[int]:
        """The questions that were left aside."""
        return skipped(self.answers)


def progress(session: Session, beneficiary_id: UUID) -> Progress:
    """Read how far somebody came. One query."""
    row = session.execute(
        select(FirstQuestions.sealed, FirstQuestions.finished_at).where(
            FirstQuestions.beneficiary_id == beneficiary_id
        )
    ).one_or_none()
    if row is None:
        return Progress()
    answers = current_vault().unseal(FirstQuestions.__tablename__, beneficiary_id, row.sealed)
    return Progress(answers, row.finished_at)


def measure(session: Session, now: datetime, by: Author, asked: Question, value: int) -> None:
    """Record a height (centimetres) or a weight (grams); the same value again adds nothing."""
    _hold(session, now, by.beneficiary_id)
    known = recorded_of(session, by.beneficiary_id, asked).get(asked.kind)
    if not known or known[0].said["value"] != value:
        profile.add(session, now, by, asked.kind, {"value": value})
    _mark(session, now, by.beneficiary_id, {asked.number: ANSWERED})


def name(
    session: Session,
    now: datetime,
    by: Author,
    asked: Question,
    names: list[str],
    seen: datetime | None = None,
) -> None:
    """Make the entries of this kind those named: new ones are added, the others taken away; none is a statement.

    `seen`: when the page was shown. What was written since (by another tab, or the other parent) was not on it, and
    stays.
    """
    _hold(session, now, by.beneficiary_id)
    known = {one.said["name"]: one for one in profile.current(session, by.beneficiary_id, (asked.kind,))}
    gone = [known[name] for name in known.keys() - set(names)]
    stays = [one for one in gone if seen is not None and one.written_at > seen]
    for one in gone:
        if one not in stays:
            profile.remove(session, now, by, one.entry_id, one.version)
    for new in names:
        if new not in known:
            profile.add(session, now, by, asked.kind, {"name": new})
    if not names and not stays:
        profile.add(session, now, by, ABSENCE[asked.kind], {})
    _mark(session, now, by.beneficiary_id, {asked.number: ANSWERED})


def skip(session: Session, now: datetime, beneficiary_id: UUID, number: int) -> None:
    """Leave one question aside; one that was answered stays answered."""
    _hold(session, now, beneficiary_id)
    _mark(session, now, beneficiary_id, {number: SKIPPED})


def skip_all(session: Session, now: datetime, beneficiary_id: UUID) -> None:
    """Leave aside whatever is left."""
    _hold(session, now, beneficiary_id)
    _mark(session, now, beneficiary_id, {one.number: SKIPPED for one in QUESTIONS})


def recorded(session: Session, beneficiary_id: UUID) -> Recorded:
    """Return the newest that the profile holds of the five questions, by kind. One query."""
    kinds = {one.kind for one in QUESTIONS}
    kinds |= {ABSENCE[kind] for kind in kinds if kind in ABSENCE}
    return listing.latest(session, beneficiary_id, kinds, MOST_AT_ONCE + 1)


def recorded_of(session: Session, beneficiary_id: UUID, asked: Question) -> Recorded:
    """Return what the profile holds of one question: the newest measure, or every entry that has a name. One query."""
    if asked.kind in MEASURES:
        return listing.latest(session, beneficiary_id, (asked.kind,), 1)
    found: Recorded = {}
    for entry in profile.current(session, beneficiary_id, (asked.kind, ABSENCE[asked.kind])):
        found.setdefault(entry.kind, []).append(entry)
    return found


def sealed_answers(space_id: ColumnElement[UUID]) -> ColumnElement[bytes | None]:
    """Return what was answered in a space, sealed, to be read with something else."""
    mine = select(FirstQuestions.sealed).where(FirstQuestions.beneficiary_id == space_id)
    return mine.correlate(space_id.table).scalar_subquery()


def answers_of(beneficiary_id: UUID, sealed: bytes | None) -> dict[str, str]:
    """Return what was done with each question, by what was read of a space."""
    return current_vault().unseal(FirstQuestions.__tablename__, beneficiary_id, sealed) if sealed else {}


def _hold(session: Session, now: datetime, beneficiary_id: UUID) -> None:
    """Keep another answer of the same person waiting until this transaction ends; raises as the profile does."""
    hold_for(session, now, beneficiary_id, OPEN)
    insert: Any = insert_for(session, FirstQuestions)
    sealed = current_vault().seal(FirstQuestions.__tablename__, beneficiary_id, {})
    session.execute(insert.values(beneficiary_id=beneficiary_id, sealed=sealed).on_conflict_do_nothing())


def _mark(session: Session, now: datetime, beneficiary_id: UUID, done: dict[int, str]) -> None:
    before = progress(session, beneficiary_id)
    answers = dict(before.answers)
    for number, how in done.items():
        if how == ANSWERED or answers.get(str(number)) != ANSWERED:
            answers[str(number)] = how
    finished = before.finished_at or (now if next_open(answers) is None else None)
    sealed = current_vault().seal(FirstQuestions.__tablename__, beneficiary_id, answers)
    session.execute(
        update(FirstQuestions)
        .where(FirstQuestions.beneficiary_id == beneficiary_id)
        .values(sealed=sealed, finished_at=finished)
    )
