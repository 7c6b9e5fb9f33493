"""Forged requests: a token bound to the visit, masked afresh in each answer, and Sec-Fetch-Site.

Flask-WTF's own tokens are not masked afresh (BREACH) and need a readable session; this one is an HMAC of the
visit's random id, so that it costs no row and no second cookie. A step up changes the id, not what forms are bound to,
nor does the same person signing in again after an idle end: one that was open in another tab still serves. It also
tells whose space its page was about: somebody who went into another one in a second tab must not write there by a
page of the first (`shown_here`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from flask import Flask, abort, g, request
from markupsafe import Markup

from webapp.web.visit import visit
from webapp.web.work import READS, settings

FIELD = "csrf_token"
_GENUINE, _WHOSE = 16, 5
"""Bytes that tell the visit, and those that tell whose space: these tell a mistake from none, they keep nobody out."""
_LENGTH = _GENUINE + _WHOSE


def csrf_token() -> str:
    """Return a token for this visit: random bytes, then the real token hidden under them."""
    pad = secrets.token_bytes(_LENGTH)
    key, forms = settings().keys.signing[0], visit().forms_of
    hidden = _xor(pad, _real(key, forms) + _whose(key, forms, g.get("whose", "")))
    return base64.urlsafe_b64encode(pad + hidden).decode().rstrip("=")


def page_about(whose: str) -> None:
    """Say whose space the page of this request is about; nothing when it is the visitor's own."""
    g.whose = whose


def csrf_field() -> Markup:
    """Return the hidden field that every form carries."""
    return Markup(f'<input type="hidden" name="{FIELD}" value="{csrf_token()}">')  # noqa: S704  (base64)


def is_genuine(token: str) -> bool:
    """Say whether a token was made for this visit with a key that is still accepted."""
    given = _given(token)[:_GENUINE]
    return any(hmac.compare_digest(given, _real(*one)) for one in _accepted())


def shown_here() -> bool:
    """Say whether the page that sends this form was about the space that its visitor is in now."""
    return shown_about(g.get("whose", ""))


def shown_about(whose: str) -> bool:
    """Say the same of this space: that of a session which has ended is not asked for any more."""
    given = _given(_sent())[_GENUINE:]
    return any(hmac.compare_digest(given, _whose(*one, whose)) for one in _accepted())


def _given(token: str) -> bytes:
    """Take the mask off; empty for what is no token."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return b""
    return _xor(raw[:_LENGTH], raw[_LENGTH:]) if len(raw) == 2 * _LENGTH else b""


def _sent() -> str:
    return request.form.get(FIELD, "") or request.headers.get("X-CSRF-Token", "")


def _accepted() -> list[tuple[bytes, str]]:
    """Every key that is still accepted, with everything that forms of this visit may be bound to."""
    return [(key, forms) for forms in visit().forms_taken for key in settings().keys.signing]


def _real(key: bytes, forms: str) -> bytes:
    return hmac.digest(key, f"csrf\0{forms}".encode(), hashlib.sha256)[:_GENUINE]


def _whose(key: bytes, forms: str, whose: str) -> bytes:
    return hmac.digest(key, f"whose\0{forms}\0{whose}".encode(), hashlib.sha256)[:_WHOSE]


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(_LENGTH)


def register_csrf(app: Flask) -> None:
    """Refuse (403) what comes from another site or without a genuine token."""
    app.jinja_env.globals["csrf_field"] = csrf_field

    @app.before_request
    def _check() -> None:
        if request.method in READS or request.routing_exception is not None:
            return  # 404 and 405 run no view
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)
        if not is_genuine(_sent()):
            abort(403)
