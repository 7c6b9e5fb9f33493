"""What the pages of a recovery ask of their visitor, and where those who have it not are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.wrappers import Response

from webapp.recovery.state import reminder, reset
from webapp.spaces.rules import CODE_LIFE
from webapp.web.pages import go_to
from webapp.web.work import now


@dataclass(frozen=True)
class Stage:
    """A point of a recovery: `reached` tells whether the visitor got there; others go to `instead`."""

    name: str
    reached: Callable[[], bool]
    instead: str

    def turn_away(self) -> Response | None:
        """Let pass, or send to the first page."""
        return None if self.reached() else go_to(self.instead)


def _proven() -> bool:
    """Say whether a right code was entered; it lets a password be chosen for as long as the code itself lived."""
    since = reset().proof_since
    return since is not None and timedelta() <= now() - since < CODE_LIFE


IDENTIFIED = Stage("identified for a reminder", lambda: bool(reminder().cards), "recovery.identifier")
REMINDED = Stage("identifier sent", lambda: bool(reminder().sent_to), "recovery.identifier")
ASKED = Stage("reset code asked", lambda: reset().code_id is not None, "recovery.password")
PROVEN = Stage("reset code proven", _proven, "recovery.password")
DONE = Stage("password reset", lambda: reset().done, "recovery.password")
