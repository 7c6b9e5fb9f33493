"""Who may open a route, declared on the route. Undeclared means signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import Flask, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from webapp.web.left import leave
from webapp.web.once import replay
from webapp.web.pages import asks_for_fragment, go_to
from webapp.web.signed_in import member, remembers_nothing
from webapp.web.work import was_asked_for

View = TypeVar("View", bound=Callable[..., Any])
TO = "vers"
"""Name of the field that tells a sign-in which page was wanted."""
FIRST_PAGE = "/accueil"
"""Where a sign-in leads anyway."""
_LONGEST = 200
"""Signs of the address of a page of ours, its ids and names included."""


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
        """Send visitors to the sign-in page, which leads back here; htmx is told to load it whole.

        A page that asks by itself is told that nothing has changed: what is being typed on it stays.
        """
        if member():
            return None
        if asks_for_fragment() and not was_asked_for():
            return Response(status=204)
        return go_to("account.sign_in", **_wanted())


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


def page_of_ours(path: str, *, of_a_row: bool = False) -> str | None:
    """Return this path if it is a page that not everyone may open: never a foreign address, nor one that acts.

    `of_a_row`: also the page of one document or entry, which is there for whoever was on it and not for the next one.
    """
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    if len(path) > _LONGEST:
        return None
    try:
        endpoint, values = adapter.match(path, method="GET")
    except HTTPException:
        return None
    has_id = any(isinstance(one, UUID) for one in values.values())
    if requirement_of(endpoint) is EVERYONE or (has_id and not of_a_row):
        return None
    return url_for(endpoint, **values)


def _wanted() -> dict[str, str]:
    if remembers_nothing() or request.path == FIRST_PAGE:
        return {}
    page = page_of_ours(request.path)
    return {TO: page} if page else {}


def register_access(app: Flask) -> None:
    """Check every request against the declaration of its route."""

    @app.before_request
    def _check() -> Response | None:
        if request.endpoint is None or request.endpoint not in current_app.view_functions:
            return None
        answer = requirement_of(request.endpoint).turn_away()
        if answer is None:
            return None
        # The same form sent at once may have taken the visit further, under a new id, since it was first looked at.
        answered = replay()
        if answered is None and not remembers_nothing() and page_of_ours(request.path, of_a_row=True):
            leave()
        return answered or answer
