"""The file of a document: shown by the browser, or downloaded; it never runs anything."""

from __future__ import annotations

import logging
from urllib.parse import quote
from uuid import UUID

from flask import Response, abort

from webapp.db.vault import CannotUnseal
from webapp.documents.blueprint import blueprint
from webapp.documents.files import read_file
from webapp.documents.here import found
from webapp.documents.rules import Media, file_name
from webapp.documents.service import Filed
from webapp.documents.storage import Missing, store_of
from webapp.values.normal import normal
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.work import settings

LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Policy of a file: whatever is in it, a browser that opens it runs nothing."""
PDF_SHOWN = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""Policy of a PDF that the browser shows: its own reader is a page, which a sandbox would keep from opening."""

log = logging.getLogger(__name__)


@blueprint.get("/documents/<uuid:document>/fichier")
@open_to(SIGNED_IN)
def file(document: UUID) -> Response:
    """Let the browser show it."""
    one = found(document)
    return _answer(one, "inline", PDF_SHOWN if one.media is Media.PDF else LOCKED)


@blueprint.get("/documents/<uuid:document>/telecharger")
@open_to(SIGNED_IN)
def download(document: UUID) -> Response:
    """Let the browser keep it, under its name."""
    return _answer(found(document), "attachment", LOCKED)


def content(one: Filed) -> bytes:
    """Return what is in the file of a document; 404, and a line in the log, when it is gone or was altered."""
    try:
        return read_file(store_of(settings()), one.id, one.file)
    except (Missing, CannotUnseal) as error:
        log.error("the file of a document cannot be read: %s", type(error).__name__)
        abort(404)


def _answer(one: Filed, disposition: str, policy: str) -> Response:
    answer = Response(content(one), content_type=_types(one.media))
    answer.headers.set("Content-Disposition", disposition, **_called(file_name(one.name, one.media)))
    answer.headers["Content-Security-Policy"] = policy
    return answer


def _called(name: str) -> dict[str, str]:
    """Return a name as a header carries it (RFC 6266): plain letters, and all of it for whoever reads UTF-8.

    A header holds one byte a sign: a French apostrophe is none of those.
    """
    if name.isascii():
        return {"filename": name}
    plain = normal("NFKD", name.replace("œ", "oe").replace("’", "'"))
    plain = plain.encode("ascii", "ignore").decode().strip()
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}


def _types(media: Media) -> str:
    return f"{media}; charset=utf-8" if media is Media.TEXT else str(media)
