"""How I am written to: in which language, and about what (J7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.noticing import NEW_DEVICE, NEW_MESSAGE
from webapp.account.service import AccountView, account
from webapp.preferences.blueprint import blueprint
from webapp.preferences.forms import LettersForm
from webapp.preferences.service import choose_letters
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.visit import visit
from webapp.web.work import db, now

_KEY = "letters-chosen"
"""Of the visit's data: when a choice was recorded; the next page says it."""
_SAID_FOR = timedelta(minutes=1)


@blueprint.get("/compte/lettres")
@open_to(SIGNED_IN)
def letters() -> Response:
    """Show what is chosen, and what is sent whatever is chosen."""
    known = _account()
    form = LettersForm.blank(
        language=known.language,
        notice_new_device=NEW_DEVICE not in known.declined,
        notice_new_message=NEW_MESSAGE not in known.declined,
    )
    return show("preferences/letters.html", form=form, done=_done(), language=known.language)


@blueprint.post("/compte/lettres")
@open_to(SIGNED_IN)
def choose() -> Response | BaseResponse:
    """Record the choice; the same one again changes nothing, and is said to be recorded all the same."""
    form = LettersForm(request.form)
    known = _account()
    if not form.validate():
        return show("preferences/letters.html", status=422, form=form, done=False, language=known.language)
    here = visit()
    here.data[_KEY] = now().isoformat()
    here.save()
    wanted = {
        NEW_DEVICE: bool(form.notice_new_device.data),
        NEW_MESSAGE: bool(form.notice_new_message.data),
    }
    choose_letters(db(), now(), known, language=form.language.data, wanted=wanted)
    return go_to("preferences.letters")


def _account() -> AccountView:
    who = member()
    return (account(db(), who.account_id) if who else None) or abort(404)


def _done() -> bool:
    at = visit().data.get(_KEY)
    return at is not None and timedelta() <= now() - datetime.fromisoformat(at) < _SAID_FOR
