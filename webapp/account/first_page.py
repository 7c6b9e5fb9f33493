"""Where a sign-in leads when no page was wanted: the first page of the space, unless a feature has one before it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Ask = Callable[[UUID], str | None]
_before: list[Ask] = []


def comes_first(ask: Ask) -> None:
    """Have a feature say, of an account that has just signed in, which endpoint comes first (None: none of its own)."""
    if ask not in _before:
        _before.append(ask)


def first_page(account_id: UUID) -> str:
    """Return the endpoint where an account goes in."""
    return next((endpoint for ask in _before if (endpoint := ask(account_id))), "home.home")
