"""The migrated database is what the models say, on both databases, however many processes create it at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Engine, inspect, make_url, text

import webapp.features  # noqa: F401  (imports every model)
from tests.support.databases import PostgresDatabase
from tests.support.postgres import CHECKOUT
from webapp.db.base import Base
from webapp.db.engine import make_engine
from webapp.db.migrate import current, newest

AT_ONCE = 3
MIGRATE = """if True:
    import sys
    from webapp.db.engine import make_engine
    from webapp.db.migrate import upgrade
    engine = make_engine(sys.argv[1])
    sys.stdin.readline()
    upgrade(engine)
    engine.dispose()
"""


def ours(_thing: object, name: str | None, kind: str, *_others: object) -> bool:
    """The job queue makes its own tables in PostgreSQL, when a test before this one used it."""
    return not (kind == "table" and str(name).startswith("huey_"))


def test_the_models_are_what_the_migrations_made(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_primary_keys_and_lengths_are_the_same_too(engine: Engine) -> None:
    """What the comparison of Alembic does not look at."""
    found = inspect(engine)
    for table in Base.metadata.tables.values():
        keys = found.get_pk_constraint(table.name)
        assert keys["constrained_columns"] == [column.name for column in table.primary_key], table.name
        nullable = {one["name"]: one["nullable"] for one in found.get_columns(table.name)}
        assert nullable == {column.name: column.nullable for column in table.columns}, table.name


def test_only_waiting_letters_are_in_the_index_of_the_outbox(engine: Engine) -> None:
    """The model cannot say so without loading PostgreSQL's dialect at each start."""
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = 'ix_outbox_waiting'",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_outbox_waiting'",
    }
    with engine.connect() as connection:
        made = connection.scalar(text(asked[engine.dialect.name]))
    assert "sent_at IS NULL" in str(made)
    assert "failed_for_good_at IS NULL" in str(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    server: PostgresDatabase = request.getfixturevalue("postgres_database")
    name = f"espace_new_{uuid4().hex[:12]}"
    plain = make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield make_url(server.url).set(database=name).render_as_string(hide_password=False)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_any_number_of_processes_may_create_it_at_once(empty_url: str) -> None:
    started = [
        subprocess.Popen(
            (sys.executable, "-c", MIGRATE, empty_url),
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(AT_ONCE)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    failures = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * AT_ONCE, failures
    engine = make_engine(empty_url)
    assert current(engine) == newest()
    engine.dispose()


@pytest.mark.one_database("a file of SQLite")
def test_nobody_else_on_the_machine_reads_the_database(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "espace.db"
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE one (two)"))
        found = {one.name: one.stat().st_mode & 0o777 for one in file.parent.iterdir()}
    engine.dispose()
    assert set(found.values()) == {0o600}
    assert "espace.db-wal" in found
