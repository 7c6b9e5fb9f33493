"""Leaving a child's space that one shares."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.family.blueprint import blueprint
from webapp.family.disagreeing import NotShared
from webapp.family.forms import LeavingForm
from webapp.family.here import leave, my_family, other_space
from webapp.family.leaving import leave_sharing
from webapp.family.posted import posted_child
from webapp.family.shown import children_of
from webapp.spaces.service import SpaceFrozen
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/famille/quitter")
@open_to(SIGNED_IN)
def leaving() -> Response | BaseResponse:
    """Say what leaving means; without a shared space that is free to change there is nothing to say."""
    return _page(LeavingForm.blank())


@blueprint.post("/famille/quitter")
@open_to(SIGNED_IN)
def leave_it() -> Response | BaseResponse:
    """Give up one's access; 404 for a space that nobody else reaches."""
    form, child = LeavingForm(request.form), posted_child()
    if not form.validate():
        return _page(form, status=422, about=child.id)
    here = other_space()
    if here and here.id == child.id:
        leave()
    try:
        leave_sharing(db(), now(), settings(), my_account(), child.id)
    except NotShared:
        abort(404)
    except SpaceFrozen:
        return go_to("family.disagreement")
    return go_to("family.index")


def _page(form: LeavingForm, status: int = 200, about: UUID | None = None) -> Response | BaseResponse:
    children = [
        one
        for one in children_of(db(), now(), my_family(), my_account().id).reached
        if one.shared and not one.frozen
    ]
    if not children:
        return go_to("family.index")
    return show(
        "family/leaving.html", status=status, form=form, children=children, asked=about or children[0].id
    )
