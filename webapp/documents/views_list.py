"""The documents of a space, and its bin."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.documents.blueprint import blueprint
from webapp.documents.categories import MINE, label_of
from webapp.documents.here import done, found, known_place, my_account, open_space, place
from webapp.documents.service import in_bin, listed
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db


@blueprint.get("/documents")
@open_to(SIGNED_IN)
def index() -> Response:
    """List the documents by the day that they carry, the newest first."""
    space, before = open_space(), place()
    page = listed(db(), space, before)
    if not page.documents:
        known_place(space, before)
    return show(
        "documents/list.html",
        space=space,
        page=page,
        first=before is None,
        done=done() if before is None else None,
        label_of=label_of,
        mine=MINE,
        me=my_account(),
    )


@blueprint.get("/documents/corbeille")
@open_to(SIGNED_IN)
def bin_() -> Response | BaseResponse:
    """List what was deleted less than thirty days ago."""
    space, before = open_space(), place()
    page = in_bin(db(), space, before)
    if before is not None and not page.documents and found(before).deleted_at is None:
        return go_to("documents.bin_")  # taken back meanwhile: it stands nowhere in the bin any more
    return show("documents/bin.html", space=space, page=page, first=before is None)
