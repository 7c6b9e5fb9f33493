"""The page that gives everything that is held of a person (J7; RGPD, articles 15 and 20)."""

from __future__ import annotations

from flask import Response, abort, current_app

from webapp.account.service import AccountView, account
from webapp.account.step_up import STEPPED_UP
from webapp.archive import service
from webapp.archive.blueprint import blueprint
from webapp.db.work import reading, writing
from webapp.limits.rules import DOWNLOADS
from webapp.limits.service import add_within
from webapp.values.clock import paris_day
from webapp.web.access import open_to
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.work import db, engine, now, settings

LOCKED = "sandbox; default-src 'none'"
"""Policy of the answer: whatever is in it, a browser that opened it would run nothing."""


@blueprint.get("/compte/telecharger")
@open_to(STEPPED_UP)
def explain() -> Response:
    """Say what is in the archive, and who else should not see it."""
    return show("archive/download.html", most=DOWNLOADS.most)


@blueprint.post("/compte/telecharger")
@open_to(STEPPED_UP)
def download() -> Response:
    """Make the archive while nothing is locked, then tell its owner; asked twice, it is made twice."""
    known = _account()
    with writing(engine()) as session:
        add_within(session, DOWNLOADS, str(known.id), now())
    page = current_app.jinja_env.get_template("archive/file/page.html")
    with reading(engine()) as session:
        archive = service.make_archive(session, now(), settings(), known, page)
    service.tell_downloaded(db(), now(), settings(), known)
    name = f"mes-donnees-{paris_day(now()).isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": LOCKED}
    return Response(archive.pieces(), mimetype="application/zip", headers=headers)


def _account() -> AccountView:
    who = member()
    with reading(engine()) as session:
        return (account(session, who.account_id) if who else None) or abort(404)
