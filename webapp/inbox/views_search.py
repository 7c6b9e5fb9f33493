"""Looking for words: what is looked for stays out of addresses, and is forgotten with the session."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space, not_open
from webapp.inbox.blueprint import blueprint
from webapp.inbox.forms import SearchForm
from webapp.inbox.here import known_place, open_space, place
from webapp.inbox.rules import TITLE
from webapp.inbox.searching import Found, search
from webapp.values.clock import french_date
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, today

_KEY = "inbox-search"
"""Of the visit's data: what is looked for, and in whose space."""


@blueprint.get("/messagerie/recherche")
@open_to(SIGNED_IN)
def found() -> Response:
    """Show what was found, newest first."""
    space, before = current_space(), place()
    if closed := not_open(TITLE):
        return closed
    kept = visit().data.get(_KEY)
    words = kept["words"] if kept and kept["space"] == str(space.id) else ""
    page = search(db(), space, words, before) if words else None
    if page is None or not page.messages:
        known_place(space, before)
    return _page(SearchForm.blank(words=words), page, first=before is None)


@blueprint.post("/messagerie/recherche")
@open_to(SIGNED_IN)
def look_for() -> Response | BaseResponse:
    """Keep what is looked for in this session."""
    space, form = open_space(), SearchForm(request.form)
    if not form.validate():
        return _page(form, None, status=422)
    here = visit()
    here.data[_KEY] = {"space": str(space.id), "words": form.words.data}
    here.save()
    return go_to("inbox.found")


def _page(form: SearchForm, page: Found | None, *, first: bool = True, status: int = 200) -> Response:
    day = french_date(today())
    return show("inbox/search.html", status=status, form=form, page=page, first=first, today=day)
