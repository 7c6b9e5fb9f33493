"""The network address of a visitor, after the trusted proxies were resolved."""

from __future__ import annotations

import ipaddress

from flask import request

from webapp.config import is_loopback
from webapp.web.work import settings


def client_address() -> str | None:
    """Return the visitor's address, or None on loopback, whose clients no limit counts.

    X-Forwarded-For is believed only as far as it was written by trusted proxies: read from the right, the first
    address that is not one of them is the visitor's.
    """
    networks = [ipaddress.ip_network(name, strict=False) for name in settings().trusted_proxies]

    def trusted(text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in networks)

    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = request.remote_addr or ""
    while hops and trusted(address):
        address = hops.pop()
    return None if is_loopback(address) else address
