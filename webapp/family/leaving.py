"""Leaving a child's space that another guardian reaches too: what one may no longer want is never kept by force.

It is also how two who agree have one of them decide alone: a space that is shared is closed by nobody alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from webapp.account.models import AccountSpace
from webapp.account.service import AccountView, account
from webapp.account.telling import tell
from webapp.beneficiaries.service import person
from webapp.config import Settings
from webapp.family.disagreeing import NotShared
from webapp.family.guardians import sharing_accounts
from webapp.family.models import SpaceInvitation
from webapp.family.rules import Answer, Role
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import hold_for


def leave_sharing(
    session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID
) -> None:
    """Give up one's access to a space that stays another guardian's, and tell both. Last in the transaction.

    Raises NotShared (of two who leave at once, one stays), SpaceFrozen while two guardians do not agree.
    """
    hold_for(session, now, child_id, frozenset(SpaceState))
    sharing = sharing_accounts(session, child_id)
    child, holder = person(session, child_id), person(session, known.beneficiary_id)
    if known.id not in sharing or len(sharing) < 2 or child is None or holder is None:
        raise NotShared
    mine = (AccountSpace.account_id == known.id, AccountSpace.beneficiary_id == child_id)
    asked = (SpaceInvitation.from_account_id == known.id, SpaceInvitation.beneficiary_id == child_id)
    for statement in (
        delete(AccountSpace).where(*mine, AccountSpace.role == Role.GUARDIAN),
        update(SpaceInvitation)
        .where(*asked, SpaceInvitation.answered_at.is_(None))
        .values(answered_at=now, answer=Answer.WITHDRAWN),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
    facts: dict[str, Any] = {"child": child.first_name, "other": holder.first_name}
    for account_id in sorted(sharing):
        told = account(session, account_id)
        if told is not None:
            tell(session, now, settings, told, "sharing-left", mine=account_id == known.id, **facts)
    record(session, Event.SHARING_LEFT, now=now, account_id=known.id, beneficiary_id=child_id)
