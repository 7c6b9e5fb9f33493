"""What a space that is erased takes along: the account, when it serves for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.account.models import AccountSpace
from webapp.account.owner import retire
from webapp.account.service import account_of
from webapp.account.telling import tell
from webapp.config import Settings

Eraser = Callable[[Session, datetime, Sequence[UUID]], None]


def erasing_accounts(settings: Settings) -> Eraser:
    """Return what deletes the accounts of people whose space is erased.

    Whoever still reaches a child's space keeps the account, without a space of their own. The others are told at
    the last address known, which the letter then forgets.
    """

    def erase(session: Session, now: datetime, people: Sequence[UUID]) -> None:
        for person_id in people:
            session.execute(
                delete(AccountSpace)
                .where(AccountSpace.beneficiary_id == person_id)
                .execution_options(synchronize_session=False)
            )
            known = account_of(session, person_id)
            if known is None:
                continue
            tell(session, now, settings, known, "space-erased")
            reaches = select(AccountSpace.beneficiary_id).where(AccountSpace.account_id == known.id).limit(1)
            if session.scalar(reaches) is None:
                retire(session, known)

    return erase
