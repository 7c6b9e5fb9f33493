"""One part of the medical profile: what is in it, a page at a time, and adding to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.profile import service
from webapp.profile.authors import by_whom
from webapp.profile.blueprint import blueprint
from webapp.profile.forms import EntryForm, form_of, typed
from webapp.profile.listing import page, readings, stands
from webapp.profile.medicine import known, with_code
from webapp.profile.parts import Dated
from webapp.profile.rules import ABSENCE, PAGE, PLOTTED
from webapp.profile.service import NotNone
from webapp.profile.shown import indexes, plot_of
from webapp.profile.whose import author, note_change
from webapp.profile.words import Part, going_on_first, kinds_of, note_of, part_at, said, when
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, today


@blueprint.get("/profil-medical/<slug>")
def part(slug: str) -> Response:
    """Show one part, and the form that adds to it."""
    one = asked(slug)
    return _page(one, fresh_form(one))


@blueprint.post("/profil-medical/<slug>")
def add(slug: str) -> Response | BaseResponse:
    """Add an entry."""
    one, by = asked(slug), author()
    form = sent_form(one)
    if not form.validate():
        return _page(one, form, status=422)
    service.add(db(), now(), by, one.kind, with_code(one.kind, form.written.said), form.written.on)
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


@blueprint.get("/profil-medical/<slug>/courbe")
def curve(slug: str) -> Response:
    """Draw every measure there is; the page of the part goes back a year or so."""
    one = asked(slug)
    if not one.measured:
        abort(404)
    found = readings(db(), author().beneficiary_id, one.kind).entries
    return show("profile/curve.html", part=one, plot=plot_of(one, found), space=current_space())


def asked(slug: str) -> Part:
    """Return the part of an address; 404 when there is none, or the space is not open."""
    author()
    return part_at(slug) or abort(404)


def fresh_form(one: Part) -> EntryForm:
    """Return the form of a part as it is first shown: a measure is of today unless something else is said."""
    said = typed(one, {}, today() if one.dated is Dated.WHOLLY else None)
    return _bound(form_of(one.kind).blank(**said | known(one.kind)))


def sent_form(one: Part, *, later: bool = False) -> EntryForm:
    """Return the form of a part as it was sent; `later`, the one of an entry that is there."""
    return _bound(form_of(one.kind, later=later)(request.form))


def known_form(one: Part, known: dict[str, str]) -> EntryForm:
    """Return the form of a part that holds what an entry says."""
    return _bound(form_of(one.kind, later=True).blank(**known))


def _bound(form: EntryForm) -> EntryForm:
    form.bound(today(), current_space().person.birth_date)
    return form


def _page(one: Part, form: EntryForm, status: int = 200) -> Response:
    """Show a page of entries: the first one with the form, those that follow by `avant`."""
    who, before = author().beneficiary_id, place() if status == 200 else None
    facts = _measures(one, who, before) if one.measured else _entries(one, who, before)
    if before is not None and not facts["entries"] and not stands(db(), who, kinds_of(one), before):
        abort(404)
    space = current_space()
    return show(
        "profile/measure.html" if one.measured else "profile/part.html",
        status=status,
        part=one,
        form=form,
        first=before is None,
        space=space,
        frozen=space.frozen,
        minor=form.minor,
        **facts,
    )


def _entries(one: Part, who: UUID, before: UUID | None) -> dict[str, Any]:
    found = page(db(), who, kinds_of(one), before)
    entries = going_on_first(entry for entry in found.entries if entry.kind is one.kind)
    me = author().account_id
    return {
        "entries": [(entry, said(entry), when(entry)) for entry in entries],
        "none_said": next((entry for entry in found.entries if entry.kind is not one.kind), None),
        "older": found.older,
        "by": by_whom(db(), me, (entry.account_id for entry in found.entries)),
        "me": me,
    }


def _measures(one: Part, who: UUID, before: UUID | None) -> dict[str, Any]:
    """The first page reads as far as its plot goes back, and lists the first page of those."""
    found = readings(db(), who, one.kind, before, PAGE if before else PLOTTED)
    shown = found.entries[:PAGE]
    return {
        "entries": [(each, one.say(each.said), note_of(each.said)) for each in shown],
        "older": shown[-1].entry_id if len(found.entries) > PAGE else found.older,
        "plot": plot_of(one, found.entries) if before is None else None,
        "plot_goes_on": before is None and found.older is not None,
        "indexes": indexes(one, shown),
    }


def place() -> UUID | None:
    """Return the entry after which the list goes on; 404 for what cannot be one."""
    text = request.args.get("avant")
    if text is None:
        return None
    try:
        found = UUID(text)
    except ValueError:
        abort(404)
    return found if str(found) == text else abort(404)
