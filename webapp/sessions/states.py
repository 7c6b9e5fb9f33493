"""States of the pages of this feature."""

from __future__ import annotations

from webapp.web.states import State

STATES: tuple[State, ...] = ()
