"""Looking for words: what is looked for stays out of addresses, and is forgotten with the session."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.inbox.blueprint import blueprint
from webapp.inbox.forms import SearchForm
from webapp.inbox.here import known_place, open_space, place
from webapp.inbox.searching import search
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db

_KEY = "inbox-search"
"""Of the visit's data: what is looked for, and in whose space."""


@blueprint.get("/messagerie/recherche")
@open_to(SIGNED_IN)
def found() -> Response:
    """Show what was found, newest first."""
    space, before = current_space(), place()
    if not space.is_open:
        return show("inbox/not_open.html", space=space)
    kept = visit().data.get(_KEY)
    words = kept["words"] if kept and kept["space"] == str(space.id) else ""
    page = search(db(), space, words, before) if words else None
    if page is not None and not page.messages:
        known_place(space, before)
    form = SearchForm.blank(words=words)
    return show("inbox/search.html", form=form, page=page, first=before is None)


@blueprint.post("/messagerie/recherche")
@open_to(SIGNED_IN)
def look_for() -> Response | BaseResponse:
    """Keep what is looked for in this session."""
    space, form = open_space(), SearchForm(request.form)
    if not form.validate():
        return show("inbox/search.html", status=422, form=form, page=None, first=True)
    here = visit()
    here.data[_KEY] = {"space": str(space.id), "words": form.words.data}
    here.save()
    return go_to("inbox.found")
