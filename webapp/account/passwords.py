"""Password hashes: Argon2id (19 MiB, t=2, p=1, OWASP's floor), capped so that sign-ins leave room for pages."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Hashes computed at the same time in one process: 38 MiB at most."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_room = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Hash a password."""
    with _room:
        return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Say whether a password is the one of a hash; without a hash, take the same time and say no."""
    with _room:
        try:
            _hasher.verify(stored or _nobody(), password)
            return stored is not None
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
