"""One request, one unit of work.

The session opens when a view first asks for it. It is committed after the view and before the answer leaves, so
that an answer "done" means stored. A refusal (4xx) commits too: its counters must be kept. A fault (5xx) rolls back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.db.work import finish, open_session
from webapp.values.clock import paris_day

READS = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., Any])


def only_reads(view: View) -> View:
    """Mark a view that is posted to (so that what is typed stays out of addresses) but stores nothing."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def unprompted(view: View) -> View:
    """Mark a view that a page asks for by itself: nobody did anything, so that it prolongs no session."""
    view.unprompted = True  # type: ignore[attr-defined]
    return view


def was_asked_for() -> bool:
    """Say whether somebody asked for this, and not a page by itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    return not getattr(view, "unprompted", False)


def writes() -> bool:
    """Say whether this request may write."""
    if request.method in READS:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return not getattr(view, "only_reads", False)


def settings() -> Settings:
    """Return the settings of the running application."""
    return cast(Settings, current_app.extensions["settings"])


def engine() -> Engine:
    """Return the engine of the running application."""
    return cast(Engine, current_app.extensions["engine"])


def now() -> datetime:
    """Return the moment of this request (aware, UTC), the same for its whole length."""
    moment: datetime | None = g.get("now")
    if moment is None:
        moment = g.now = current_app.extensions["clock"]()
    return moment


def today() -> date:
    """Return the day of this request in Paris: ages and birth dates are counted there, not in UTC."""
    return paris_day(now())


def db() -> Session:
    """Return the session of this request; writing unless the method only reads."""
    session: Session | None = g.get("db")
    if session is None:
        writing = writes()
        session = g.db = open_session(engine(), writing=writing)
        if writing:
            for act in current_app.extensions.get("on_first_write", ()):
                act()
    return session


def settle(response: Response) -> Response:
    """Commit the unit of work of this request, or roll it back after a fault."""
    session: Session | None = g.get("db")
    if session is not None:
        if not writes():
            session.close()
        elif response.status_code < 500:
            finish(session)
        else:
            session.rollback()
    return response


def register_work(app: Flask) -> None:
    """Close the session of every request."""

    @app.teardown_appcontext
    def _close(_error: BaseException | None) -> None:
        session: Session | None = g.pop("db", None)
        if session is not None:
            session.close()
