"""When the visit ends: said on every page of somebody who has typed or proven something, warned of two minutes before.

Without JavaScript the page says the hour; with it, space.js warns and offers to stay (WCAG 2.2.1, RGAA 13.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g

from webapp.values.clock import minutes_left
from webapp.web.signed_in import session_end
from webapp.web.visit import Visit
from webapp.web.work import now


@dataclass(frozen=True)
class Ending:
    """The moment, and how long it is from this page until then: in whole seconds, and in minutes as one says it."""

    at: datetime
    seconds: int
    minutes: int
    stays: bool
    """Asking for a page moves it; otherwise the session has lasted as long as one may."""


def visit_ending() -> Ending | None:
    """Return when this visit ends if nothing more is asked; None when there is nothing to lose."""
    here: Visit | None = g.get("visit")
    if here is None or not here.holds_something:
        return None
    end, stays = session_end()
    return Ending(end, int((end - now()).total_seconds()), minutes_left(now(), end), stays)


def register_ending(app: Flask) -> None:
    """Let the layout say it."""
    app.jinja_env.globals["visit_ending"] = visit_ending
