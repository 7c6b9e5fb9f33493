"""What machines ask for: is the process alive, can it serve pages, what may be indexed."""

from __future__ import annotations

from flask import Response
from sqlalchemy.exc import SQLAlchemyError

from webapp.db.migrate import current, newest
from webapp.db.vault import CannotUnseal, current_vault
from webapp.public.blueprint import blueprint
from webapp.values.ids import new_id
from webapp.web.access import EVERYONE, open_to
from webapp.web.work import engine

PRIVATE = (
    "/activation/",
    "/verifier/",
    "/connexion",
    "/identifiant-oublie",
    "/mot-de-passe-oublie",
    "/accueil",
    "/compte",
    "/famille",
    "/demonstration/",
)
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {address}\n" for address in PRIVATE)


@blueprint.get("/healthz")
@open_to(EVERYONE)
def alive() -> Response:
    """Say that the process answers."""
    return _plain("ok")


@blueprint.get("/readyz")
@open_to(EVERYONE)
def ready() -> Response:
    """Say whether pages can be served: database reached and migrated, keys able to seal; 503 names what is missing."""
    try:
        if current(engine()) != newest():
            return _plain("the database is not at the newest migration", 503)
    except SQLAlchemyError:
        return _plain("the database does not answer", 503)
    row_id = new_id()
    try:
        current_vault().unseal("probe", row_id, current_vault().seal("probe", row_id, {}))
    except CannotUnseal:
        return _plain("the keys do not open what they seal", 503)
    return _plain("ready")


@blueprint.get("/robots.txt")
@open_to(EVERYONE)
def robots() -> Response:
    """Keep what is personal out of search engines; the help pages may be found."""
    return Response(ROBOTS, mimetype="text/plain")


@blueprint.get("/favicon.ico")
@open_to(EVERYONE)
def no_icon() -> Response:
    """Answer browsers that ask without reading the page: the icon is an SVG."""
    return Response(status=204, headers={"Cache-Control": "public, max-age=31536000"})


def _plain(words: str, status: int = 200) -> Response:
    return Response(words + "\n", status=status, mimetype="text/plain")
