"""What happens to a space, told to the features that write it down for its people: in the transaction of the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.config import Settings


class What(StrEnum):
    """Kinds of happenings."""

    OPENED = "opened"
    REOPENED = "reopened"
    CLOSED = "closed"
    OPPOSED = "opposed"
    ANOTHER_GUARDIAN = "another-guardian"
    """Another guardian reaches a child's space."""
    HANDED_OVER = "handed-over"
    """Its holder came of age: the guardians reach it no more."""


@dataclass(frozen=True)
class Happening:
    """What happened to whose space. `reference`: of the receipt, when there is one."""

    what: What
    beneficiary_id: UUID
    at: datetime
    for_child: bool = False
    reference: str = ""
    settings: Settings | None = None
    """Given when people are also to be written to."""
    by_account: UUID | None = None
    """Who did it, and so needs no letter about it."""


Listener = Callable[[Session, Happening], None]
_listeners: list[Listener] = []


def tell_with(act: Listener) -> None:
    """Have a feature told of what happens to spaces; twice registered is told once."""
    if act not in _listeners:
        _listeners.append(act)


def tell(session: Session, happening: Happening) -> None:
    """Tell every feature that asked; call it before anything is recorded in the journal."""
    for act in _listeners:
        act(session, happening)
