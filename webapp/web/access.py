"""Who may open a route, declared on the route. Undeclared means signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from webapp.web.once import replay
from webapp.web.pages import go_to
from webapp.web.signed_in import member

View = TypeVar("View", bound=Callable[..., Any])


class Requirement(Protocol):
    """What a route asks of its visitor."""

    @property
    def name(self) -> str:
        """The word shown in the table of routes and roles."""

    def turn_away(self) -> Response | None:
        """Return None when the visitor may pass, else the answer that sends them where they can."""


@dataclass(frozen=True)
class Everyone:
    """Open to any visitor."""

    name: str = "everyone"

    def turn_away(self) -> Response | None:
        """Let everyone pass."""
        return None


@dataclass(frozen=True)
class SignedIn:
    """Open to whoever is signed in; others are sent to the sign-in page."""

    name: str = "signed in"

    def turn_away(self) -> Response | None:
        """Send visitors to the sign-in page; htmx is told to load it whole."""
        return None if member() else go_to("account.sign_in")


EVERYONE = Everyone()
SIGNED_IN = SignedIn()


def open_to(requirement: Requirement) -> Callable[[View], View]:
    """Declare who may open a route."""

    def declare(view: View) -> View:
        view.requirement = requirement  # type: ignore[attr-defined]
        return view

    return declare


def requirement_of(endpoint: str) -> Requirement:
    """Return what the route of an endpoint asks; signed in when it says nothing."""
    view = current_app.view_functions[endpoint]
    found: Requirement = getattr(view, "requirement", SIGNED_IN)
    return found


def register_access(app: Flask) -> None:
    """Check every request against the declaration of its route."""

    @app.before_request
    def _check() -> Response | None:
        if request.endpoint is None or request.endpoint not in current_app.view_functions:
            return None
        answer = requirement_of(request.endpoint).turn_away()
        # The same form sent at once may have taken the visit further, under a new id, since it was first looked at.
        return answer and (replay() or answer)
