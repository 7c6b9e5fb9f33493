"""The checks that come before any page: known host, readable text, small enough, and the answer to a repeat."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from webapp.config import Settings, is_loopback
from webapp.web.once import replay
from webapp.web.uploads import register_uploads

BIGGEST_FORM = 64 * 1024
"""Bytes of a whole form; routes that take files say how much (uploads.py)."""


def register_checks(app: Flask, settings: Settings) -> None:
    """Refuse foreign hosts (400), unreadable text (400) and oversized forms (413)."""
    app.config.update(MAX_CONTENT_LENGTH=BIGGEST_FORM, MAX_FORM_MEMORY_SIZE=BIGGEST_FORM, MAX_FORM_PARTS=100)
    ours = settings.public_url.split("://", 1)[1]
    own = _name_and_port(f"//{ours}")

    @app.before_request
    def _host() -> None:
        if request.host == ours:
            return
        asked = _name_and_port(f"//{request.host}")
        if asked != own and (settings.production or not is_loopback(asked[0])):
            abort(400)

    register_uploads(app)

    @app.before_request
    def _readable() -> None:
        if not _is_text(request.query_string):
            abort(400)
        if request.mimetype == "application/x-www-form-urlencoded" and not _is_text(request.get_data()):
            abort(400)
        texts = [request.path]
        said = [request.args] if request.query_string else []
        if request.mimetype or request.content_length:
            said.append(request.form)
        for fields in said:
            for name, values in fields.lists():
                texts += (name, *values)
        if any("\x00" in text or "\ufffd" in text for text in texts):
            abort(400)

    @app.before_request
    def _repeat() -> Response | None:
        return replay()


def _name_and_port(url: str) -> tuple[str, int | None]:
    """Split a host as a browser sends it: names in small letters, the usual ports left out."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", None
    return parts.hostname or "", None if port in (80, 443) else port


def _is_text(quoted: bytes) -> bool:
    """Say whether percent-encoded bytes are UTF-8; Werkzeug would read others as the escapes themselves."""
    try:
        unquote_to_bytes(quoted).decode()
    except UnicodeDecodeError:
        return False
    return True
