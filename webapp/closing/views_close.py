"""Closing a space (J7): what it means, a choice, a confirmation, the receipt."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.account.step_up import STEPPED_UP
from webapp.closing import service, steps
from webapp.closing.blueprint import blueprint
from webapp.closing.forms import ConfirmForm, ErasureForm
from webapp.closing.service import SharedWithAnother
from webapp.family.here import current_space
from webapp.family.reach import Reached
from webapp.spaces.closing import erasure_of
from webapp.spaces.receipt_rules import CLOSING, ReceiptFacts
from webapp.spaces.receipts import receipt_page, receipt_pdf
from webapp.spaces.rules import SpaceState, erasure_day
from webapp.spaces.service import AlreadyDecided, SpaceFrozen, receipt_of
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, now, settings, today

KEY = "closing"


@blueprint.get("/compte/fermer")
@open_to(STEPPED_UP)
def choose() -> Response | BaseResponse:
    """Say what closing means, and ask what becomes of what the space holds."""
    return _choice_page(ErasureForm.blank(erasure=_choice()))


@blueprint.post("/compte/fermer")
@open_to(STEPPED_UP)
def chosen() -> Response | BaseResponse:
    """Go on to the confirmation, nothing being closed yet; of a closed space, change what becomes of it."""
    form, space = ErasureForm(request.form), current_space()
    if not is_named(space):
        return go_to("closing.choose")
    if not form.validate():
        return _choice_page(form, status=422)
    if space.state is SpaceState.CLOSED:
        return _change_erasure(space, early=form.erasure.data == "erase")
    visit().data[KEY] = {"space": str(space.id), "erasure": form.erasure.data}
    visit().save()
    return go_to("closing.confirm")


@blueprint.get("/compte/fermer/confirmation")
@open_to(STEPPED_UP)
def confirm() -> Response | BaseResponse:
    """Ask to confirm what was chosen."""
    return _confirm_page(ConfirmForm.blank())


@blueprint.post("/compte/fermer/confirmation")
@open_to(STEPPED_UP)
def close() -> Response | BaseResponse:
    """Close the space."""
    form, choice = ConfirmForm(request.form), _choice()
    if choice is None or not is_named(current_space()):
        return go_to("closing.choose")
    if not form.validate():
        return _confirm_page(form, status=422)
    del visit().data[KEY]
    visit().save()
    try:
        service.close(db(), now(), settings(), my_account(), current_space(), early=choice == "erase")
    except (SharedWithAnother, SpaceFrozen):
        return not_alone(current_space(), status=422)
    except AlreadyDecided:
        return go_to("closing.choose")
    return go_to("closing.closed")


@blueprint.get("/compte/fermer/faite")
@open_to(STEPPED_UP)
def closed() -> Response | BaseResponse:
    """Say that it is closed, since when, until when it is kept, and where the receipt is."""
    facts = _facts()
    if facts is None:
        return go_to("closing.choose")
    return show("closing/closed.html", facts=facts, erasure=erasure_of(db(), current_space().id))


@blueprint.get("/compte/fermer/justificatif")
@open_to(STEPPED_UP)
def receipt() -> Response | BaseResponse:
    """Show the receipt: the accessible twin of the PDF."""
    facts = _facts()
    return (
        show("closing/receipt.html", **receipt_page(facts, settings())) if facts else go_to("closing.choose")
    )


@blueprint.get("/compte/fermer/justificatif.pdf")
@open_to(STEPPED_UP)
def receipt_file() -> Response | BaseResponse:
    """Make the PDF and sign it."""
    facts = _facts()
    if facts is None:
        return go_to("closing.choose")
    headers = {"Content-Disposition": 'attachment; filename="justificatif-fermeture.pdf"'}
    return Response(receipt_pdf(facts, settings()), mimetype="application/pdf", headers=headers)


def is_named(space: Reached) -> bool:
    """Say whether a form is about this space: in another tab one may have gone into another one meanwhile."""
    return request.form.get("person") == str(space.id)


def may_decide(space: Reached) -> bool:
    """Say whether whoever is signed in decides alone about this space."""
    return service.may_decide(db(), my_account(), space)


def not_alone(space: Reached, status: int = 200) -> Response:
    """Say that one guardian does not decide alone, and whom to ask; saying that one disagrees is another page's."""
    return show("closing/no_agreement.html", status=status, space=space, refused=status != 200)


def _choice() -> str | None:
    """Return what was chosen for the space one is in."""
    kept = visit().data.get(KEY)
    return kept["erasure"] if kept and kept["space"] == str(current_space().id) else None


def _facts() -> ReceiptFacts | None:
    space = current_space()
    found = receipt_of(db(), space.id) if space.state is SpaceState.CLOSED else None
    return found if found is not None and found.kind == CLOSING else None


def _change_erasure(space: Reached, *, early: bool) -> Response | BaseResponse:
    try:
        service.change_erasure(db(), now(), settings(), my_account(), space, early=early)
    except (SharedWithAnother, SpaceFrozen):
        return not_alone(space, status=422)
    except AlreadyDecided:
        return go_to("closing.choose")
    return go_to("closing.closed")


def _choice_page(form: ErasureForm, status: int = 200) -> Response:
    space = current_space()
    if space.state is SpaceState.CLOSED:
        erasure = erasure_of(db(), space.id)
        if erasure and form.erasure.data is None and status == 200:
            form.erasure.data = "erase" if erasure.early else "keep"
        return show(
            "closing/already.html",
            status=status,
            form=form,
            space=space,
            erasure=erasure,
            receipt=_facts() is not None,
            alone=may_decide(space),
        )
    if not space.is_open:
        return show("closing/not_open.html", space=space)
    if not may_decide(space):
        return not_alone(space)
    return show("closing/choose.html", status=status, form=form, space=space, step=steps.counter("choose"))


def _confirm_page(form: ConfirmForm, status: int = 200) -> Response | BaseResponse:
    space, choice = current_space(), _choice()
    if choice is None or not space.is_open or not may_decide(space):
        return go_to("closing.choose")
    early = choice == "erase"
    return show(
        "closing/confirm.html",
        status=status,
        form=form,
        space=space,
        early=early,
        day=erasure_day(today(), early=early),
        step=steps.counter("confirm"),
    )
