"""The life of a health space, and what a provisional code is worth. Plain values only."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

CODE_LIFE = timedelta(minutes=15)
"""Life of a provisional code sent on request (J3)."""
CODE_TRIES = 5
TERMS_VERSION = "2026-11-23"
"""The version of the terms that an opening accepts; it changes when their text does."""
KEPT_YEARS = 10
"""How long what a closed space holds is kept (Code de la santé publique, article R. 1111-36)."""
REGRET = timedelta(days=30)
"""How long one may change one's mind after asking for an early deletion, due within three months by that article."""


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
OPEN = frozenset({SpaceState.OPENED, SpaceState.OPENED_AUTOMATICALLY})
"""The states in which the parts of a space are within reach, and in which it may be closed."""


def erasure_day(closed: date, *, early: bool) -> date:
    """Return the day on which a space closed on a day is erased; ten years after 29 February end on 1 March.

    `early`: its deletion was asked for.
    """
    if early:
        return closed + REGRET
    try:
        return closed.replace(year=closed.year + KEPT_YEARS)
    except ValueError:  # as for a birthday (values/ages.py): the years are completed when that day is over
        return date(closed.year + KEPT_YEARS, 3, 1)
