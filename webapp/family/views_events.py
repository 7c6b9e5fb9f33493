"""What happened to a child's space, as its guardian may see it."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.blueprint import blueprint
from webapp.family.here import other_space
from webapp.family.sight import count_events, events
from webapp.family.words import sentence
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db

PAGE = 20


@blueprint.get("/famille/activite")
@open_to(SIGNED_IN)
def activity() -> Response | BaseResponse:
    """List the events of the child's space that one is in, newest first, twenty a page."""
    space, who = other_space(), member()
    if space is None or who is None:
        return go_to("family.index")
    before = request.args.get("avant", type=int)
    seen = events(
        db(), space, before=before if before is not None and 0 < before < 2**62 else None, limit=PAGE + 1
    )
    lines = [(one.at, sentence(one, who.account_id)) for one in seen[:PAGE]]
    older = seen[PAGE - 1].seq if len(seen) > PAGE else None
    return show(
        "family/activity.html", space=space, lines=lines, older=older, count=count_events(db(), space)
    )
