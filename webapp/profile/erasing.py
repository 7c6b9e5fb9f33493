"""What a space that is erased takes along of a profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.profile.models import FirstQuestions, ProfileEntry


def erase_profiles(session: Session, _now: datetime, people: Sequence[UUID]) -> None:
    """Delete every version of every entry of these people."""
    for model in (ProfileEntry, FirstQuestions):
        session.execute(delete(model).where(model.beneficiary_id.in_(people)))
