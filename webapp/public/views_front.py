"""The front door (J2): three ways in, and a word about whose computer this is."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.public.blueprint import blueprint
from webapp.web import cookies
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import only_reads


@blueprint.get("/")
@open_to(EVERYONE)
def front_door() -> Response:
    """Show the three ways in."""
    return show("public/front_door.html")


@blueprint.post("/ordinateur-partage")
@open_to(EVERYONE)
@only_reads
def shared_computer() -> BaseResponse:
    """Note in the browser that this computer is shared, or that it is not (`shared`: y or n)."""
    back = "account.sign_in" if request.form.get("back") == "/connexion" else "public.front_door"
    response = go_to(back)
    if request.form.get("shared") == "y":
        cookies.put_cookie(response, cookies.SHARED, "1")
    else:
        cookies.take_cookie(response, cookies.SHARED)
    return response
