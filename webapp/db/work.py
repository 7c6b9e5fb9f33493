"""Units of work: one transaction each, and what runs once it is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Engine, Executable
from sqlalchemy.orm import Session

from webapp.values.refusal import Refusal

_AFTER = "after_commit"


def open_session(engine: Engine, *, writing: bool, patience: timedelta | None = None) -> Session:
    """Open a session; the transaction begins with its first statement.

    `patience`: how long that statement waits for SQLite's one writer (the engine's 30 s when None).
    """
    if writing:  # a page that only reads does without: the options cost as much as one of its queries
        engine = engine.execution_options(writing=True, patience=patience)
    return Session(engine, expire_on_commit=False)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that only reads: it never commits."""
    session = open_session(engine, writing=False)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def writing(engine: Engine, *, patience: timedelta | None = None) -> Iterator[Session]:
    """Open one unit of work: committed on success, and on a Refusal (its counters must be kept)."""
    session = open_session(engine, writing=True, patience=patience)
    try:
        yield session
    except Refusal:
        finish(session)
        raise
    except BaseException:
        session.rollback()
        raise
    else:
        finish(session)
    finally:
        session.close()


def run(session: Session, statement: Executable, /, **values: Any) -> CursorResult[Any]:
    """Run a statement of columns that was made once, with its bound values.

    For what every page reads: made anew each time and run by the session, which looks for entities to make, the same
    statement costs four times as much. What waits to be written is written first, as the session would do.
    """
    session.flush()
    return session.connection().execute(statement, values)


def after_commit(session: Session, act: Callable[[], None]) -> None:
    """Have `act` run once this session's transaction is stored; never if it is rolled back."""
    session.info.setdefault(_AFTER, []).append(act)


def finish(session: Session) -> None:
    """Commit, then run what was waiting for it."""
    session.commit()
    for act in session.info.pop(_AFTER, []):
        act()
