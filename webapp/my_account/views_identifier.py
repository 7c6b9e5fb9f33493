"""Another identifier (J7)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.current import my_account
from webapp.account.service import IdentifierTaken
from webapp.account.step_up import STEPPED_UP
from webapp.limits.rules import ACCOUNT_CHANGES
from webapp.limits.service import add_within
from webapp.my_account import service
from webapp.my_account.blueprint import blueprint
from webapp.my_account.forms import IdentifierForm
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings


@blueprint.get("/compte/identifiant")
@open_to(STEPPED_UP)
def identifier() -> Response:
    """Show the identifier, and ask for another one."""
    return _page(IdentifierForm.blank())


@blueprint.post("/compte/identifiant")
@open_to(STEPPED_UP)
def change_identifier() -> Response | BaseResponse:
    """Change it; the same one again changes nothing and tells nobody."""
    form = IdentifierForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    known = my_account()
    if form.name == known.identifier:
        form.identifier.errors = ["C’est déjà mon identifiant. Écrivez-en un autre, ou revenez à Mon compte"]
        return _page(form, status=422)
    add_within(db(), ACCOUNT_CHANGES, str(known.id), now())
    try:
        service.change_identifier(db(), now(), settings(), known, form.name)
    except IdentifierTaken:
        form.identifier.errors = ["Cet identifiant est déjà pris. Choisissez-en un autre"]
        return _page(form, status=422)
    return go_to("my_account.identifier_changed")


@blueprint.get("/compte/identifiant/fait")
@open_to(STEPPED_UP)
def identifier_changed() -> Response:
    """Say the identifier, once changed."""
    return show("my_account/identifier_changed.html", identifier=my_account().identifier)


def _page(form: IdentifierForm, status: int = 200) -> Response:
    return show("my_account/identifier.html", status=status, form=form, identifier=my_account().identifier)
