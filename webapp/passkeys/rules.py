"""Passkeys (WebAuthn level 2): where they are valid, how they are named, and their limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from webapp.config import Settings
from webapp.limits.rules import Limit

MOST = 10
"""Passkeys of one account."""
CHALLENGE_LASTS = timedelta(minutes=5)
LONGEST_NAME = 40
BIGGEST_ANSWER = 16_000
"""Characters of what a browser sends back; a large attestation is a third of it."""
ANY_NAME = "Ma clé d’accès"
PASSKEY_ADDRESS = Limit("passkey-address", 200, timedelta(hours=1))
"""Refused passkeys from one network address: generous, as for passwords."""
PASSKEY_CHALLENGES = Limit("passkey-challenges", 600, timedelta(hours=1))
"""Challenges of one network address to visitors: each may store a visit."""
PASSKEY_WARNED = Limit("passkey-warned", 1, timedelta(days=1))
"""Letters about one passkey that may have been copied."""
_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Place:
    """Where passkeys of this site are valid."""

    domain: str
    """The relying party's id. Passkeys need a name, so that it is `localhost` for every loopback address."""
    origin: str
    """The one origin whose pages may ask for them."""


def place_of(settings: Settings) -> Place:
    """Compute it from the public address, never from what a request says."""
    parts = urlsplit(settings.public_url)
    domain = settings.host if settings.production else "localhost"
    usual = parts.port in (None, _USUAL_PORTS[parts.scheme])
    return Place(domain, f"{parts.scheme}://{domain}" + ("" if usual else f":{parts.port}"))


def tidy_name(typed: str) -> str:
    """Return a name without control characters or needless blanks, cut at its longest; may be empty."""
    printable = "".join(sign for sign in " ".join(typed.split()) if sign.isprintable())
    return printable[:LONGEST_NAME].strip()


def free_name(wanted: str, taken: list[str]) -> str:
    """Return a name that no other passkey of the account has: "Chrome sur Android", then "Chrome sur Android 2"."""
    wanted = wanted or ANY_NAME
    names = [wanted, *(f"{wanted[: LONGEST_NAME - 3]} {number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def count_grew(stored: int, sent: int) -> bool:
    """Say whether a signature counter moved on; authenticators that do not count always send nought (7.2, step 21)."""
    return sent > stored or sent == stored == 0
