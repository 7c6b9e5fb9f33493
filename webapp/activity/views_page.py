"""The activity of my account, twenty lines at a time, and what to do about one that is not mine (J7)."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, request

from webapp.activity.blueprint import blueprint
from webapp.activity.service import read_page, reader
from webapp.family.here import my_family
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.work import db

_HIGHEST = 2**63 - 1
"""Of a number that both databases can hold."""


@blueprint.get("/compte/activite")
@open_to(SIGNED_IN)
def activity() -> Response:
    """Show what happened, newest first. 404 for a place in the list that cannot be. Four queries at most."""
    who = member()
    found = (reader(db(), who.account_id) if who else None) or abort(404)
    before = _before()
    found = replace(found, children=my_family().first_names)
    page = read_page(db(), found, before)
    return show("activity/list.html", page=page, first=before is None)


@blueprint.get("/compte/activite/pas-moi")
@open_to(SIGNED_IN)
def not_me() -> Response:
    """Say what to do when somebody else was there."""
    return show("activity/not_me.html")


def _before() -> int | None:
    asked = request.args.get("avant")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 20 and 0 < int(asked) <= _HIGHEST):
        abort(404)
    return int(asked)
