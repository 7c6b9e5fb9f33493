"""Forged requests: a token bound to the visit, masked afresh in each answer, and Sec-Fetch-Site.

Flask-WTF's own tokens are not masked afresh (BREACH) and need a readable session; this one is an HMAC of the
visit's random id, so that it costs no row and no second cookie. A step up changes the id, not what forms are bound to,
nor does the same person signing in again after an idle end: one that was open in another tab still serves.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from flask import Flask, abort, request
from markupsafe import Markup

from webapp.web.visit import visit
from webapp.web.work import READS, settings

FIELD = "csrf_token"
_LENGTH = 16


def csrf_token() -> str:
    """Return a token for this visit: 16 random bytes, then the real token hidden under them."""
    pad = secrets.token_bytes(_LENGTH)
    hidden = _xor(pad, _real(settings().keys.signing[0], visit().forms_of))
    return base64.urlsafe_b64encode(pad + hidden).decode().rstrip("=")


def csrf_field() -> Markup:
    """Return the hidden field that every form carries."""
    return Markup(f'<input type="hidden" name="{FIELD}" value="{csrf_token()}">')  # noqa: S704  (base64)


def is_genuine(token: str) -> bool:
    """Say whether a token was made for this visit with a key that is still accepted."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return False
    if len(raw) != 2 * _LENGTH:
        return False
    given = _xor(raw[:_LENGTH], raw[_LENGTH:])
    real = [_real(key, forms) for forms in visit().forms_taken for key in settings().keys.signing]
    return any(hmac.compare_digest(given, one) for one in real)


def _real(key: bytes, forms: str) -> bytes:
    return hmac.digest(key, f"csrf\0{forms}".encode(), hashlib.sha256)[:_LENGTH]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def register_csrf(app: Flask) -> None:
    """Refuse (403) what comes from another site or without a genuine token."""
    app.jinja_env.globals["csrf_field"] = csrf_field

    @app.before_request
    def _check() -> None:
        if request.method in READS or request.routing_exception is not None:
            return  # 404 and 405 run no view
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)
        token = request.form.get(FIELD, "") or request.headers.get("X-CSRF-Token", "")
        if not is_genuine(token):
            abort(403)
