"""Statements per page: what a page reads, whatever the state; visits included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.bench.places import enter, place
from tests.bench.tables import against, heading, table
from webapp.features import all_states

MOST = 4
SETTING = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK")


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


def run() -> None:
    heading("Statements for a page (opened again once its state is reached; a refusal: the sending itself)")
    rows: list[tuple[object, ...]] = []
    for state in all_states():
        with place() as (world, browser):
            try:
                enter(world, browser, state)
            except (LookupError, AssertionError) as error:
                rows.append((state.name, "", "", f"not reached: {error}"[:60]))
                continue
            last = browser.hits[-1]
            if last.method != "GET":
                rows.append((state.name, last.status, "-", "the answer to a form"))
                continue
            with statements(world.app.extensions["engine"]) as found:
                browser.headers = dict(state.headers)
                world.walker.open(last.path)
            if world.walker.address != last.path.split("?")[0]:
                rows.append((state.name, last.status, "-", "seen once only"))
                continue
            reads = sum(one.startswith(("SELECT", "WITH")) for one in found)
            note = f", writes {len(found) - reads}" if len(found) > reads else ""
            rows.append(
                (state.name, last.status, reads, against(f"queries of {state.name}", reads, MOST) + note)
            )
    table(("state", "status", "reads", ""), rows)
