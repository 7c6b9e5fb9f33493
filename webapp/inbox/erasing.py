"""Messages go with the space that is erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.inbox.models import Message


def erase_messages(session: Session, _now: datetime, people: Sequence[UUID]) -> None:
    """Delete every message of these people's spaces."""
    session.execute(
        delete(Message).where(Message.beneficiary_id.in_(people)),
        execution_options={"synchronize_session": False},
    )
