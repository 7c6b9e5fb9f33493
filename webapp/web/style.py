"""The stylesheet: inlined on a first visit, so that the first page costs one round trip; linked afterwards."""

from __future__ import annotations

from flask import Response, g, request
from markupsafe import Markup

from webapp.web import cookies
from webapp.web.assets import assets

COOKIE = "style"
YEAR = 31_536_000


def inline_style() -> Markup | None:
    """Return the whole stylesheet for a browser that has never seen this version of it, else None."""
    if cookies.read_cookie(COOKIE) == assets().version("look.css"):
        return None
    g.style_shown = True
    return Markup(assets().stylesheet)  # noqa: S704  (our own file)


def save_data() -> bool:
    """Say whether the browser asks for nothing that it did not ask for."""
    return request.headers.get("Save-Data", "").lower() == "on"


def put_style_cookie(response: Response) -> Response:
    """Remember the version of the stylesheet: the same value for everybody, so it tells nothing of a person."""
    if g.pop("style_shown", False) and response.status_code < 500:
        cookies.put_cookie(response, COOKIE, assets().version("look.css"), seconds=YEAR)
    return response
