"""Where an account is signed in, and ending it there.

A session is a row: deleting the row ends it at once, also for a request that is under way. Another row takes its place
under the same cookie, which proves nothing and only tells its browser that the session was closed from elsewhere.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, delete, select
from sqlalchemy.orm import Session

from webapp.db.vault import CannotUnseal, current_vault
from webapp.db.work import run
from webapp.values.ids import new_id
from webapp.web.models import VisitRow
from webapp.web.signed_in import Member, lives, read_session
from webapp.web.visit import ELSEWHERE, FORMS, IDLE, IDLE_SHARED, OVER

_OPEN = (
    select(VisitRow.id, VisitRow.sealed, VisitRow.last_seen_at)
    .where(VisitRow.account_id == bindparam("account"), VisitRow.last_seen_at > bindparam("since"))
    .order_by(VisitRow.last_seen_at.desc(), VisitRow.id)
)


@dataclass(frozen=True)
class OpenSession:
    """One session that is open: its row, who and how, when it began and was last used."""

    id: UUID
    member: Member
    last_seen_at: datetime


def open_sessions(session: Session, account_id: UUID, now: datetime) -> list[OpenSession]:
    """List the open sessions of an account, the newest used first. One query."""
    found = []
    for row in run(session, _OPEN, account=account_id, since=now - IDLE):
        try:
            member = read_session(current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed))
        except CannotUnseal:
            continue
        if member is None or not lives(member, now):
            continue
        if abs(now - row.last_seen_at) <= (IDLE_SHARED if member.shared else IDLE):
            found.append(OpenSession(row.id, member, row.last_seen_at))
    return found


def end_session(session: Session, account_id: UUID, visit_id: UUID) -> bool:
    """End one session of an account; say whether there was one."""
    return _end(session, VisitRow.id == visit_id, VisitRow.account_id == account_id) > 0


def end_sessions(session: Session, account_id: UUID, *, but: UUID | None = None) -> int:
    """End every session of an account, or every other one (`but`: the row of the visit that goes on); count them."""
    others = () if but is None else (VisitRow.id != but,)
    return _end(session, VisitRow.account_id == account_id, *others)


def hold_sessions(session: Session, account_id: UUID) -> None:
    """Lock every session of an account, in the order of `web.visit`: for whoever ends them without being signed in."""
    mine = select(VisitRow.id).where(VisitRow.account_id == account_id).order_by(VisitRow.id)
    session.execute(mine.with_for_update()).all()


def _end(session: Session, *which: ColumnElement[bool]) -> int:
    columns: tuple[Any, ...] = (
        VisitRow.id,
        VisitRow.sealed,
        VisitRow.token_digest,
        VisitRow.started_at,
        VisitRow.last_seen_at,
    )
    ended = session.execute(
        delete(VisitRow).where(*which).returning(*columns).execution_options(synchronize_session=False)
    ).all()
    for row in ended:
        session.add(_mark(row))
    session.flush()
    return len(ended)


def _mark(row: Row[Any]) -> VisitRow:
    """Make what stays of a session that was ended: why, and what its open forms are bound to."""
    vault, table, row_id = current_vault(), VisitRow.__tablename__, new_id()
    data = {OVER: ELSEWHERE}
    with suppress(CannotUnseal):
        forms = vault.unseal(table, row.id, row.sealed).get(FORMS)
        data |= {FORMS: forms} if forms else {}
    return VisitRow(
        id=row_id,
        sealed=vault.seal(table, row_id, data),
        token_digest=row.token_digest,
        started_at=row.started_at,
        last_seen_at=row.last_seen_at,
    )
