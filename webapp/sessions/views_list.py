"""Where I am signed in: the list, ending one, ending all the others (J7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.sessions import end_session, end_sessions, open_sessions
from webapp.account.views_sign_out import sign_out_here
from webapp.sessions.blueprint import blueprint
from webapp.sessions.service import record_one_ended, record_others_ended
from webapp.sessions.words import lines
from webapp.values.french import plural
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.visit import visit
from webapp.web.work import db, now

_KEY = "sessions"
"""Of the visit's data: how many sessions were just ended, and when; the next page says it."""
_SAID_FOR = timedelta(minutes=1)


@blueprint.get("/compte/connexions")
@open_to(SIGNED_IN)
def sessions() -> Response:
    """List the open sessions, this one first."""
    found = open_sessions(db(), _account(), now())
    return show("sessions/list.html", lines=lines(found, visit().row_id, now()), done=_done(), gone="")


@blueprint.post("/compte/connexions")
@open_to(SIGNED_IN)
def end() -> Response | BaseResponse:
    """End one session; this very one is signed out of. 404 for what is not, or no longer, mine."""
    try:
        asked = UUID(request.form.get("session", ""))
    except ValueError:
        abort(404)
    if asked == visit().row_id:
        return sign_out_here()
    if not end_session(db(), _account(), asked):
        found = open_sessions(db(), _account(), now())
        gone = "Cette connexion n’est plus là : elle était déjà fermée."
        return show(
            "sessions/list.html", status=404, lines=lines(found, visit().row_id, now()), done="", gone=gone
        )
    _say(1)
    record_one_ended(db(), now(), _account())
    return go_to("sessions.sessions")


@blueprint.post("/compte/connexions/toutes")
@open_to(SIGNED_IN)
def end_all_others() -> BaseResponse:
    """End every session but this one."""
    here = visit().row_id
    assert here is not None
    shown = open_sessions(db(), _account(), now())
    end_sessions(db(), _account(), but=here)
    count = sum(one.id != here for one in shown)  # those that had ended by themselves were not open any more
    _say(count)
    if count:
        record_others_ended(db(), now(), _account(), count)
    return go_to("sessions.sessions")


def _account() -> UUID:
    who = member()
    assert who is not None
    return who.account_id


def _say(count: int) -> None:
    here = visit()
    here.data[_KEY] = {"count": count, "at": now().isoformat()}
    here.save()


def _done() -> str:
    """Say what was just done; a page opened again a minute later no longer says it."""
    kept = visit().data.get(_KEY)
    if kept is None or not timedelta() <= now() - datetime.fromisoformat(kept["at"]) < _SAID_FOR:
        return ""
    count = int(kept["count"])
    if count == 0:
        return "Il n’y avait aucune autre connexion à fermer."
    return f"{count} {plural(count, 'connexion est fermée', 'connexions sont fermées')}."
