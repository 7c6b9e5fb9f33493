"""Opening a closed space again (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.account.step_up import STEPPED_UP
from webapp.closing import service
from webapp.closing.blueprint import blueprint
from webapp.closing.service import SharedWithAnother
from webapp.closing.views_close import is_named, may_decide, not_alone
from webapp.family.here import current_space
from webapp.spaces.forms import TermsForm
from webapp.spaces.rules import TERMS_VERSION, SpaceState
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/compte/rouvrir")
@open_to(STEPPED_UP)
def reopen() -> Response | BaseResponse:
    """Say what is found again, and ask to accept the terms as they are now."""
    return _page(TermsForm.blank())


@blueprint.post("/compte/rouvrir")
@open_to(STEPPED_UP)
def open_again() -> Response | BaseResponse:
    """Open it."""
    form, space = TermsForm(request.form), current_space()
    if not is_named(space):
        return go_to("closing.reopen")
    if not form.validate():
        return _page(form, status=422)
    if space.state is not SpaceState.CLOSED:
        return go_to("home.home")
    try:
        service.reopen(db(), now(), settings(), my_account(), space)
    except (SharedWithAnother, SpaceFrozen):
        return not_alone(space, status=422)
    except AlreadyDecided:
        return go_to("home.home")
    return go_to("closing.reopened")


@blueprint.get("/compte/rouvrir/fait")
@open_to(STEPPED_UP)
def reopened() -> Response | BaseResponse:
    """Say that it is open again."""
    space = current_space()
    return show("closing/reopened.html", space=space) if space.is_open else go_to("closing.reopen")


def _page(form: TermsForm, status: int = 200) -> Response | BaseResponse:
    space = current_space()
    if space.state is not SpaceState.CLOSED:
        return go_to("home.home")
    if not may_decide(space):
        return not_alone(space)
    return show("closing/reopen.html", status=status, form=form, space=space, version=TERMS_VERSION)
