"""The other people of the same number (J6), and the end of the identified visit."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation.access import PROVEN
from webapp.activation.blueprint import blueprint
from webapp.activation.forms import PersonForm
from webapp.activation.journey import journey, keep
from webapp.activation.people import Relative, relatives
from webapp.spaces.rules import SpaceState
from webapp.web.access import EVERYONE, open_to
from webapp.web.forms import offer
from webapp.web.pages import go_to, show
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, today

STATE_WORDS = {
    SpaceState.KNOWN: "rien n’est décidé",
    SpaceState.INVITED: "rien n’est décidé",
    SpaceState.OPENED: "espace ouvert",
    SpaceState.OPPOSED: "opposition enregistrée",
    SpaceState.OPENED_AUTOMATICALLY: "espace ouvert automatiquement",
    SpaceState.CLOSED: "espace fermé",
}


@blueprint.get("/profils")
@open_to(PROVEN)
def people() -> Response:
    """List everyone covered by the number, with the state of their space."""
    return _page(PersonForm(formdata=None))


@blueprint.post("/profils")
@open_to(PROVEN)
def manage() -> Response | BaseResponse:
    """Go on with one of them."""
    form = PersonForm(request.form)
    found = _manageable(form)
    if not form.validate():
        return _page(form, status=422)
    chosen = next(one for one in found if str(one.id) == form.person.data)
    current = journey()
    current.choose(chosen.id, chosen.card_id)
    keep(current)
    return go_to("activation.decision")


@blueprint.post("/fin")
@open_to(EVERYONE)
def finish() -> BaseResponse:
    """End the identified visit: nothing of it remains here or in the browser."""
    visit().end()
    return go_to("activation.finished")


@blueprint.get("/fin")
@open_to(EVERYONE)
def finished() -> Response:
    """Say that the visit is over."""
    response = show("activation/finished.html")
    if on_shared_computer():
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _manageable(form: PersonForm) -> list[Relative]:
    found = relatives(db(), journey().proven_ids, today())
    form.person.choices = offer(*((str(one.id), one.name) for one in found if one.may_manage))
    return found


def _page(form: PersonForm, status: int = 200) -> Response:
    found = _manageable(form)
    return show(
        "activation/people.html",
        status=status,
        form=form,
        words={str(one.id): STATE_WORDS[one.state] for one in found},
        alone=len(found) == 1,
        others=[one for one in found if not one.may_manage],
    )
