"""Two guardians who do not agree: the space stays as it is until whoever said so takes it back.

The guardians exercise parental authority together (Code civil, article 372); when they cannot agree on what the
child's interest asks for, the family judge decides (article 373-2-8 on request). The site decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account
from webapp.account.service import AccountView, account
from webapp.account.telling import tell
from webapp.beneficiaries.service import people, person
from webapp.config import Settings
from webapp.family.models import Disagreement
from webapp.family.sharing import sharing_accounts
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces.service import freeze
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class NotShared(Refusal):
    """Nobody else reaches this space from their account: there is nobody to disagree with."""


@dataclass(frozen=True)
class Standing:
    """A disagreement that stands: who said so, when, and whether it was the one who asks."""

    child_id: UUID
    by: str = field(repr=False)
    mine: bool
    raised_at: datetime


def standing(session: Session, child_ids: Iterable[UUID], account_id: UUID) -> dict[UUID, Standing]:
    """Return the oldest disagreement that stands about each child, if there is one. Two queries."""
    rows = session.execute(
        select(Disagreement, Account.beneficiary_id.label("by_id"))
        .outerjoin(Account, Account.id == Disagreement.account_id)
        .where(Disagreement.beneficiary_id.in_(list(child_ids)), Disagreement.withdrawn_at.is_(None))
        .order_by(Disagreement.raised_at.desc())
    ).all()
    names = people(session, {row.by_id for row in rows if row.by_id})
    return {
        row[0].beneficiary_id: Standing(
            row[0].beneficiary_id,
            names[row.by_id].first_name if row.by_id in names else "",
            row[0].account_id == account_id,
            row[0].raised_at,
        )
        for row in rows
    }


def disagree(session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID) -> None:
    """Freeze a shared space, and tell both guardians; saying it twice changes nothing. Raises NotShared.

    The caller has made sure that the account reaches the child.
    """
    sharing = sharing_accounts(session, child_id)
    if known.id not in sharing or len(sharing) < 2:
        raise NotShared
    freeze(session, now, child_id, frozen=True)
    if _said(session, child_id, known.id):
        return
    session.add(Disagreement(id=new_id(), beneficiary_id=child_id, account_id=known.id, raised_at=now))
    session.flush()
    _tell_all(session, now, settings, "disagreement-raised", child_id, sharing)
    _record(session, Event.DISAGREEMENT_RAISED, now, known, child_id)


def agree(session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID) -> None:
    """Take back what one said; when nobody says so any more the space is free again, and both are told."""
    freeze(session, now, child_id, frozen=True)  # whoever else changes it waits
    taken_back = session.execute(
        update(Disagreement)
        .where(
            Disagreement.beneficiary_id == child_id,
            Disagreement.account_id == known.id,
            Disagreement.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
        .returning(Disagreement.id)
        .execution_options(synchronize_session=False)
    ).all()
    left = session.scalar(
        select(Disagreement.id).where(
            Disagreement.beneficiary_id == child_id, Disagreement.withdrawn_at.is_(None)
        )
    )
    if left is None:
        freeze(session, now, child_id, frozen=False)
    if not taken_back:
        return
    if left is None:
        sharing = sharing_accounts(session, child_id)
        _tell_all(session, now, settings, "disagreement-withdrawn", child_id, sharing)
    _record(session, Event.DISAGREEMENT_WITHDRAWN, now, known, child_id)


def _said(session: Session, child_id: UUID, account_id: UUID) -> bool:
    return (
        session.scalar(
            select(Disagreement.id).where(
                Disagreement.beneficiary_id == child_id,
                Disagreement.account_id == account_id,
                Disagreement.withdrawn_at.is_(None),
            )
        )
        is not None
    )


def _tell_all(
    session: Session, now: datetime, settings: Settings, kind: str, child_id: UUID, accounts: Iterable[UUID]
) -> None:
    child = person(session, child_id)
    for account_id in accounts:
        known = account(session, account_id)
        if known is not None and child is not None:
            tell(session, now, settings, known, kind, child=child.first_name)


def _record(session: Session, event: Event, now: datetime, known: AccountView, child_id: UUID) -> None:
    record(session, event, now=now, account_id=known.id, beneficiary_id=child_id)
