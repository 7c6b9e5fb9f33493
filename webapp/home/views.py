"""The first page of the space; undeclared, so for whoever is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from webapp.documents.categories import label_of
from webapp.family.here import my_family, other_space
from webapp.family.sharing import INVITED, invitations
from webapp.home.gather import left_to_do, newest
from webapp.inbox.mark import mark
from webapp.news.views import newest as news
from webapp.onboarding.first import left_in, skipped_in
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.work import db, now

blueprint = Blueprint("home", __name__)
NEWS = 2


@blueprint.get("/accueil")
def home() -> Response:
    """Greet, say what is left to do, and show the newest of each part; in a child's space, of that space."""
    family, child = my_family(), other_space()
    space, me = child or family.own, member()
    facts: dict[str, Any] = {"space": space, "me": me.account_id if me else None, "label_of": label_of}
    found, todo = newest(db(), space) if space.is_open else None, []
    if found is not None and not space.frozen:
        todo = left_to_do(found, questions=left_in(space), unread=mark(), own=child is None)
    if child is not None:
        return show("home/child.html", found=found, todo=todo, **facts)
    asked = not space.is_open or space.along.get(INVITED)
    invited = invitations(db(), now(), space.id) if asked else []
    return show(
        "home/home.html",
        mine=family,
        invited=invited,
        todo=todo,
        skipped=skipped_in(space),
        found=found,
        news=news(NEWS),
        **facts,
    )
