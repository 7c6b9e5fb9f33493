"""What the pages of a decision ask of their visitor, and where those who have it not are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Response

from webapp.activation.journey import Journey, journey
from webapp.web.pages import go_to


@dataclass(frozen=True)
class Stage:
    """A point of the journey: `reached` tells whether the visitor got there; others go to `instead`."""

    name: str
    reached: Callable[[Journey], bool]
    instead: str

    def turn_away(self) -> Response | None:
        """Let pass, or send to the page that comes before."""
        return None if self.reached(journey()) else go_to(self.instead)


IDENTIFIED = Stage("identified", lambda at: bool(at.cards), "activation.new_code")
RECOGNISED = Stage("invitation code recognised", lambda at: at.invited_code is not None, "activation.code")
PROVEN = Stage("code proven", lambda at: bool(at.proven), "activation.code")
CHOSEN = Stage("person chosen", lambda at: bool(at.proven and at.person), "activation.code")
"""Without a proven code, every later page goes to the code; with one, a person is missing only among several."""
AGREED = Stage("terms accepted", lambda at: bool(at.proven and at.person and at.terms_at), "activation.terms")
SIGNING = Stage(
    "guardian signing in", lambda at: bool(at.proven and at.person and at.sign_in), "activation.guardian"
)
