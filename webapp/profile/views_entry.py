"""One entry of the medical profile: every version of it, correcting it, taking it away."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.profile import service
from webapp.profile.blueprint import blueprint
from webapp.profile.forms import EntryForm, kept, typed
from webapp.profile.medicine import with_code
from webapp.profile.service import ChangedMeanwhile, Entry
from webapp.profile.views_part import asked, fresh_form, known_form, sent_form
from webapp.profile.whose import author, note_change
from webapp.profile.words import Part, note_of, said, when
from webapp.web.pages import go_to, show
from webapp.web.work import db, now

_LONGEST_VERSION = 10
"""Digits that no number of a version has: a database refuses larger ones than it can hold."""


@blueprint.get("/profil-medical/<slug>/<uuid:entry_id>")
def entry(slug: str, entry_id: UUID) -> Response:
    """Show an entry with everything that it was before, and the form that corrects it."""
    one, versions = asked(slug), _versions(slug, entry_id)
    latest = versions[-1]
    return _page(one, versions, known_form(one, typed(one, latest.said, latest.happened_on)))


@blueprint.post("/profil-medical/<slug>/<uuid:entry_id>")
def correct(slug: str, entry_id: UUID) -> Response | BaseResponse:
    """Write a new version of it; the one before stays to be seen."""
    one, versions, by = asked(slug), _versions(slug, entry_id), author()
    form, latest = sent_form(one), versions[-1]
    if not form.validate():
        return _page(one, versions, form, status=422)
    changes = with_code(one.kind, kept(one, latest.said, form.written.said))
    on = form.written.on or latest.happened_on
    if (changes, on) != (latest.said, latest.happened_on):
        try:
            service.correct(db(), now(), by, entry_id, _read(), changes, on)
        except ChangedMeanwhile:
            db().rollback()
            form.refusal = "Cette ligne vient d’être changée ailleurs. Relisez-la avant de la corriger."
            return _page(one, _versions(slug, entry_id), form, status=409)
        note_change(by)
    return go_to("profile.part", slug=slug)


@blueprint.post("/profil-medical/<slug>/<uuid:entry_id>/retirer")
def remove(slug: str, entry_id: UUID) -> Response | BaseResponse:
    """Take it away; its versions stay to be seen at its own address."""
    one, versions, by = asked(slug), _versions(slug, entry_id), author()
    if versions[-1].removed:
        return go_to("profile.part", slug=slug)
    try:
        service.remove(db(), now(), by, entry_id, _read())
    except ChangedMeanwhile:
        db().rollback()
        form = fresh_form(one)
        form.refusal = "Cette ligne vient d’être changée ailleurs. Relisez-la avant de la retirer."
        return _page(one, _versions(slug, entry_id), form, status=409)
    note_change(by)
    return go_to("profile.part", slug=slug)


def _read() -> int:
    """The version that the page showed when the form was filled in; 0, which none has, when it is not said."""
    said = request.form.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST_VERSION else 0


def _versions(slug: str, entry_id: UUID) -> list[Entry]:
    """Every version; 404 for an entry of somebody else, or of another part."""
    found = service.versions(db(), author().beneficiary_id, entry_id)
    if not found or found[0].kind is not asked(slug).kind:
        abort(404)
    return found


def _whole(one: Entry) -> str:
    """What a version says, with its day and its remark; empty when it took the entry away."""
    return ", ".join(filter(None, (said(one), when(one), note_of(one.said)))) if not one.removed else ""


def _page(one: Part, versions: list[Entry], form: EntryForm, status: int = 200) -> Response:
    mine = author().account_id
    return show(
        "profile/entry.html",
        status=status,
        part=one,
        form=form,
        latest=versions[-1],
        now_said=said(versions[-1]),
        now_when="" if versions[-1].removed else when(versions[-1]),
        history=[(_whole(one), one.written_at, one.account_id == mine) for one in reversed(versions)],
        frozen=current_space().frozen,
    )
