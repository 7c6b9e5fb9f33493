"""Showing a page and going to another: the only two ways a view answers."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse


def show(template: str, *, status: int = 200, block: str | None = None, **facts: Any) -> Response:
    """Render a page; for an htmx request, only the named block of it when `block` is given.

    422 is the status of a page that shows a mistake; htmx swaps it like any other.
    """
    environment = current_app.jinja_env
    current_app.update_template_context(facts)
    page = environment.get_template(template)
    if block and asks_for_fragment():
        context = page.new_context(facts)
        body = "".join(page.blocks[block](context))
    else:
        body = page.render(facts)
    return Response(body, status=status, mimetype="text/html")


def asks_for_fragment() -> bool:
    """Say whether htmx asks for a part of a page, and not for a whole page from its history."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def go_to(endpoint: str, **values: Any) -> BaseResponse:
    """Redirect (303) to one of our own endpoints; htmx is told to load it as a whole page."""
    address = url_for(endpoint, **values)
    if asks_for_fragment():
        return Response(status=204, headers={"HX-Redirect": address})
    return see_other(address)


def see_other(address: str) -> BaseResponse:
    """Send on with 303, and a line in French for whatever does not follow by itself."""
    words = Markup('<!doctype html><html lang="fr"><title>Suite</title><p><a href="{}">Continuer</a></p>')
    return Response(words.format(address), 303, {"Location": address})
