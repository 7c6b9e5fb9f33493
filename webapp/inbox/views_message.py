"""One message: opened is read; unread again, put away, taken back."""

from __future__ import annotations

import logging
from uuid import UUID

from flask import Response, abort, request
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as BaseResponse

from webapp.db.work import writing
from webapp.family.reach import Reached
from webapp.inbox import service
from webapp.inbox.blueprint import blueprint
from webapp.inbox.here import open_space, say_done
from webapp.inbox.letters import LINKS
from webapp.inbox.mark import count_again
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import SEEN_PATIENCE
from webapp.web.work import db, engine, now

_GUESSES = ("Sec-Purpose", "Purpose", "X-Moz")
"""Headers of a browser that fetches a page before anybody asks for it."""

log = logging.getLogger(__name__)


@blueprint.get("/messagerie/<uuid:message>")
@open_to(SIGNED_IN)
def one(message: UUID) -> Response:
    """Show a message, and note that it was opened. 404 for what is not in this space."""
    space = open_space()
    found = service.message(db(), space, message) or abort(404)
    if not found.read and request.method == "GET" and not any(name in request.headers for name in _GUESSES):
        _note_read(space, message)
    return show("inbox/message.html", message=found, links=LINKS.get(found.kind, ()))


@blueprint.post("/messagerie/<uuid:message>/non-lu")
@open_to(SIGNED_IN)
def unread_again(message: UUID) -> BaseResponse:
    """Let a message be unread again."""
    if not service.mark_unread(db(), open_space(), message):
        abort(404)
    say_done("unread", message)
    return go_to("inbox.inbox")


@blueprint.post("/messagerie/<uuid:message>/archiver")
@open_to(SIGNED_IN)
def archive(message: UUID) -> BaseResponse:
    """Put a message away; nothing is deleted."""
    if not service.archive(db(), now(), open_space(), message):
        abort(404)
    say_done("archived", message)
    return go_to("inbox.inbox")


@blueprint.post("/messagerie/<uuid:message>/reprendre")
@open_to(SIGNED_IN)
def take_back(message: UUID) -> BaseResponse:
    """Put a message back into the inbox."""
    if not service.take_back(db(), open_space(), message):
        abort(404)
    say_done("taken back", message)
    return go_to("inbox.inbox")


def _note_read(space: Reached, message_id: UUID) -> None:
    try:
        with writing(engine(), patience=SEEN_PATIENCE) as session:
            service.mark_read(session, now(), space, message_id)
    except OperationalError:  # an import holds SQLite's one writer: it stays unread until the next time
        log.info("a message was not marked as read")
    db().rollback()  # what is read from here on sees what was just written
    count_again(space)
