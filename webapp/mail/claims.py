"""The rows of the outbox in the hands of workers: claimed, put off, marked and wiped, given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from webapp.db.work import writing
from webapp.mail.models import WAITING, OutboxRow

LEASE = timedelta(seconds=90)
"""How long a claim holds: a worker that died gives its letters back by then."""


@dataclass(frozen=True)
class Settled:
    """A letter that left, or was given up: what a witness is told, in the transaction that marks it."""

    id: UUID
    kind: str
    channel: str
    about: UUID | None
    sent: bool


Witness = Callable[[Session, Settled, datetime], None]
witnesses: list[Witness] = []


def witness_by(act: Witness | None) -> None:
    """Register who is told of each letter that left or was given up (nobody by default); None forgets it."""
    witnesses[:] = [act] if act is not None else []


def claim_due(engine: Engine, claim: UUID, now: datetime, limit: int) -> list[Any]:
    """Claim the letters that are due and that nobody holds, oldest first, by one conditional UPDATE."""
    free = or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until <= now)
    due = (
        select(OutboxRow.id)
        .where(WAITING, OutboxRow.due_at <= now, free)
        .order_by(OutboxRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(due), WAITING, free)
        .values(claim=claim, claimed_until=now + LEASE)
        .returning(
            OutboxRow.id,
            OutboxRow.created_at,
            OutboxRow.due_at,
            OutboxRow.expires_at,
            OutboxRow.channel,
            OutboxRow.kind,
            OutboxRow.about,
            OutboxRow.message_id,
            OutboxRow.sealed,
            OutboxRow.tries,
        )
        .execution_options(synchronize_session=False)
    )
    with writing(engine) as session:
        return sorted(session.execute(statement).all(), key=lambda row: (row.due_at, row.id))


def put_off(engine: Engine, row: Any, claim: UUID, due_at: datetime) -> None:
    """Count a try that failed, and have the next one made from `due_at` on."""
    with writing(engine) as session:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row.id, OutboxRow.claim == claim, WAITING)
            .values(tries=OutboxRow.tries + 1, due_at=due_at, claim=None, claimed_until=None)
        )


def mark(engine: Engine, row: Any, now: datetime, *, sent: bool, told: list[Witness]) -> None:
    """Mark a letter as sent or given up, wipe it, and tell the witnesses, in one transaction."""
    with writing(engine) as session:
        marked = session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row.id, WAITING)
            .values(
                {OutboxRow.sent_at if sent else OutboxRow.failed_for_good_at: now},
            )
            .values(sealed=None, claim=None, claimed_until=None, tries=OutboxRow.tries + 1)
            .returning(OutboxRow.id)
        ).one_or_none()
        if marked is not None:
            for witness in told:
                witness(session, Settled(row.id, row.kind, row.channel, row.about, sent), now)


def release(engine: Engine, claim: UUID) -> None:
    """Give back what there was no time for."""
    with writing(engine) as session:
        session.execute(
            update(OutboxRow).where(OutboxRow.claim == claim, WAITING).values(claim=None, claimed_until=None)
        )
