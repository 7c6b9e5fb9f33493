"""Headers of every answer, and what is done to its body: padding against BREACH, then compression (422 too)."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request
from flask_compress import Compress

from webapp.config import Settings
from webapp.web.work import settings

_SITE = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def csp_nonce() -> str:
    """Return the nonce of this answer; asking for it puts it in the policy."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(12)
    return str(g.nonce)


def protect(response: Response) -> Response:
    """Set the security headers; pages are never stored by a cache on the way."""
    headers = response.headers
    nonce = f" 'nonce-{g.nonce}'" if "nonce" in g else ""
    headers.setdefault("Content-Security-Policy", _SITE.format(nonce=nonce))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers.setdefault("Cache-Control", "no-store")
    if settings().secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    response.vary.update(("Cookie", "HX-Request", "Save-Data"))
    return response


def pad(response: Response) -> Response:
    """Lengthen a page by a random 0 to 32 bytes, so that its compressed size says nothing (BREACH)."""
    if response.mimetype == "text/html" and not response.direct_passthrough and response.status_code != 204:
        filler = secrets.token_urlsafe(24)[: secrets.randbelow(33)]
        response.set_data(response.get_data() + f"<!--{filler.replace('-', '_')}-->".encode())
    return response


def squeeze(response: Response) -> Response:
    """Compress, whatever the status: Flask-Compress leaves the pages of mistakes raw."""
    status = response.status_code
    if request.method == "HEAD" or status in (204, 304) or response.is_streamed:
        return response
    response.status_code = 200
    compress: Compress = current_app.extensions["squeeze"]
    response = compress.after_request(response)
    response.status_code = status
    return response


def register_headers(app: Flask, settings: Settings) -> None:
    """Set compression up: brotli before gzip, at a level that a small server affords."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=200,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )
    app.extensions["squeeze"] = Compress(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
