"""Looking for a medicine: as one types in the treatment form, or on a page of its own; never by an address."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.medicines.blueprint import blueprint
from webapp.medicines.choosing import carried, choose
from webapp.medicines.forms import SearchForm
from webapp.medicines.rules import DATED, SOURCE
from webapp.medicines.service import Found, search
from webapp.medicines.words import sentence
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import asks_for_fragment, go_to, show
from webapp.web.work import db, only_reads, unprompted

__all__ = ["blueprint"]
PROPOSED, LISTED = 8, 40
"""Names under a field, and on the page."""
LONGEST = 200
"""Signs of a name that the treatment form takes."""


@blueprint.get("/profil-medical/traitements/medicaments")
@open_to(SIGNED_IN)
def index() -> Response:
    """Show the search, for whoever comes without one."""
    return _page(SearchForm.blank(), None)


@blueprint.post("/profil-medical/traitements/medicaments")
@open_to(SIGNED_IN)
@only_reads
def listed() -> Response:
    """Show what was found, each a button that takes its name to the treatment form."""
    form = SearchForm(request.form)
    if not form.validate():
        return _page(form, None, status=422)
    return _page(form, search(db(), form.name.data or "", LISTED))


@blueprint.post("/profil-medical/traitements/medicaments/propositions")
@open_to(SIGNED_IN)
@only_reads
@unprompted
def proposed() -> Response | BaseResponse:
    """Answer the treatment form as one types: a part of the page above."""
    if not asks_for_fragment():
        return go_to("medicines.index")
    typed = request.form.get("name", "")
    found = (
        search(db(), typed, PROPOSED)
        if len(typed) <= LONGEST and SearchForm(request.form).validate()
        else None
    )
    return _page(SearchForm(request.form), found)


@blueprint.post("/profil-medical/traitements/medicaments/choix")
@open_to(SIGNED_IN)
def chosen() -> BaseResponse:
    """Take a name to the treatment form."""
    name = request.form.get("name", "")
    if not 0 < len(name) <= LONGEST:
        abort(422)
    choose(name)
    return go_to("profile.part", slug="traitements")


def _page(form: SearchForm, found: Found | None, status: int = 200) -> Response:
    return show(
        "medicines/list.html",
        status=status,
        block="found",
        form=form,
        found=found,
        sentence=sentence(found),
        names=[fitting(name) for name in found.names] if found else [],
        source=f"{SOURCE}, {DATED}",
        carried=carried(request.form),
    )


def fitting(name: str) -> str:
    """A name as long as the treatment form takes, cut after one of its parts."""
    if len(name) <= LONGEST:
        return name
    return name[: name.rfind(",", 0, LONGEST)] if "," in name[:LONGEST] else name[:LONGEST]
