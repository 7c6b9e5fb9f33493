"""Page states: every page as people may meet it, reachable on a fresh database.

The same list is swept by the tests (accessibility, HTML, weight, headers, no JavaScript) and shown to auditors.
A page that is in no state fails a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient


@dataclass(frozen=True)
class State:
    """One page in one state.

    `arrange` walks there with a client on a fresh database and returns the fields to post at `address`, or None
    when the page is simply opened. `address` may be computed by `arrange` (return a Visit).
    """

    name: str
    address: str
    arrange: Callable[[FlaskClient], Arranged | None] = lambda client: None
    status: int = 200
    kind: str = "form"
    """The weight bar it is held to: `first`, `form` (3,500 bytes), `prose` (8,000) or `fragment` (800)."""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arranged:
    """How the last step is taken: what to post (None: just open), and where when it is not the state's address."""

    post: dict[str, Any] | None = None
    address: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
