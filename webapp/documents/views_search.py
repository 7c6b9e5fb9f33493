"""Looking for documents: what is looked for stays out of addresses, and is forgotten with the session."""

from __future__ import annotations

from datetime import date

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.documents.blueprint import blueprint
from webapp.documents.categories import label_of
from webapp.documents.forms import SearchForm
from webapp.documents.here import known_place, my_account, open_space, place
from webapp.documents.searching import search
from webapp.documents.service import Listed, Wanted
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, today

_KEY = "documents-search"
"""Of the visit's data: what is looked for, and in whose space."""


@blueprint.get("/documents/recherche")
@open_to(SIGNED_IN)
def results() -> Response:
    """Show what was found, the newest first."""
    space, before = open_space(), place()
    kept = visit().data.get(_KEY)
    if kept is None or kept["space"] != str(space.id):
        return _page(SearchForm.blank(), None)
    first, last = (date.fromisoformat(day) if day else None for day in kept["days"])
    page = search(db(), space, Wanted(kept["category"], first, last), kept["words"], before)
    if not page.documents:
        known_place(space, before)
    form = SearchForm.blank(words=kept["words"], category=kept["category"], dated=kept["dated"])
    return _page(form, page, first=before is None)


@blueprint.post("/documents/recherche")
@open_to(SIGNED_IN)
def look_for() -> Response | BaseResponse:
    """Keep what is looked for in this session."""
    space, form = open_space(), SearchForm(request.form)
    form.today = today()
    if not form.validate():
        return _page(form, None, status=422)
    here = visit()
    here.data[_KEY] = {
        "space": str(space.id),
        "words": form.words.data,
        "category": form.category.data or "",
        "dated": form.dated.data,
        "days": [day.isoformat() for day in form.period] if form.period else ["", ""],
    }
    here.save()
    return go_to("documents.results")


def _page(form: SearchForm, page: Listed | None, *, first: bool = True, status: int = 200) -> Response:
    return show(
        "documents/search.html",
        status=status,
        form=form,
        page=page,
        first=first,
        label_of=label_of,
        me=my_account(),
    )
