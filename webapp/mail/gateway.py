"""Sending an SMS through a gateway that Apprise knows. Apprise is heavy: imported at the first message."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from webapp.mail.message import Outgoing
from webapp.mail.senders import NotSent


class GatewayRoad:
    """The road of any Apprise URL; `{to}` in it stands for the number."""

    def __init__(self, url: str) -> None:
        """Keep the URL, which may hold a password."""
        self._url = url

    def send(self, letter: Outgoing) -> None:
        """Send one SMS. Most services would not know to whom without `{to}` in the URL."""
        gateway = parse_gateway(self._url, letter.to)
        if gateway is None:
            raise NotSent("SMS_URL is not an address that Apprise knows", road_is_cut=True)
        if not gateway.notify(body=letter.text, title=""):
            raise NotSent("the SMS gateway did not take the message")

    def close(self) -> None:
        """Nothing stays open."""


def parse_gateway(url: str, number: str) -> Any | None:
    """Build the Apprise object for one number (E.164); None when the URL cannot be read."""
    import apprise

    # Its warnings name recipients, and its other lines name the address it posts to.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(async_mode=False, http_redirects=False, interpret_escapes=False)
    gateway = apprise.Apprise(asset=asset)
    return gateway if gateway.add(url.replace("{to}", quote(number, safe=""))) else None
