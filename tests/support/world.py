"""The application with the demonstration's people in its database, and a walker in it.

Half of what a test costs is the way to where it begins: known ways are gone once a process, then only put back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.support.clock import Clock
from tests.support.databases import PostgresDatabase, replace_database
from tests.support.house import House
from tests.support.trail import Trail
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.web.states import World
from webapp.web.walker import ClientWalker, Place, walk_in_process

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the clock of a test begins."""


def fill(app: Flask, clock: Clock, folder: Path) -> None:
    """Import the people of the demonstration, and nobody else."""
    file = folder / "registry.csv"
    if not file.exists():
        write_registry(file, 11, 1, date(2026, 3, 1))
    assert import_registry(app.extensions["engine"], file, clock()).accepted


@dataclass(frozen=True)
class End:
    """Where a known way ended: database, files of documents, what the walk returned, where the walker is."""

    stored: Any
    files: dict[Path, bytes]
    found: Any
    place: Place


class Keeper:
    """Keeps the ends of known ways, for the application of one kind of database."""

    def __init__(
        self, engine: Engine, postgres: PostgresDatabase | None, documents: Path, folder: Path
    ) -> None:
        self._engine, self._postgres, self._documents, self._folder = engine, postgres, documents, folder
        self.trail = Trail()
        self.trail.watch(engine)

    def go(self, clock: Clock, walker: ClientWalker, way: Hashable, walk: Callable[[], Any]) -> Any:
        """Go a known way, or back to where it ended: same time, same browser, same ways before."""

        def keep(found: Any) -> End:
            files = {path: path.read_bytes() for path in self._documents.rglob("*") if path.is_file()}
            return End(self._store(), files, found, walker.place())

        def back(end: End) -> Any:
            self._restore(end.stored)
            for path, data in end.files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            walker.go_on(end.place)
            return end.found

        browser = frozenset((key, cookie.value) for key, cookie in walker.cookies.items())
        return self.trail.go((way, clock(), browser, str(walker.client.environ_base)), walk, keep, back)

    def _store(self) -> Any:
        if self._postgres:
            return self._postgres.rows()
        self._engine.dispose()
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copyfile(str(self._engine.url.database), file)
        return file

    def _restore(self, stored: Any) -> None:
        if self._postgres:
            self._postgres.put_back(stored)
            return
        self._engine.dispose()
        replace_database(Path(str(self._engine.url.database)), stored)


@pytest.fixture(scope="session")
def keepers() -> dict[Engine, Keeper]:
    """One for each application that stands."""
    return {}


@pytest.fixture
def keeper(
    app: Flask,
    house: House,
    keepers: dict[Engine, Keeper],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Keeper | None:
    """The keeper of this application; None when it was made for one test."""
    engine = app.extensions["engine"]
    if not house.keeps(app):
        return None
    if engine not in keepers:
        sqlite = engine.dialect.name == "sqlite"
        postgres = None if sqlite else request.getfixturevalue("postgres_database")
        documents = house.var / "documents"
        keepers[engine] = Keeper(engine, postgres, documents, tmp_path_factory.mktemp("ends"))
    return keepers[engine]


@pytest.fixture
def world(app: Flask, clock: Clock, tmp_path: Path, keeper: Keeper | None) -> World:
    """A fresh world: eleven people, nobody has decided."""
    client = app.test_client()

    def forward(time: timedelta) -> None:
        clock.now += time

    if keeper is None:
        fill(app, clock, tmp_path)
        return World(walk_in_process(client), app, forward)
    walker = walk_in_process(client, keeper.trail.stray)
    keeper.trail.begin()
    go = partial(keeper.go, clock, walker)
    go("fill", lambda: fill(app, clock, tmp_path))
    return World(walker, app, forward, go)
