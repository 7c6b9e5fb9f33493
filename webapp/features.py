"""The ordered list of features; importing this module imports every model."""

from __future__ import annotations

from flask import Flask

import webapp.web.models  # noqa: F401
from webapp.public import views as public
from webapp.web.states import State

FEATURES = (public,)
"""Each has a `blueprint`; those with pages list their states in `states.py` beside it."""


def register_features(app: Flask) -> None:
    """Register every feature's routes."""
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)


def all_states() -> tuple[State, ...]:
    """Return every page state of every feature (imported only by tests and the auditors' mode)."""
    from webapp.public.states import STATES as PUBLIC

    return (*PUBLIC,)
