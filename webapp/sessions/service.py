"""Writing down that one ended sessions of one's own account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.service import account
from webapp.journal.events import Event
from webapp.journal.service import record


def record_one_ended(session: Session, now: datetime, account_id: UUID) -> None:
    """Write down that one session was ended from another; last in the transaction."""
    record(
        session,
        Event.SESSION_ENDED,
        now=now,
        account_id=account_id,
        beneficiary_id=_person(session, account_id),
    )


def record_others_ended(session: Session, now: datetime, account_id: UUID, count: int) -> None:
    """Write down that every other session was ended, and how many; last in the transaction."""
    record(
        session,
        Event.SESSIONS_ENDED,
        now=now,
        account_id=account_id,
        beneficiary_id=_person(session, account_id),
        facts={"count": count},
    )


def _person(session: Session, account_id: UUID) -> UUID | None:
    known = account(session, account_id)
    return known.beneficiary_id if known else None
