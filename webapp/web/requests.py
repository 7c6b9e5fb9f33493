"""The checks that come before any page: known host, readable text, small enough, and the answer to a repeat."""

from __future__ import annotations

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from webapp.config import Settings, is_loopback
from webapp.web.once import replay

BIGGEST_FORM = 64 * 1024
"""Bytes of a whole form; pages with uploads raise it for themselves."""


def register_checks(app: Flask, settings: Settings) -> None:
    """Refuse foreign hosts (400), unreadable text (400) and oversized forms (413)."""
    app.config.update(MAX_CONTENT_LENGTH=BIGGEST_FORM, MAX_FORM_MEMORY_SIZE=BIGGEST_FORM, MAX_FORM_PARTS=100)
    own = settings.public_url.split("://", 1)[1]

    @app.before_request
    def _host() -> None:
        name = request.host.rsplit(":", 1)[0].strip("[]") if request.host else ""
        if request.host != own and (settings.production or not is_loopback(name)):
            abort(400)

    @app.before_request
    def _readable() -> None:
        texts = [*request.args.values(), *request.form.values(), *request.form.keys(), request.path]
        if any("\x00" in text or "\ufffd" in text for text in texts):
            abort(400)

    @app.before_request
    def _repeat() -> Response | None:
        return replay()
