"""Engines for SQLite and PostgreSQL, set so that an answer "done" means stored."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url

BUSY_MILLISECONDS = 30_000
"""How long a statement waits for SQLite's one writer."""


def make_engine(url: str, *, pool_size: int = 8) -> Engine:
    """Create the engine of a database URL.

    SQLite: write-ahead log, synchronous=FULL, foreign keys, 30 s of patience; a unit that writes begins
    IMMEDIATE, because a read that turns into a write is refused at once when somebody else wrote between.
    PostgreSQL: synchronous_commit=on whatever the server's default, times in UTC.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = _file_of(parsed.database)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            connect_args={"timeout": BUSY_MILLISECONDS / 1000},
            pool_size=pool_size,
            max_overflow=32,
            hide_parameters=True,
        )
        if file is not None:
            event.listen(engine, "do_connect", lambda *_asked: _keep_to_owner(file))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = "-c synchronous_commit=on -c timezone=UTC -c idle_in_transaction_session_timeout=60000"
    return create_engine(
        parsed,
        connect_args={"options": options, "connect_timeout": 10},
        pool_size=pool_size,
        max_overflow=32,
        pool_pre_ping=True,
        hide_parameters=True,  # an error must not write what people typed into the logs
    )


def _file_of(database: str | None) -> Path | None:
    """Return the file of an SQLite database; None of one in memory."""
    return None if not database or database == ":memory:" or database.startswith("file:") else Path(database)


def _keep_to_owner(file: Path) -> None:
    """Make the file before SQLite does: nobody else on this machine may read it, nor the log that goes with it.

    What it holds is sealed, but days, kinds and who has how much of what are not. It is made without being opened: to
    close it would let go of the locks of this process on it.
    """
    with suppress(OSError):  # it is there; or SQLite says what is wrong
        os.mknod(file, 0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writing", False):  # it waits for nobody: past what SQLAlchemy does for a statement
        connection.connection.cursor().execute("BEGIN")
        return
    patience: timedelta | None = options.get("patience")
    begin = "BEGIN IMMEDIATE"
    if patience is None:
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience.total_seconds() * 1000)}")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
