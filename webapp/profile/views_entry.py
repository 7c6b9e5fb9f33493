"""One entry of the medical profile: every version of it, correcting it, taking it away."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.profile import service
from webapp.profile.blueprint import blueprint
from webapp.profile.forms import HeightForm, NameForm, WeightForm, field_of, form_of, key_of
from webapp.profile.medicine import with_code
from webapp.profile.service import ChangedMeanwhile, Entry
from webapp.profile.views_part import asked
from webapp.profile.whose import author, note_change
from webapp.profile.words import Part, said
from webapp.web.pages import go_to, show
from webapp.web.work import db, now


@blueprint.get("/profil-medical/<slug>/<uuid:entry_id>")
def entry(slug: str, entry_id: UUID) -> Response:
    """Show an entry with everything that it was before, and the form that corrects it."""
    one, versions = asked(slug), _versions(slug, entry_id)
    form = form_of(one.kind)(formdata=None, data={field_of(one.kind): said(versions[-1])})
    return _page(one, versions, form)


@blueprint.post("/profil-medical/<slug>/<uuid:entry_id>")
def correct(slug: str, entry_id: UUID) -> Response | BaseResponse:
    """Write a new version of it; the one before stays to be seen."""
    one, versions, by = asked(slug), _versions(slug, entry_id), author()
    form = form_of(one.kind)(request.form)
    if not form.validate():
        return _page(one, versions, form, status=422)
    changes = with_code(one.kind, {key_of(one.kind): form.value})
    if changes != versions[-1].said:
        try:
            service.correct(db(), now(), by, entry_id, _read(), changes)
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
        form = form_of(one.kind).blank()
        form.refusal = "Cette ligne vient d’être changée ailleurs. Relisez-la avant de la retirer."
        return _page(one, _versions(slug, entry_id), form, status=409)
    note_change(by)
    return go_to("profile.part", slug=slug)


def _read() -> int:
    """The version that the page showed when the form was filled in; 0, which none has, when it is not said."""
    return request.form.get("version", 0, type=int)


def _versions(slug: str, entry_id: UUID) -> list[Entry]:
    """Every version; 404 for an entry of somebody else, or of another part."""
    found = service.versions(db(), author().beneficiary_id, entry_id)
    if not found or found[0].kind is not asked(slug).kind:
        abort(404)
    return found


def _page(
    one: Part, versions: list[Entry], form: HeightForm | WeightForm | NameForm, status: int = 200
) -> Response:
    mine = author().account_id
    return show(
        "profile/entry.html",
        status=status,
        part=one,
        form=form,
        field=form[field_of(one.kind)],
        latest=versions[-1],
        now_said=said(versions[-1]),
        history=[(said(one), one.written_at, one.account_id == mine) for one in reversed(versions)],
        frozen=current_space().frozen,
    )
