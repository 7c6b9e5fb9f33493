"""The lists: the inbox, what is unread, what was put away; and the unread mark, which a page asks for by itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space, not_open, other_space
from webapp.inbox.blueprint import blueprint
from webapp.inbox.here import done, known_place, place
from webapp.inbox.mark import mark
from webapp.inbox.rules import TITLE, Folder
from webapp.inbox.service import listed, listed_of_own
from webapp.values.clock import french_date
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import asks_for_fragment, go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db, today, unprompted


@blueprint.get("/messagerie")
@open_to(SIGNED_IN)
def inbox() -> Response:
    """List the messages, newest first."""
    return _list(Folder.INBOX)


@blueprint.get("/messagerie/a-lire")
@open_to(SIGNED_IN)
def unread() -> Response:
    """List the unread ones alone."""
    return _list(Folder.UNREAD)


@blueprint.get("/messagerie/archives")
@open_to(SIGNED_IN)
def archived() -> Response:
    """List what was put away."""
    return _list(Folder.ARCHIVED)


@blueprint.get("/messagerie/non-lus")
@open_to(SIGNED_IN)
@unprompted
def unread_mark() -> Response | BaseResponse:
    """Answer the page that asks whether its mark still stands: 204 when it does. Never prolongs the session."""
    if not asks_for_fragment():
        return go_to("inbox.inbox")
    if request.args.get("vu") == mark().figures:
        return Response(status=204)
    return show("layouts/_unread.html", page_path=_shown_on())


def _shown_on() -> str:
    """Return the path of the page that asks; empty for what is no address."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:
        return ""


def _list(folder: Folder) -> Response:
    before, page = place(), None
    who, child = member(), other_space()
    if who is not None and child is None:
        page = listed_of_own(db(), who.account_id, folder, before)
    # Only when there is nothing is the space itself asked for: the inbox costs two queries.
    if page is None or not page.messages:
        if closed := not_open(TITLE):
            return closed
        space = current_space()
        page = page or listed(db(), space, folder, before)
        if not page.messages:
            known_place(space, before)
    return show(
        "inbox/list.html",
        page=page,
        folder=folder,
        first=before is None,
        done=done(),
        today=french_date(today()),
    )
