"""One document: read, described anew, hidden from professionals, deleted, taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Response, abort, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from webapp.documents import service
from webapp.documents.blueprint import blueprint
from webapp.documents.categories import label_of
from webapp.documents.forms import EditForm
from webapp.documents.here import found, frozen, my_account, note, open_space, say_done
from webapp.documents.rules import Media, in_words, show_day
from webapp.documents.service import Filed, Said, may_delete
from webapp.documents.views_file import content
from webapp.documents.words import FORMATS, by_whom
from webapp.journal.events import Event
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, today

SHOWN_OF_TEXT = 3_000
"""Signs of a text that its page shows; the whole is one link away."""


@blueprint.get("/documents/<uuid:document>")
@open_to(SIGNED_IN)
def one(document: UUID) -> Response:
    """Show a document, and what can be done with it."""
    filed, space = found(document), open_space()
    text, lost = "", False
    if filed.media is Media.TEXT:
        try:
            text = content(filed).decode()
        except NotFound:  # it can still be put into the bin
            lost = True
    return show(
        "documents/one.html",
        space=space,
        document=filed,
        text=text[:SHOWN_OF_TEXT],
        lost=lost,
        cut=len(text) > SHOWN_OF_TEXT,
        label=label_of(filed.category),
        by_whom=by_whom(filed.account_id == my_account()),
        format=f"{FORMATS[filed.media]}, {in_words(filed.size)}",
        may_delete=may_delete(filed, space, my_account()),
    )


@blueprint.get("/documents/<uuid:document>/modifier")
@open_to(SIGNED_IN)
def edit(document: UUID) -> Response:
    """Show what is said of a document, to be changed."""
    filed = _outside_bin(document)
    known = {"name": filed.name, "category": filed.category, "dated": show_day(filed.dated_on)}
    return _edit(filed, EditForm.blank(**known))


@blueprint.post("/documents/<uuid:document>/modifier")
@open_to(SIGNED_IN)
def change(document: UUID) -> Response | BaseResponse:
    """Rename it, put it under another category, give it another day."""
    filed, form = _outside_bin(document), EditForm(request.form)
    form.today = today()
    if not form.validate():
        return _edit(filed, form, status=422)
    assert form.day is not None  # asked for by the form
    said = Said(str(form.name.data), str(form.category.data), form.day)
    if said == Said(filed.name, filed.category, filed.dated_on):
        return go_to("documents.one", document=document)
    return _act(
        lambda: service.describe(db(), now(), open_space(), document, said), Event.DOCUMENT_CHANGED, document
    )


@blueprint.post("/documents/<uuid:document>/masquer")
@open_to(SIGNED_IN)
def hide(document: UUID) -> Response | BaseResponse:
    """Hide it from professionals."""
    return _hide(document, hidden=True)


@blueprint.post("/documents/<uuid:document>/montrer")
@open_to(SIGNED_IN)
def unhide(document: UUID) -> Response | BaseResponse:
    """Let professionals see it again."""
    return _hide(document, hidden=False)


@blueprint.post("/documents/<uuid:document>/supprimer")
@open_to(SIGNED_IN)
def delete(document: UUID) -> Response | BaseResponse:
    """Put it into the bin, where it stays for thirty days. 404 for what somebody else added."""
    filed = _outside_bin(document)
    if not may_delete(filed, open_space(), my_account()):
        abort(404)
    return _act(
        lambda: service.throw_away(db(), now(), open_space(), document),
        Event.DOCUMENT_DELETED,
        document,
        say="deleted",
    )


@blueprint.post("/documents/<uuid:document>/reprendre")
@open_to(SIGNED_IN)
def restore(document: UUID) -> Response | BaseResponse:
    """Take it out of the bin; 404 for what somebody else added."""
    if not may_delete(found(document), open_space(), my_account()):
        abort(404)
    return _act(
        lambda: service.take_back(db(), now(), open_space(), document),
        Event.DOCUMENT_RESTORED,
        document,
        say="restored",
    )


def _hide(document: UUID, *, hidden: bool) -> Response | BaseResponse:
    if _outside_bin(document).hidden == hidden:
        return go_to("documents.one", document=document)
    event = Event.DOCUMENT_HIDDEN if hidden else Event.DOCUMENT_SHOWN
    return _act(lambda: service.hide(db(), now(), open_space(), document, hidden=hidden), event, document)


def _act(change: Callable[[], bool], event: Event, document: UUID, say: str = "") -> Response | BaseResponse:
    try:
        if not change():
            abort(404)
    except SpaceFrozen:
        return frozen()
    except AlreadyDecided:
        abort(404)
    if say:
        say_done(say, one=str(document))
    note(event)
    return go_to("documents.index") if say else go_to("documents.one", document=document)


def _outside_bin(document: UUID) -> Filed:
    filed = found(document)
    return abort(404) if filed.deleted_at else filed


def _edit(filed: Filed, form: EditForm, status: int = 200) -> Response:
    return show("documents/edit.html", status=status, document=filed, form=form)
