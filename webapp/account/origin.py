"""Where a request to sign in comes from, and remembering where one succeeded."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from webapp.account.devices import new_device, read_device
from webapp.account.guard import Origin, remember_network
from webapp.web.client import client_address
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now, settings

KEPT = timedelta(days=180)


def cookie_name() -> str:
    """`__Host-` with an https PUBLIC_URL, as for the visit."""
    return "__Host-appareil" if settings().secure else "appareil"


def current_origin() -> Origin:
    """Return where this request comes from; a shared computer is nobody's own browser."""
    device = None if on_shared_computer() else read_device(request.cookies.get(cookie_name(), ""))
    return Origin(client_address(), visit().digest.hex(), device)


def remember_origin(response: Response, account_id: UUID) -> Response:
    """Remember browser and network of a sign-in that succeeded; never on a shared computer."""
    if on_shared_computer():
        return response
    origin = current_origin()
    remember_network(db(), now(), account_id, origin)
    response.set_cookie(
        cookie_name(),
        str((origin.device or new_device()).with_account(account_id)),
        max_age=KEPT,
        secure=settings().secure,
        httponly=True,
        samesite="Lax",
    )
    return response
