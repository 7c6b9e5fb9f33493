"""The ordered list of features; importing this module imports every model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

import webapp.account.models
import webapp.beneficiaries.models
import webapp.factors.models
import webapp.family.models
import webapp.inbox.models
import webapp.journal.models
import webapp.limits.models
import webapp.mail.models
import webapp.medicines.models
import webapp.passkeys.models
import webapp.profile.models
import webapp.spaces.models
import webapp.web.models  # noqa: F401
from webapp.account.views import blueprint as account
from webapp.activation.views import blueprint as activation
from webapp.activation.views_receipt import checking
from webapp.activity.views import blueprint as activity
from webapp.archive.views import blueprint as archive
from webapp.closing.views import blueprint as closing
from webapp.demonstration.views import blueprint as demonstration
from webapp.documents.views import blueprint as documents
from webapp.factors.views import blueprint as factors
from webapp.family.here import register_here
from webapp.family.views import blueprint as family
from webapp.home.views import blueprint as home
from webapp.inbox.mark import register_inbox
from webapp.inbox.views import blueprint as inbox
from webapp.ips.views import blueprint as ips
from webapp.jobs.waking import register_jobs
from webapp.limits.views import register_limits
from webapp.medicines.views import blueprint as medicines
from webapp.my_account.views import blueprint as my_account
from webapp.news.views import blueprint as news
from webapp.news.views import register_news
from webapp.onboarding.first import register_first_questions
from webapp.onboarding.views import blueprint as onboarding
from webapp.passkeys.views import blueprint as passkeys
from webapp.preferences.views import blueprint as preferences
from webapp.profile.views import blueprint as profile
from webapp.public.views import blueprint as public
from webapp.recovery.views import blueprint as recovery
from webapp.sessions.views import blueprint as sessions
from webapp.summary.views import blueprint as summary

if TYPE_CHECKING:
    from webapp.web.states import State

BLUEPRINTS = (
    public,
    activation,
    checking,
    account,
    recovery,
    home,
    news,
    inbox,
    onboarding,
    profile,
    documents,
    medicines,
    ips,
    summary,
    family,
    my_account,
    sessions,
    factors,
    passkeys,
    preferences,
    activity,
    closing,
    archive,
    demonstration,
)
"""In the order of the journey; the states of their pages are listed in `states.py` beside each."""


def register_features(app: Flask) -> None:
    """Register every feature's routes."""
    register_limits(app)
    register_jobs(app)
    register_here(app)
    register_inbox(app)
    register_first_questions()
    register_news(app, app.extensions["settings"])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def all_states() -> tuple[State, ...]:
    """Return every page state of every feature (imported only by tests and the auditors' mode)."""
    from webapp.account.states import STATES as ACCOUNT
    from webapp.activation.states import STATES as ACTIVATION
    from webapp.activity.states import STATES as ACTIVITY
    from webapp.archive.states import STATES as ARCHIVE
    from webapp.closing.states import STATES as CLOSING
    from webapp.demonstration.states import STATES as DEMONSTRATION
    from webapp.documents.states import STATES as DOCUMENTS
    from webapp.factors.states import STATES as FACTORS
    from webapp.family.states import STATES as FAMILY
    from webapp.home.states import STATES as HOME
    from webapp.inbox.states import STATES as INBOX
    from webapp.ips.states import STATES as IPS
    from webapp.medicines.states import STATES as MEDICINES
    from webapp.my_account.states import STATES as MY_ACCOUNT
    from webapp.news.states import STATES as NEWS
    from webapp.onboarding.states import STATES as ONBOARDING
    from webapp.passkeys.states import STATES as PASSKEYS
    from webapp.preferences.states import STATES as PREFERENCES
    from webapp.profile.states import STATES as PROFILE
    from webapp.public.states import STATES as PUBLIC
    from webapp.recovery.states import STATES as RECOVERY
    from webapp.sessions.states import STATES as SESSIONS
    from webapp.summary.states import STATES as SUMMARY

    return (
        *PUBLIC,
        *ACTIVATION,
        *ACCOUNT,
        *RECOVERY,
        *HOME,
        *NEWS,
        *INBOX,
        *ONBOARDING,
        *PROFILE,
        *DOCUMENTS,
        *MEDICINES,
        *IPS,
        *SUMMARY,
        *FAMILY,
        *MY_ACCOUNT,
        *SESSIONS,
        *FACTORS,
        *PASSKEYS,
        *PREFERENCES,
        *ACTIVITY,
        *CLOSING,
        *ARCHIVE,
        *DEMONSTRATION,
    )
