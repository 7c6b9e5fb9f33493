"""Throw-away places to measure in: a database with invented people, the application, a browser that weighs."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import brotli
from flask import Flask

from webapp import create_app
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.config import Settings
from webapp.db.migrate import upgrade
from webapp.web.states import State, World
from webapp.web.walker import Walker

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = 11
"""The demonstration's own."""
LINKED = re.compile(r"<(?:link|script)\b[^>]*?\b(?:href|src)=\"([^\"]+)\"")


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, time: timedelta) -> None:
        self.now += time


@dataclass(frozen=True)
class Hit:
    """One answer on the wire; headers are not counted in `wire`."""

    method: str
    path: str
    status: int
    wire: int
    headers: int
    encoding: str


def _nothing() -> None:
    """Nothing has to happen first."""


@dataclass
class Browser:
    """Sends requests as a browser with brotli does, and weighs the answers.

    `statics`: also fetches once whatever a page links or prefetches, as a cold cache would.
    """

    app: Flask
    statics: bool = False
    hits: list[Hit] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    before_request: Callable[[], None] = _nothing

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self._cached: set[str] = set()

    def fetch(self, method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
        self.before_request()
        headers = {"Accept-Encoding": "br, gzip", **self.headers}
        with self.client.open(path, method=method, data=fields, headers=headers) as response:
            body, encoding = response.get_data(), response.headers.get("Content-Encoding", "")
            lines = sum(len(name) + len(value) + 4 for name, value in response.headers.items()) + 19
            self.hits.append(Hit(method, path, response.status_code, len(body), lines, encoding))
            location, kind = response.headers.get("Location"), response.mimetype
        text = (brotli.decompress(body) if encoding == "br" else body).decode("utf-8", "replace")
        if self.statics and kind == "text/html":
            for link in LINKED.findall(text):
                address = urljoin(path, link)
                if address.startswith("/static/") and address not in self._cached:
                    self._cached.add(address)
                    self.fetch("GET", address, None)
        return response.status_code, location, text


@cache
def template_database() -> Path:
    """A migrated SQLite file that holds the people, to copy."""
    folder = Path(tempfile.mkdtemp(prefix="espace-sante-bench-"))
    path = folder / "template.db"
    with application(f"sqlite:///{path}", folder / "var") as app:
        fill(app)
    return path


def forget_template() -> None:
    if template_database.cache_info().currsize:
        shutil.rmtree(template_database().parent, ignore_errors=True)


def fill(app: Flask, people: int = PEOPLE) -> None:
    """Migrate, and import the registry."""
    engine = app.extensions["engine"]
    upgrade(engine)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "registry.csv"
        write_registry(file, people, 1, date(2026, 3, 1))
        assert import_registry(engine, file, START).accepted


@cache
def _keys_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="espace-sante-bench-keys-"))


@contextmanager
def application(url: str, var: Path, clock: Clock | None = None) -> Iterator[Flask]:
    """The application on a database, its files in `var`; every one of this run has the same keys."""
    keys = Settings.from_environment({"VAR_DIR": str(_keys_folder())}).keys
    app = create_app(Settings(database_url=url, keys=keys, var=var), clock or Clock())
    try:
        yield app
    finally:
        app.extensions["engine"].dispose()


@contextmanager
def place(url: str | None = None, *, statics: bool = False) -> Iterator[tuple[World, Browser]]:
    """A fresh world and the browser in it; `url` of a filled database, else a copy of the SQLite one."""
    with tempfile.TemporaryDirectory(prefix="espace-sante-bench-") as name:
        folder = Path(name)
        if url is None:
            shutil.copyfile(template_database(), folder / "copy.db")
            url = f"sqlite:///{folder / 'copy.db'}"
        (folder / "var").mkdir()
        os.symlink(_built_statics(), folder / "var" / "static")
        clock = Clock()
        with application(url, folder / "var", clock) as app:
            browser = Browser(app, statics)
            yield World(Walker(browser.fetch), app, clock.forward), browser


@cache
def _built_statics() -> Path:
    built = _keys_folder() / "static"
    built.mkdir(exist_ok=True)
    return built


def forget_everything() -> None:
    forget_template()
    if _keys_folder.cache_info().currsize:
        shutil.rmtree(_keys_folder(), ignore_errors=True)


def enter(world: World, browser: Browser, state: State) -> None:
    """Walk to a state: its page is the last of `browser.hits`, or the one that was redirected to."""
    facts = dict(state.arrange(world) or {})
    address = state.address.format_map(facts) if "{" in state.address else state.address
    if state.post is None or state.raw:
        browser.headers = dict(state.headers)
        if state.post is None:
            world.walker.open(address)
        else:
            world.walker.post(state.action or address, {**state.post, **facts})
    else:
        _send(world, browser, state, address, {**state.post, **facts})
    browser.headers = {}


def _send(world: World, browser: Browser, state: State, address: str, fields: dict[str, str]) -> None:
    walker = world.walker.open(address)
    own = any(form.action == state.action for form in walker.page.forms)
    form = walker.form(*fields, action=state.action if own else None)
    browser.headers = dict(state.headers)
    walker.post(urljoin(address, state.action or form.action or address), {**form.fields, **fields})
