"""Cookies, all alike: for the server only, for this site only, `__Host-` and Secure with an https PUBLIC_URL.

On loopback http they are neither, so that any client can be used (CONTRACT, settings).
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from webapp.web.work import settings

SHARED = "partage"
"""This computer is shared (a pharmacy's, a library's): shorter visits, nothing remembered."""


def full_name(name: str) -> str:
    """Return a cookie's name as browsers see it."""
    return f"__Host-{name}" if settings().secure else name


def read_cookie(name: str) -> str:
    """Return what the browser sent; empty when it sent nothing."""
    return request.cookies.get(full_name(name), "")


def put_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Give the browser a cookie, for `seconds`, or until it is closed."""
    response.set_cookie(
        full_name(name),
        value,
        max_age=seconds,
        secure=settings().secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def take_cookie(response: Response, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(full_name(name), secure=settings().secure, httponly=True, samesite="Lax", path="/")
