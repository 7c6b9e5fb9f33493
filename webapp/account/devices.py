"""A browser that signed in before, known by a long-lived cookie that names nobody.

The cookie is a random id and, for each account signed in to from there, a tag: a keyed digest of that id and that
account. It opens nothing. It only counts this browser's wrong passwords apart, so that whoever tries passwords from
elsewhere does not keep the owner waiting.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from webapp.db.vault import current_vault

MOST_ACCOUNTS = 5
"""Accounts remembered by one browser (a family's); the oldest is forgotten first."""
_ID_LENGTH, _TAG_LENGTH = 22, 16


@dataclass(frozen=True)
class Device:
    """One browser, as its cookie tells."""

    id: str
    tags: tuple[str, ...] = ()

    def knows(self, account_id: UUID) -> bool:
        """Say whether this account was signed in to from this browser."""
        wanted = _tag(self.id, account_id)
        found = [hmac.compare_digest(wanted, tag) for tag in self.tags]
        return any(found)

    def with_account(self, account_id: UUID) -> Device:
        """Return the same browser, once this account was signed in to."""
        tag = _tag(self.id, account_id)
        return Device(self.id, (tag, *(one for one in self.tags if one != tag))[:MOST_ACCOUNTS])

    def __str__(self) -> str:
        """Write the cookie."""
        return ".".join((self.id, *self.tags))


def new_device() -> Device:
    """Return a browser that no account knows yet."""
    return Device(secrets.token_urlsafe(16))


def read_device(cookie: str) -> Device | None:
    """Read a cookie; None when it has not the shape of one of ours."""
    device_id, *tags = cookie.split(".")
    right = len(device_id) == _ID_LENGTH and all(len(tag) == _TAG_LENGTH for tag in tags)
    return (
        Device(device_id, tuple(tags)) if right and cookie.isascii() and len(tags) <= MOST_ACCOUNTS else None
    )


def _tag(device_id: str, account_id: UUID) -> str:
    digest = current_vault().index("device", f"{device_id}|{account_id}")
    return base64.urlsafe_b64encode(digest[:12]).decode()
