"""Fixtures that every test may ask for. Databases and browser: see tests/support/."""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
from datetime import UTC, datetime
from functools import partial

import hypothesis
import pytest
import werkzeug.test
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from tests.support.clock import Clock
from webapp.account import passwords
from webapp.keys import Keys

pytest_plugins = [
    "tests.support.databases",
    "tests.support.house",
    "tests.support.door",
    "tests.support.chromium",
    "tests.support.world",
    "tests.support.arrival",
    "tests.support.stage",
    "tests.support.crowd",
    "tests.support.people",
    "tests.support.passkeys",
    "tests.support.archive",
]

# On a busy machine a deadline measures the neighbours. In CI the examples are the same each time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


TEMPLATES = "ESPACE_SANTE_TEST_TEMPLATES"
"""Names the folder of compiled templates, which the processes of one run share."""


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords with next to nothing: thousands are, and their cost is measured elsewhere (make bench).

    Garbage is looked for less often: applications live long here, and looking through them took an eighth of the time.
    Templates are compiled once a run, not once for each application of each process.
    Files that the test client sends are made in memory: the temporary files that it makes otherwise are never closed.
    """
    werkzeug.test.stream_encode_multipart = partial(werkzeug.test.stream_encode_multipart, use_tempfile=False)
    if TEMPLATES not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="espace-sante-templates-")
        config.add_cleanup(folder.cleanup)
        os.environ[TEMPLATES] = folder.name
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[TEMPLATES])}
    gc.set_threshold(100_000, 50, 50)
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


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, its cookies kept."""
    return app.test_client()
