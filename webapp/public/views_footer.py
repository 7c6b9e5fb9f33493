"""The pages of the footer: who runs this site, the terms, personal data, accessibility, the map of the site.

Whatever the product does is said from its own constants and settings, so that these pages cannot promise other figures.
"""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from webapp.account import cleaning, origin
from webapp.documents.rules import KEPT_IN_BIN
from webapp.family.rules import INVITATION_LIFE
from webapp.jobs.tasks import KEPT, LONGEST_COUNT
from webapp.limits.rules import KNOWN_NETWORK
from webapp.public.blueprint import blueprint
from webapp.spaces import awaited
from webapp.spaces.rules import CODE_LIFE, KEPT_YEARS, REGRET, TERMS_VERSION
from webapp.web import left
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import show
from webapp.web.signed_in import LONGEST
from webapp.web.visit import IDLE, IDLE_SHARED
from webapp.web.work import settings

ACCESSIBILITY_STATED_ON = date(2026, 11, 23)
"""When the words of the statement were last held against the tests; RGAA wants the date on the page."""


@blueprint.get("/mentions-legales")
@open_to(EVERYONE)
def legal() -> Response:
    """Publisher, hosting, help, and the whole terms of use."""
    return show("public/legal.html", version=TERMS_VERSION)


@blueprint.get("/donnees-personnelles")
@open_to(EVERYONE)
def privacy() -> Response:
    """What is kept, why, how long, who answers for it, rights, cookies."""
    return show(
        "public/privacy.html",
        code_minutes=_minutes(CODE_LIFE),
        access_code_minutes=settings().access_code_minutes,
        idle_minutes=_minutes(IDLE),
        shared_minutes=_minutes(IDLE_SHARED),
        session_hours=_hours(LONGEST),
        visit_hours=_hours(KEPT),
        left_hours=_hours(left.KEPT),
        access_hours=_hours(cleaning.KEPT),
        reset_hours=_hours(awaited.KEPT),
        invitation_days=INVITATION_LIFE.days,
        kept_years=KEPT_YEARS,
        regret_days=REGRET.days,
        bin_days=KEPT_IN_BIN.days,
        network_days=KNOWN_NETWORK.window.days,
        count_days=LONGEST_COUNT.days,
        device_days=origin.KEPT.days,
    )


@blueprint.get("/a-propos")
@open_to(EVERYONE)
def about() -> Response:
    """What this software is, and what it is not."""
    return show("public/about.html")


@blueprint.get("/accessibilite")
@open_to(EVERYONE)
def accessibility() -> Response:
    """Show the statement, in the form of RGAA: no audit by a person yet, so "non conforme"."""
    return show("public/accessibility.html", stated_on=ACCESSIBILITY_STATED_ON)


@blueprint.get("/plan-du-site")
@open_to(EVERYONE)
def site_map() -> Response:
    """List every page that has an address of its own."""
    return show("public/site_map.html")


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds()) // 60


def _hours(time: timedelta) -> int:
    return _minutes(time) // 60
