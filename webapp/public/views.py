"""Routes for everyone."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text

from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import show
from webapp.web.work import db, engine

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@open_to(EVERYONE)
def front_door() -> Response:
    """Show the three ways in."""
    return show("public/front_door.html")


@blueprint.get("/healthz")
@open_to(EVERYONE)
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@open_to(EVERYONE)
def ready() -> Response:
    """Say whether pages can be served: database reached and migrated, keys able to seal."""
    from webapp.db.migrate import current, newest

    db().execute(text("SELECT 1"))
    if current(engine()) != newest():
        return Response("migrations missing\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
