"""Another access code, or another channel (J7)."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from webapp.account.access import KEY, PASSWORD_RIGHT
from webapp.account.access_codes import SignInOver
from webapp.account.blueprint import blueprint
from webapp.account.channels import begin_again, channels_of
from webapp.account.code_page import awaited, show_dead
from webapp.web.access import open_to
from webapp.web.pages import go_to
from webapp.web.visit import visit
from webapp.web.work import db, now, settings


@blueprint.post("/connexion/code/renvoyer")
@open_to(PASSWORD_RIGHT)
def resend() -> Response:
    """Go on by the same channel or the one asked for: with a new code, the one before dies; or with one's own."""
    found, known = awaited()
    if found is None or known is None:
        return go_to("account.sign_in")
    channels = channels_of(db(), known)
    asked = request.form.get("channel", "")
    channel = asked if channels.has(asked) else found.channel
    if not channels.has(channel):
        return go_to("account.sign_in")
    try:
        begin_again(db(), now(), settings(), known, found.id, channel, channels)
    except SignInOver as over:
        return show_dead(type(over), status=422, channel=found.channel, may_resend=False)
    here = visit()
    here.data[KEY] = {"id": str(found.id), "wanted": channel}
    here.save()
    return go_to("account.code")
