"""A letter, before it has a recipient: the same facts as an e-mail and as an SMS."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

SMS_LENGTH = 160
"""Characters of one SMS, all from GSM_7; a longer one is cut in parts of 153 by its gateway."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic alphabet of SMS (3GPP TS 23.038): é è à ù are in it; ê, ç, the typographic apostrophe are not."""


@dataclass(frozen=True)
class Letter:
    """What is said, on every channel it can take. `host` is the site's, for the Message-ID."""

    kind: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    sms: str | None = field(repr=False)
    host: str = "localhost"
    expires_at: datetime | None = None
    language: str = "fr"


@dataclass(frozen=True)
class Destination:
    """Where a letter goes: `channel` is "email" or "sms", `address` an e-mail address or a number in E.164."""

    channel: str
    address: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse (ValueError) what could be read as more than one address or as a header of its own."""
        if self.channel not in ("email", "sms"):
            raise ValueError(f"no letter leaves by {self.channel!r}")
        odd = any(sign.isspace() or not sign.isprintable() or sign in ',;<>"()[]\\' for sign in self.address)
        if odd or not self.address or len(self.address) > 254:
            raise ValueError("not one address")
        if self.channel == "email" and self.address.count("@") != 1:
            raise ValueError("not an e-mail address")
        if self.channel == "sms" and not (self.address[0] == "+" and self.address[1:].isdecimal()):
            raise ValueError("not a number in E.164")
