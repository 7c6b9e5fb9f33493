"""The life of a health space, and what a provisional code is worth. Plain values only."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

CODE_LIFE = timedelta(minutes=15)
"""Life of a provisional code sent on request (J3)."""
CODE_TRIES = 5
TERMS_VERSION = "2026-11"
"""The version of the terms that an opening accepts; it changes when their text does."""


class SpaceState(StrEnum):
    """States of a space, in the order in which a space may meet them."""

    KNOWN = "known"
    INVITED = "invited"
    OPENED = "opened"
    OPPOSED = "opposed"
    OPENED_AUTOMATICALLY = "opened_automatically"
    CLOSED = "closed"


class CodeKind(StrEnum):
    """How a code came to its person."""

    REQUEST = "request"
    INVITATION = "invitation"
    RESET = "reset"
    """Of a forgotten password: it lets nobody decide, and serves only in the visit that asked for it."""


class Choice(StrEnum):
    """The two choices, equal in weight."""

    ACTIVATE = "activate"
    OPPOSE = "oppose"


MAY_OPEN = frozenset(SpaceState) - {SpaceState.OPENED}
MAY_OPPOSE = frozenset({SpaceState.KNOWN, SpaceState.INVITED, SpaceState.OPENED_AUTOMATICALLY})
"""Opposing an automatically opened space closes it unused; an opened one is closed from the account."""
