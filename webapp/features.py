"""The ordered list of features; importing this module imports every model."""

from __future__ import annotations

from flask import Flask

import webapp.account.models
import webapp.beneficiaries.models
import webapp.journal.models
import webapp.limits.models
import webapp.mail.models
import webapp.spaces.models
import webapp.web.models  # noqa: F401
from webapp.account.views import blueprint as account
from webapp.activation.views import blueprint as activation
from webapp.activation.views_receipt import checking
from webapp.demonstration.views import blueprint as demonstration
from webapp.home.views import blueprint as home
from webapp.jobs.waking import register_jobs
from webapp.limits.views import register_limits
from webapp.public.views import blueprint as public
from webapp.web.states import State

BLUEPRINTS = (public, activation, checking, account, home, demonstration)
"""In the order of the journey; the states of their pages are listed in `states.py` beside each."""


def register_features(app: Flask) -> None:
    """Register every feature's routes."""
    register_limits(app)
    register_jobs(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def all_states() -> tuple[State, ...]:
    """Return every page state of every feature (imported only by tests and the auditors' mode)."""
    from webapp.account.states import STATES as ACCOUNT
    from webapp.activation.states import STATES as ACTIVATION
    from webapp.demonstration.states import STATES as DEMONSTRATION
    from webapp.home.states import STATES as HOME
    from webapp.public.states import STATES as PUBLIC

    return (*PUBLIC, *ACTIVATION, *ACCOUNT, *HOME, *DEMONSTRATION)
