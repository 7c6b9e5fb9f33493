"""The medical profile on one page, and one part of it: what is in it, and adding to it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.profile import service
from webapp.profile.blueprint import blueprint
from webapp.profile.forms import field_of, form_of, key_of
from webapp.profile.medicine import known, with_code
from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Entry, NotNone
from webapp.profile.whose import author, note_change
from webapp.profile.words import PARTS, Part, kinds_of, part_at, said
from webapp.web.pages import go_to, show
from webapp.web.work import db, now


@blueprint.get("/profil-medical")
def index() -> Response:
    """Show everything that the profile holds, and where each part is completed."""
    by = author()
    found: dict[Kind, list[Entry]] = {}
    for entry in service.current(db(), by.beneficiary_id, {kind for one in PARTS for kind in kinds_of(one)}):
        found.setdefault(entry.kind, []).append(entry)
    parts = [(part, _lines(part, found), bool(found.get(part.kind))) for part in PARTS]
    return show("profile/index.html", space=current_space(), parts=parts)


@blueprint.get("/profil-medical/<slug>")
def part(slug: str) -> Response:
    """Show one part, and the form that adds to it."""
    one = asked(slug)
    return _page(one, form_of(one.kind).blank(**known(one.kind)))


@blueprint.post("/profil-medical/<slug>")
def add(slug: str) -> Response | BaseResponse:
    """Add an entry."""
    one, by = asked(slug), author()
    form = form_of(one.kind)(request.form)
    if not form.validate():
        return _page(one, form, status=422)
    service.add(db(), now(), by, one.kind, with_code(one.kind, {key_of(one.kind): form.value}))
    note_change(by)
    return go_to("profile.part", slug=slug)


@blueprint.post("/profil-medical/<slug>/aucun")
def none(slug: str) -> BaseResponse:
    """Say that there is none: a statement of its own, which an entry added later takes away."""
    one, by = asked(slug), author()
    if one.kind not in ABSENCE:
        abort(404)
    try:
        service.add(db(), now(), by, ABSENCE[one.kind], {})
    except NotNone:  # somebody added one meanwhile: the page shows it
        return go_to("profile.part", slug=slug)
    note_change(by)
    return go_to("profile.part", slug=slug)


def asked(slug: str) -> Part:
    """Return the part of an address; 404 when there is none, or the space is not open."""
    author()
    return part_at(slug) or abort(404)


def _lines(one: Part, found: dict[Kind, list[Entry]]) -> list[str]:
    entries = found.get(one.kind, [])
    if one.kind in ABSENCE and not entries:
        return [one.none] if found.get(ABSENCE[one.kind]) else []
    return [said(entry) for entry in (entries if one.kind in ABSENCE else entries[:1])]


def _page(one: Part, form: Any, status: int = 200) -> Response:
    entries = service.current(db(), author().beneficiary_id, kinds_of(one))
    return show(
        "profile/part.html",
        status=status,
        part=one,
        form=form,
        field=form[field_of(one.kind)],
        entries=[(entry, said(entry)) for entry in entries if entry.kind is one.kind],
        none_said=any(entry.kind is not one.kind for entry in entries),
        frozen=current_space().frozen,
    )
