"""The application with the demonstration's people in its database, and a walker in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Clock
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.web.states import World
from webapp.web.walker import walk_in_process


def fill(app: Flask, clock: Clock, folder: Path) -> None:
    """Import the people of the demonstration, and nobody else."""
    file = folder / "registry.csv"
    if not file.exists():
        write_registry(file, 11, 1, date(2026, 3, 1))
    assert import_registry(app.extensions["engine"], file, clock()).accepted


@pytest.fixture
def world(app: Flask, clock: Clock, tmp_path: Path) -> World:
    """A fresh world: eleven people, nobody has decided."""
    fill(app, clock, tmp_path)

    def forward(time: timedelta) -> None:
        clock.now += time

    return World(walk_in_process(app.test_client()), app, forward)
