"""What the pages of a sign-in ask of their visitor."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from werkzeug.wrappers import Response

from webapp.web.pages import go_to
from webapp.web.visit import visit

KEY = "sign_in"
"""Of the visit's data: the sign-in whose code is awaited, and the channel that was asked for."""


def sign_in_id() -> UUID | None:
    """Return the sign-in that this visit asked for."""
    kept = visit().data.get(KEY)
    return UUID(kept["id"]) if kept else None


@dataclass(frozen=True)
class PasswordRight:
    """Open to the visit that gave a right password, which alone may enter the code; others start again."""

    name: str = "password was right"

    def turn_away(self) -> Response | None:
        """Let pass, or send to the first page of the sign-in."""
        return None if sign_in_id() else go_to("account.sign_in")


PASSWORD_RIGHT = PasswordRight()
