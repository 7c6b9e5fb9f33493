"""One passkey: another name, or none of it any more (J7).

The address says which one by its rank, so that no id is in it; the form carries the id, so that a list that changed
meanwhile changes nothing else.
"""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.channels import channels_of
from webapp.account.service import AccountView
from webapp.account.step_up import STEPPED_UP
from webapp.journal.events import Event
from webapp.passkeys.blueprint import blueprint
from webapp.passkeys.forms import NameForm
from webapp.passkeys.owner import announce, owner
from webapp.passkeys.rules import tidy_name
from webapp.passkeys.service import PasskeyView, passkeys, remove_passkey, rename_passkey
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db

FIELD = "key"


@blueprint.get("/compte/cles/nom")
@open_to(STEPPED_UP)
def name_key() -> Response | BaseResponse:
    """Ask for another name."""
    one = _asked(passkeys(db(), owner().id))
    return go_to("passkeys.keys") if one is None else _name_page(NameForm.blank(name=one.name), one)


@blueprint.post("/compte/cles/nom")
@open_to(STEPPED_UP)
def rename_key() -> Response | BaseResponse:
    """Store the name."""
    known, form = owner(), NameForm(request.form)
    one = _sent(known)
    if one is None:
        abort(404)
    if not form.validate():
        return _name_page(form, one, status=422)
    rename_passkey(db(), known.id, one.id, tidy_name(form.name.data or ""))
    return go_to("passkeys.keys", fait="nom")


@blueprint.get("/compte/cles/retirer")
@open_to(STEPPED_UP)
def leave_key() -> Response | BaseResponse:
    """Say what removing a passkey means, and ask."""
    known = owner()
    mine = passkeys(db(), known.id)
    one = _asked(mine)
    if one is None:
        return go_to("passkeys.keys")
    return show("passkeys/remove.html", key=one, only_way=_is_only_way(known, mine))


@blueprint.post("/compte/cles/retirer")
@open_to(STEPPED_UP)
def remove_key() -> Response | BaseResponse:
    """Remove it, unless nobody could sign in any more."""
    known = owner()
    mine, one = passkeys(db(), known.id), _sent(known)
    if one is None:
        abort(404)
    if _is_only_way(known, mine):
        return show("passkeys/remove.html", status=422, key=one, only_way=True)
    if remove_passkey(db(), known.id, one.id):
        announce(known, "passkey-removed", Event.PASSKEY_REMOVED)
    return go_to("passkeys.keys", fait="retrait")


def _asked(mine: list[PasskeyView]) -> PasskeyView | None:
    rank = request.args.get("cle", "")
    return next((one for number, one in enumerate(mine, 1) if str(number) == rank), None)


def _sent(known: AccountView) -> PasskeyView | None:
    try:
        wanted = UUID(request.form.get(FIELD, ""))
    except ValueError:
        return None
    return next((one for one in passkeys(db(), known.id) if one.id == wanted), None)


def _is_only_way(known: AccountView, mine: list[PasskeyView]) -> bool:
    """Say whether no code could be had without this passkey."""
    if len(mine) > 1:
        return False
    channels = channels_of(db(), known)
    return not channels.places and not channels.held


def _name_page(form: NameForm, one: PasskeyView, status: int = 200) -> Response:
    return show("passkeys/name.html", status=status, form=form, key=one)
