"""What a guardian may see of a child: never what the child keeps to themselves.

One predicate, as a condition of the database, so that pages, counts and exports agree. A minor may keep care
confidential from their guardians (Code de la santé publique, article L. 1111-5); what a minor does alone with their
own card (identifies, asks for a code, fetches a receipt, is written to) is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from webapp.account.models import AccountSpace
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry

DECIDED = (
    Event.SPACE_OPENED,
    Event.SPACE_REOPENED,
    Event.SPACE_OPPOSED,
    Event.SPACE_CLOSED,
    Event.SPACE_HANDED_OVER,
    Event.ERASURE_ASKED,
    Event.ERASURE_CANCELLED,
    Event.SPACE_ERASED,
    Event.SHARING_LEFT,
    Event.DISAGREEMENT_RAISED,
    Event.DISAGREEMENT_WITHDRAWN,
)
"""What was decided about a child's space: only guardians decide."""
SHARED = (
    Event.INVITATION_SENT,
    Event.INVITATION_WITHDRAWN,
    Event.INVITATION_ACCEPTED,
    Event.INVITATION_REFUSED,
)
"""What guardians did about sharing it; theirs only when their account did it."""


@dataclass(frozen=True)
class Seen:
    """One event about a space, as a guardian sees it."""

    seq: int
    at: datetime
    event: Event
    by_account: UUID | None = field(repr=False)


def not_kept_back(role: Role, confidential: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition on rows that a minor may keep to themselves, by their `confidential` column.

    The holder sees everything; a guardian neither sees nor counts what is confidential, nor what is not said.
    """
    return true() if role is Role.HOLDER else confidential.is_(False)


def visible_events(space: Reached) -> ColumnElement[bool]:
    """Return the condition on journal entries about a space, for whoever reaches it as this."""
    about: ColumnElement[bool] = JournalEntry.beneficiary_id == space.id
    if space.role is Role.HOLDER:
        return about
    guardians = select(AccountSpace.account_id).where(
        AccountSpace.beneficiary_id == space.id, AccountSpace.role == Role.GUARDIAN
    )
    shared = and_(JournalEntry.event.in_(SHARED), JournalEntry.account_id.in_(guardians))
    return and_(about, or_(JournalEntry.event.in_(DECIDED), shared))


def events(session: Session, space: Reached, *, before: int | None = None, limit: int = 20) -> list[Seen]:
    """Read the visible events of a space, the newest first; `before`: the number of the last one shown."""
    query = (
        select(JournalEntry.seq, JournalEntry.at, JournalEntry.event, JournalEntry.account_id)
        .where(visible_events(space))
        .order_by(JournalEntry.seq.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(JournalEntry.seq < before)
    return [Seen(row.seq, row.at, Event(row.event), row.account_id) for row in session.execute(query)]


def count_events(session: Session, space: Reached) -> int:
    """Count the visible events of a space."""
    return int(
        session.scalar(select(func.count()).select_from(JournalEntry).where(visible_events(space))) or 0
    )
