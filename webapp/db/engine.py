"""Engines for SQLite and PostgreSQL, set so that an answer "done" means stored."""

from __future__ import annotations

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
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            connect_args={"timeout": BUSY_MILLISECONDS / 1000},
            pool_size=pool_size,
            max_overflow=32,
            hide_parameters=True,
        )
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
    patience: timedelta | None = options.get("patience")
    begin = "BEGIN IMMEDIATE" if options.get("writing", False) else "BEGIN"
    if patience is None:
        connection.exec_driver_sql(begin)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience.total_seconds() * 1000)}")
    try:
        connection.exec_driver_sql(begin)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
