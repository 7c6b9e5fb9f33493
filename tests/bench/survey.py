"""Every page state, walked to once: its last answer and what that read from the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Engine, event

from tests.bench.places import Hit, enter, place
from webapp.features import all_states
from webapp.web.states import State

SETTING = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Seen:
    """A state: its answer (None when it could not be reached, with `problem`), its reads and writes."""

    state: State
    hit: Hit | None
    reads: int = 0
    writes: int = 0
    problem: str = ""


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements of an engine, those that only begin or end something left out."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if not statement.startswith(SETTING):
            found.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@cache
def survey() -> tuple[Seen, ...]:
    """Walk to every state, each in a fresh database, as a browser that came before (its stylesheet is cached)."""
    return tuple(_look(state) for state in all_states())


def _look(state: State) -> Seen:
    with place() as (world, browser):
        world.walker.open("/")
        with statements(world.app.extensions["engine"]) as found:
            browser.before_request = found.clear
            try:
                enter(world, browser, state)
            except (LookupError, AssertionError) as error:
                return Seen(state, None, problem=str(error))
        reads = sum(one.startswith(("SELECT", "WITH")) for one in found)
        return Seen(state, browser.hits[-1], reads, len(found) - reads)
