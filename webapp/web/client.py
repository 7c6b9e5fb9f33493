"""The network address of a visitor, after the trusted proxies were resolved."""

from __future__ import annotations

import ipaddress

from flask import request

from webapp.web.work import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address() -> str | None:
    """Return the visitor's address, or None on loopback, whose clients no limit counts.

    X-Forwarded-For is believed only as far as it was written by trusted proxies: read from the right, the first
    address that is not one of them is the visitor's. For IPv6 it is the /64 that one subscriber has: limits counted
    for a single address of it would be no limits.
    """
    networks = [ipaddress.ip_network(name, strict=False) for name in settings().trusted_proxies]

    def trusted(text: str) -> bool:
        address = _parse(text)
        return address is not None and any(address in network for network in networks)

    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    text = request.remote_addr or ""
    while hops and trusted(text):
        text = hops.pop()
    address = _parse(text)
    if address is None:
        return text
    if address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _parse(text: str) -> Address | None:
    """Read an address, with the port that some proxies add; an IPv4 one inside IPv6 is itself."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
