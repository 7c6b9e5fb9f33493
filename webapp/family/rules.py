"""Who sees what of a child's space, and how long an invitation lives. Plain values only."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

INVITATION_LIFE = timedelta(days=7)


class Role(StrEnum):
    """As whom an account reaches a space."""

    HOLDER = "holder"
    GUARDIAN = "guardian"


class Answer(StrEnum):
    """What became of an invitation."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
