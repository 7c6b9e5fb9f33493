"""Where an account is signed in, and ending it there: a session is a row, so that deleting the row ends it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.db.vault import CannotUnseal, current_vault
from webapp.web.models import VisitRow
from webapp.web.signed_in import LONGEST, Member, read_session
from webapp.web.visit import IDLE, IDLE_SHARED


@dataclass(frozen=True)
class OpenSession:
    """One session that is open: its row, who and how, when it began and was last used."""

    id: UUID
    member: Member
    last_seen_at: datetime


def open_sessions(session: Session, account_id: UUID, now: datetime) -> list[OpenSession]:
    """List the open sessions of an account, the newest used first. One query."""
    rows = session.execute(
        select(VisitRow.id, VisitRow.sealed, VisitRow.last_seen_at)
        .where(VisitRow.account_id == account_id, VisitRow.last_seen_at > now - IDLE)
        .order_by(VisitRow.last_seen_at.desc(), VisitRow.id)
    )
    found = []
    for row in rows:
        try:
            member = read_session(current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed))
        except CannotUnseal:
            continue
        if member is None or now - member.since >= LONGEST:
            continue
        if now - row.last_seen_at <= (IDLE_SHARED if member.shared else IDLE):
            found.append(OpenSession(row.id, member, row.last_seen_at))
    return found


def end_session(session: Session, account_id: UUID, visit_id: UUID) -> bool:
    """End one session of an account; say whether there was one."""
    ended = session.execute(
        delete(VisitRow)
        .where(VisitRow.id == visit_id, VisitRow.account_id == account_id)
        .returning(VisitRow.id)
        .execution_options(synchronize_session=False)
    )
    return ended.one_or_none() is not None


def end_sessions(session: Session, account_id: UUID, *, but: UUID | None = None) -> int:
    """End every session of an account, or every other one (`but`: the row of the visit that goes on); count them."""
    mine = VisitRow.account_id == account_id
    ended = session.execute(
        delete(VisitRow)
        .where(mine if but is None else mine & (VisitRow.id != but))
        .returning(VisitRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(ended.all())
