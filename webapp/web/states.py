"""Page states: every page as people may meet it, reachable on a fresh database.

The same list is swept by the tests (accessibility, HTML, weight, headers, no JavaScript) and shown to auditors.
A page that is in no state fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask

from webapp.web.walker import Walker

P = ParamSpec("P")
R = TypeVar("R")


def _walk(_way: Hashable, walk: Callable[[], Any]) -> Any:
    """Walk there, each time."""
    return walk()


@dataclass(frozen=True)
class World:
    """Where a state is arranged: a walker, its application, and a clock that can be moved forward."""

    walker: Walker
    app: Flask
    forward: Callable[[timedelta], None]
    go: Callable[[Hashable, Callable[[], Any]], Any] = _walk
    """Takes a way that has a name; whoever keeps worlds may go back to where it ended instead."""


def known_way(
    walk: Callable[Concatenate[World, P], R],
) -> Callable[Concatenate[World, P], R]:
    """A walk that ends in the same place whenever it starts in the same place with the same words."""

    @wraps(walk)
    def go(world: World, /, *args: P.args, **named: P.kwargs) -> R:
        way = (walk.__module__, walk.__name__, args, tuple(sorted(named.items())))
        found: R = world.go(way, lambda: walk(world, *args, **named))
        return found

    return go


Arrange = Callable[[World], Mapping[str, str] | None]
"""Walks to where a state starts; what it returns (a code that was sent, a reference) completes address and fields."""


def _nothing(_world: World) -> None:
    """Nothing has to happen first."""


@dataclass(frozen=True)
class State:
    """One page in one state: what happens first, then what is opened (or sent, when `post` has fields).

    `arrange` walks there on a database that holds the demonstration's people; `post` is sent through the form of
    the page at `address`, so that a mistake is made as a person makes it. What `arrange` returns fills the names in
    braces of `address`, and is sent with `post`.
    """

    name: str
    address: str
    arrange: Arrange = _nothing
    post: dict[str, str] | None = None
    action: str | None = None
    """Where `post` goes, when that is not the page's own address."""
    status: int = 200
    kind: str = "form"
    """The weight bar: `first`, `form` (3,500 bytes), `prose` (8,000) or `fragment` (800)."""
    raw: bool = False
    """Send `post` as it is, without the form of a page (a forged or foreign request)."""
    headers: dict[str, str] = field(default_factory=dict)
