"""Fixtures: an empty, migrated database for each test, on SQLite and on PostgreSQL.

The migrations run once a process: a test then gets a copy of the SQLite file, or the emptied PostgreSQL database
of its process.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event, make_url

from tests.support.machine import MissingProgram
from tests.support.postgres import Server

SERVER = pytest.StashKey[Server]()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
LOCK_PATIENCE = "10s"
"""A test that leaves a transaction open makes the next one fail rather than wait for ever."""

TABLES = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
USED_SEQUENCES = "SELECT schemaname, sequencename FROM pg_sequences WHERE last_value IS NOT NULL"


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the process that starts the others: they inherit its URL."""
    server = config.stash[SERVER] = Server()
    has_workers = bool(getattr(config.option, "numprocesses", None)) and not config.option.collectonly
    if has_workers and "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            os.environ["TEST_DATABASE_URL"] = server.url()
        except MissingProgram as error:
            pytest.exit(str(error), returncode=1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each kind of database that decides something in it."""
    if "database_url" in metafunc.fixturenames:
        one = metafunc.definition.get_closest_marker("one_database")
        kinds = ["sqlite"] if one else ["sqlite", "postgresql"]
        metafunc.parametrize("database_url", kinds, indirect=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop our own server."""
    config.stash[SERVER].stop()


@dataclass(frozen=True)
class PostgresDatabase:
    """The PostgreSQL database of this process."""

    url: str
    """For SQLAlchemy."""

    def empty(self) -> None:
        """Delete every row of every table but the migrations' own, and restart what counts.

        Only tables that hold rows are truncated: truncating 25 empty tables takes ten times as long as looking.
        """
        with _connect(self.url) as connection:
            connection.execute(f"SET lock_timeout = '{LOCK_PATIENCE}'")
            tables = [sql.Identifier(*row) for row in connection.execute(TABLES)]
            look = sql.SQL("(SELECT {} WHERE EXISTS (SELECT FROM {}))")
            looks = [look.format(number, table) for number, table in enumerate(tables)]
            full = connection.execute(sql.SQL(" UNION ALL ").join(looks)).fetchall() if looks else []
            if full:
                names = sql.SQL(", ").join(tables[number] for (number,) in full)
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
            for row in connection.execute(USED_SEQUENCES).fetchall():
                connection.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(*row)))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_database(pytestconfig: pytest.Config) -> Iterator[PostgresDatabase]:
    """A migrated database of this process on the server; dropped at the end."""
    try:
        server_url = pytestconfig.stash[SERVER].url()
    except MissingProgram as error:
        pytest.exit(str(error), returncode=1)
    name = f"espace_test_{WORKER}_{uuid.uuid4().hex[:12]}"
    identifier = sql.Identifier(name)
    with _connect(server_url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(identifier)
        )
    url = make_url(server_url).set(drivername="postgresql+psycopg", database=name)
    database = PostgresDatabase(url.render_as_string(hide_password=False))
    try:
        _migrate(database.url)
        yield database
    finally:
        with _connect(server_url) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a migrated database without rows; a test that asks for it runs once on each kind.

    A module says `pytestmark = pytest.mark.one_database("why")` when nothing in it is decided by the database.
    """
    if request.param == "sqlite":
        path = tmp_path_factory.getbasetemp() / "espace-sante.db"
        replace_database(path, request.getfixturevalue("sqlite_template"))
        return f"sqlite:///{path}"
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    database.empty()
    return database.url


def replace_database(path: Path, by: Path) -> None:
    """Put a copy of a SQLite file in the place of another one, whatever still has that one open."""
    for part in ("", "-wal", "-shm"):
        Path(f"{path}{part}").unlink(missing_ok=True)
    shutil.copyfile(by, path)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The project's own engine on `database_url`."""
    from webapp.db.engine import make_engine

    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def hurry(engine: Engine) -> None:
    """Have SQLite not wait for the disk: what a test stores is thrown away, only a crash of the machine would tell."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _migrate(url: str) -> None:
    from webapp.db.engine import make_engine
    from webapp.db.migrate import upgrade

    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()  # SQLite: the last connection to close folds the write-ahead log into the file


def _connect(url: str) -> psycopg.Connection:
    """Connect outside SQLAlchemy, each statement on its own."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=10)
