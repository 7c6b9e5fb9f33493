"""The application of a test process: made once for each kind of database, because making it costs more than a test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.clock import Clock
from tests.support.databases import hurry
from webapp.config import Settings
from webapp.db.vault import Vault, use_vault
from webapp.keys import Keys

STATIC = "static"


class House:
    """Applications that stand from one test to the next; what a test stored is gone before the next one."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "var"
        self._standing: list[Flask] = []

    def empty(self) -> None:
        """Remove what was written into the folder, but for the built static files, which are always the same."""
        for path in self.var.glob("*"):
            if path.name != STATIC:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def app(self, settings: Settings, clock: Clock) -> Flask:
        """Return the application that has these settings, at the time of this clock."""
        from webapp import create_app

        for app in self._standing:
            if app.extensions["settings"] == settings:
                app.extensions["clock"] = clock
                use_vault(Vault(settings.keys))
                return app
        app = create_app(settings, clock)
        hurry(app.extensions["engine"])
        if settings.var == self.var:
            self._standing.append(app)
        return app

    def keeps(self, app: Flask) -> bool:
        """Say whether an application is one of those that stand."""
        return any(one is app for one in self._standing)

    def close(self) -> None:
        """Close every connection."""
        for app in self._standing:
            app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Where the application of this process keeps its files; one application for each kind of database."""
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture
def settings(database_url: str, keys: Keys, house: House) -> Settings:
    """Settings of a demonstration whose folder is empty, but for static files."""
    house.empty()
    return Settings(database_url=database_url, keys=keys, var=house.var)


@pytest.fixture
def app(settings: Settings, clock: Clock, house: House) -> Iterator[Flask]:
    """The whole application on a migrated database without rows."""
    app = house.app(settings, clock)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def new_app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The same, made anew: for a test that adds to it."""
    from webapp import create_app

    app = create_app(settings, clock)
    yield app
    app.extensions["engine"].dispose()
