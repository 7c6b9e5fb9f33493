"""Fixtures: an empty, migrated database for each test, on SQLite and on PostgreSQL.

The migrations run once a process: a test then gets a copy of the SQLite file, or the emptied PostgreSQL database
of its process.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
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

TABLES = """
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
USED_SEQUENCES = (
    "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
MUCH = 400_000
"""Bytes of a table."""
Rows = dict[str, bytes]
"""What tables hold, by name, as PostgreSQL writes it down."""


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


class PostgresDatabase:
    """The PostgreSQL database of this process."""

    def __init__(self, url: str) -> None:
        self.url = url
        """For SQLAlchemy."""
        self._connection = _connect(url)
        self._connection.execute(f"SET lock_timeout = '{LOCK_PATIENCE}'")
        self._connection.execute("SET session_replication_role = replica")  # no foreign key is looked at

    def empty(self) -> None:
        """Delete every row of every table but the migrations' own, and restart what counts.

        By DELETE, on a connection that stays: TRUNCATE makes new files, which takes a thousand times as long. Only
        a table that holds much is truncated, because what is deleted stays in its file, and nothing cleans it up.
        """
        tables = self._connection.execute(TABLES).fetchall()
        large = [sql.Identifier(name) for name, size in tables if size > MUCH]
        orders = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name, _size in tables]
        if large:
            orders.insert(0, sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(large)))
        for (name,) in self._connection.execute(USED_SEQUENCES):
            orders.append(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(name)))
        self._connection.execute(sql.SQL("; ").join(orders))

    def rows(self) -> Rows:
        """Return every row of every table, to put back."""
        tables = [name for name, _size in self._connection.execute(TABLES)]
        found: Rows = {}
        with self._connection.cursor() as cursor:
            for name in tables:
                with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
                    found[name] = b"".join(map(bytes, copy))
        return {name: rows for name, rows in found.items() if rows}

    def put_back(self, kept: Rows) -> None:
        """Have these rows and no others."""
        self.empty()
        with self._connection.cursor() as cursor:
            for name, rows in kept.items():
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                    copy.write(rows)

    def close(self) -> None:
        """Leave it."""
        self._connection.close()


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
    try:
        _migrate(url.render_as_string(hide_password=False))
        database = PostgresDatabase(url.render_as_string(hide_password=False))
        yield database
        database.close()
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
