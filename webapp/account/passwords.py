"""Password hashes: Argon2id (19 MiB, t=2, p=1, OWASP's floor), capped so that sign-ins leave room for pages.

They are computed by threads of their own, half as many as there are cores. In the threads that answer requests each
would keep its 19 MiB for ever, in the memory arena of its thread, however few are computed at the same time.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = max(1, len(os.sched_getaffinity(0)) // 2 if hasattr(os, "sched_getaffinity") else 1)
"""Hashes computed at the same time in one process, 19 MiB each."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache(maxsize=1)
def _room() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_room.cache_clear)  # threads stay behind in the parent


def hash_password(password: str) -> str:
    """Hash a password."""
    return _room().submit(_hasher.hash, password).result()


def is_right(password: str, stored: str | None) -> bool:
    """Say whether a password is the one of a hash; without a hash, take the same time and say no."""
    return _room().submit(_verify, password, stored).result()


def _verify(password: str, stored: str | None) -> bool:
    try:
        _hasher.verify(stored or _nobody(), password)
        return stored is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
