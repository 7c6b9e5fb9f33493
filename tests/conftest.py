"""Fixtures that every test may ask for. Databases and browser: see tests/support/."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from tests.support.clock import Clock
from tests.support.house import House
from webapp.account import passwords
from webapp.config import Settings
from webapp.keys import Keys

pytest_plugins = [
    "tests.support.databases",
    "tests.support.chromium",
    "tests.support.world",
    "tests.support.arrival",
    "tests.support.crowd",
    "tests.support.people",
    "tests.support.passkeys",
    "tests.support.archive",
]

# On a busy machine a deadline measures the neighbours. In CI the examples are the same each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure() -> None:
    """Hash passwords with next to nothing: thousands are, and their cost is measured elsewhere (make bench)."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def now() -> datetime:
    """A Monday morning, aware, in UTC: 10 h 30 in Paris."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock(now: datetime) -> Clock:
    """The clock of `app`; starts at `now`."""
    return Clock(now)


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Keys for tests, the same in each run."""

    def key(name: str) -> bytes:
        return hashlib.sha256(f"only for tests: {name}".encode()).digest()

    return Keys(
        signing=(key("signing").hex().encode(),),
        data={"d1": key("data")},
        index=key("index"),
        receipt={"r1": key("receipt")},
        journal=key("journal"),
    )


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


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, its cookies kept."""
    return app.test_client()
