"""The databases that tests get are what the fixtures promise: migrated, without rows, both kinds, each its own."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from sqlalchemy import Engine, inspect, text

from tests.support.databases import PostgresDatabase
from tests.support.postgres import CHECKOUT

PROBE = "CREATE TABLE IF NOT EXISTS probe (id {} PRIMARY KEY, note TEXT)"


def test_each_test_gets_a_database_of_the_kind_it_is_named_after(
    engine: Engine, request: pytest.FixtureRequest
) -> None:
    assert engine.dialect.name in request.node.name


def test_the_migrations_were_run_and_left_no_row(engine: Engine) -> None:
    tables = set(inspect(engine).get_table_names()) - {"probe"}
    assert "alembic_version" in tables
    with engine.connect() as connection:
        rows = {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables}
    assert rows.pop("alembic_version") == 1
    assert not any(rows.values())


def test_emptying_forgets_rows_and_restarts_numbers(postgres_database: PostgresDatabase) -> None:
    plain = postgres_database.url.replace("+psycopg", "")
    for _ in range(2):
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(PROBE.format("bigint GENERATED ALWAYS AS IDENTITY"))
            connection.execute("INSERT INTO probe (note) VALUES ('one')")
            assert connection.execute("SELECT id, note FROM probe").fetchall() == [(1, "one")]
        postgres_database.empty()
    with psycopg.connect(plain, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM probe").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        connection.execute("DROP TABLE probe")


def test_the_server_ends_with_whoever_started_it() -> None:
    killed = """if True:
        import os, signal
        from tests.support.postgres import Server
        print(Server().url(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(
        (sys.executable, "-c", killed),
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    # The guard holds our end of standard error, so run() returned once it had ended too.
    plain = done.stdout.strip().replace("+psycopg", "")
    assert plain.startswith("postgresql://postgres@127.0.0.1:"), done.stderr
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain, connect_timeout=5)
