"""One entry of the medical profile: every version of it, correcting it, taking it away; what was taken away."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.profile import service
from webapp.profile.authors import by_whom
from webapp.profile.blueprint import blueprint
from webapp.profile.forms import EntryForm, kept, typed
from webapp.profile.medicine import with_code
from webapp.profile.rules import ABSENCE
from webapp.profile.service import ChangedMeanwhile, Entry
from webapp.profile.views_part import asked, known_form, place, sent_form
from webapp.profile.whose import author, note_change
from webapp.profile.withdrawn import withdrawn
from webapp.profile.words import Part, kinds_of, line, said, when
from webapp.web.pages import go_to, show
from webapp.web.work import db, now

_LONGEST_VERSION = 10
"""Digits that no number of a version has: a database refuses larger ones than it can hold."""


@blueprint.get("/profil-medical/<slug>/<uuid:entry_id>")
def entry(slug: str, entry_id: UUID) -> Response:
    """Show an entry with everything that it was before, and the form that corrects it."""
    one, versions = asked(slug), _versions(slug, entry_id)
    return _page(one, versions, _as_it_is(one, versions[-1]))


@blueprint.post("/profil-medical/<slug>/<uuid:entry_id>")
def correct(slug: str, entry_id: UUID) -> Response | BaseResponse:
    """Write a new version of it; the one before stays to be seen. That there is none cannot be corrected."""
    one, versions, by = asked(slug), _versions(slug, entry_id), author()
    form, latest = sent_form(one, later=True), versions[-1]
    if latest.kind in ABSENCE.values():
        abort(404)
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
    """Take it away; its versions stay to be seen at its own address, which the list of what was taken away gives."""
    one, versions, by = asked(slug), _versions(slug, entry_id), author()
    if versions[-1].removed:
        return go_to("profile.part", slug=slug)
    try:
        service.remove(db(), now(), by, entry_id, _read())
    except ChangedMeanwhile:
        db().rollback()
        versions = _versions(slug, entry_id)
        form = _as_it_is(one, versions[-1])
        form.refusal = "Cette ligne vient d’être changée ailleurs. Relisez-la avant de la retirer."
        return _page(one, versions, form, status=409)
    note_change(by)
    return go_to("profile.part", slug=slug)


@blueprint.get("/profil-medical/<slug>/retirees")
def gone(slug: str) -> Response:
    """Show what was taken away from a part, the last first: what it said, by whom and when it went."""
    one, by, before = asked(slug), author(), place()
    found = withdrawn(db(), by.beneficiary_id, kinds_of(one), before)
    if before is not None and not found.entries:
        abort(404)
    return show(
        "profile/gone.html",
        part=one,
        space=current_space(),
        first=before is None,
        entries=[(each, line(each.entry)) for each in found.entries],
        older=found.older,
        by=by_whom(db(), by.account_id, (each.account_id for each in found.entries)),
    )


def _read() -> int:
    """The version that the page showed when the form was filled in; 0, which none has, when it is not said."""
    said = request.form.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _LONGEST_VERSION else 0


def _versions(slug: str, entry_id: UUID) -> list[Entry]:
    """Every version; 404 for an entry of somebody else, or of another part."""
    found = service.versions(db(), author().beneficiary_id, entry_id)
    if not found or found[0].kind not in kinds_of(asked(slug)):
        abort(404)
    return found


def _as_it_is(one: Part, latest: Entry) -> EntryForm:
    return known_form(one, typed(one, latest.said, latest.happened_on))


def _page(one: Part, versions: list[Entry], form: EntryForm, status: int = 200) -> Response:
    latest = versions[-1]
    by = by_whom(db(), author().account_id, (each.account_id for each in versions))
    return show(
        "profile/entry.html",
        status=status,
        part=one,
        form=form,
        latest=latest,
        now_said=said(latest) or line(latest),
        now_when=when(latest),
        says_none=latest.kind in ABSENCE.values(),
        history=[(line(each), each.written_at, by[each.account_id]) for each in reversed(versions)],
        frozen=current_space().frozen,
    )
