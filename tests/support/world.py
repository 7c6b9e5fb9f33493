"""The application with the demonstration's people in its database, and a walker in it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.support.clock import Clock
from tests.support.databases import replace_database
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.web.states import World
from webapp.web.walker import walk_in_process

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the clock of a test begins."""


def fill(app: Flask, clock: Clock, folder: Path) -> None:
    """Import the people of the demonstration, and nobody else."""
    file = folder / "registry.csv"
    if not file.exists():
        write_registry(file, 11, 1, date(2026, 3, 1))
    assert import_registry(app.extensions["engine"], file, clock()).accepted


def _fill_or_copy(app: Flask, clock: Clock, folder: Path, kept: Path) -> None:
    """Import the people once in a process; later worlds on SQLite begin with a copy of that database."""
    engine = app.extensions["engine"]
    if engine.dialect.name != "sqlite" or clock() != MORNING:
        fill(app, clock, folder)
        return
    path = Path(engine.url.database)
    engine.dispose()
    if kept.exists():
        replace_database(path, kept)
        return
    fill(app, clock, folder)
    engine.dispose()
    shutil.copyfile(path, kept)


@pytest.fixture
def world(app: Flask, clock: Clock, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A fresh world: eleven people, nobody has decided."""
    _fill_or_copy(app, clock, tmp_path, tmp_path_factory.getbasetemp() / "filled.db")

    def forward(time: timedelta) -> None:
        clock.now += time

    return World(walk_in_process(app.test_client()), app, forward)
