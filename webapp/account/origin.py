"""Where a request to sign in comes from, and remembering where one succeeded."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from webapp.account.devices import new_device, read_device
from webapp.account.guard import Origin, remember_network
from webapp.values.devices import device_name
from webapp.web import cookies
from webapp.web.client import client_address
from webapp.web.visit import on_shared_computer, visit
from webapp.web.work import db, now

COOKIE = "appareil"
KEPT = timedelta(days=180)


def current_origin() -> Origin:
    """Return where this request comes from; a shared computer is nobody's own browser."""
    device = None if on_shared_computer() else read_device(cookies.read_cookie(COOKIE))
    browser = device_name(request.headers.get("User-Agent", ""))
    return Origin(client_address(), visit().digest.hex(), device, browser)


def remember_origin(response: Response, account_id: UUID) -> Response:
    """Remember browser and network of a sign-in that succeeded; never on a shared computer."""
    if on_shared_computer():
        return response
    origin = current_origin()
    remember_network(db(), now(), account_id, origin)
    device = (origin.device or new_device()).with_account(account_id)
    cookies.put_cookie(response, COOKIE, str(device), seconds=int(KEPT.total_seconds()))
    return response
