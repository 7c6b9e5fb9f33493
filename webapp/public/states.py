"""States of the pages for everyone."""

from __future__ import annotations

from webapp.web.states import State

STATES = (State("front-door", "/", kind="first"),)
