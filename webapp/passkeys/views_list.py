"""My passkeys: the list, and adding one (J7)."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.service import AccountView
from webapp.account.step_up import STEPPED_UP
from webapp.journal.events import Event
from webapp.passkeys.blueprint import blueprint
from webapp.passkeys.ceremony import WrongPasskey, adding_options, check_added
from webapp.passkeys.challenges import Purpose, begin, take
from webapp.passkeys.forms import PasskeyForm
from webapp.passkeys.owner import announce, answer, owner, place
from webapp.passkeys.rules import MOST, free_name, tidy_name
from webapp.passkeys.service import AlreadyAdded, EnoughPasskeys, add_passkey, passkeys
from webapp.values.devices import device_name
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, now, settings

REFUSED = "Cette clé n’a pas pu être ajoutée. Recommencez avec le bouton"
FULL = f"Cette clé n’est pas ajoutée\u202f: le compte en a déjà {MOST}"
DONE = {
    "ajout": "La clé d’accès est ajoutée. Un message le dit partout où l’on peut me joindre.",
    "nom": "Le nom de la clé a changé.",
    "retrait": "La clé d’accès est retirée. Un message le dit partout où l’on peut me joindre.",
}


@blueprint.get("/compte/cles")
@open_to(STEPPED_UP)
def keys() -> Response:
    """List the passkeys and offer to add one."""
    return _page(owner(), done=DONE.get(request.args.get("fait", ""), ""))


@blueprint.post("/compte/cles/defi")
@open_to(STEPPED_UP)
def ask_new_key() -> Response:
    """Give the script what a new passkey is made from."""
    known = owner()
    mine = passkeys(db(), known.id)
    if len(mine) >= MOST:
        abort(409)
    challenge, site = begin(Purpose.ADD), settings().site_name
    existing = [one.credential for one in mine]
    return answer(adding_options(place(), challenge, known.id, known.identifier, site, existing))


@blueprint.post("/compte/cles")
@open_to(STEPPED_UP)
def add_key() -> Response | BaseResponse:
    """Store the passkey that the browser has just made."""
    known, challenge = owner(), take(Purpose.ADD)
    try:
        if challenge is None:
            raise WrongPasskey
        made = check_added(place(), challenge, request.form.get("credential", ""))
        name = tidy_name(request.form.get("name", "")) or _device()
        add_passkey(db(), now(), known.id, made, name)
    except EnoughPasskeys:
        return _page(known, refusal=FULL, status=422)
    except (WrongPasskey, AlreadyAdded):
        return _page(known, refusal=REFUSED, status=422)
    announce(known, "passkey-added", Event.PASSKEY_ADDED)
    return go_to("passkeys.keys", fait="ajout")


def _device() -> str:
    return device_name(request.headers.get("User-Agent", ""))


def _page(known: AccountView, *, done: str = "", refusal: str | None = None, status: int = 200) -> Response:
    mine = passkeys(db(), known.id)
    typed = tidy_name(request.form.get("name", ""))  # kept when the passkey is refused
    form = PasskeyForm.blank(name=typed or free_name(_device(), [one.name for one in mine]))
    form.refusal = refusal
    return show("passkeys/keys.html", status=status, form=form, keys=mine, most=MOST, done=done)
