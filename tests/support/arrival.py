"""Arriving at a page state: one application a process, a copy of a filled database for each state."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

import brotli
import pytest
from _pytest.mark import ParameterSet
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.datastructures import Headers

from tests.support.clock import Clock
from tests.support.databases import hurry, replace_database
from tests.support.trail import Trail, is_read
from tests.support.world import MORNING, fill
from webapp.config import Settings
from webapp.db.engine import make_engine
from webapp.keys import Keys
from webapp.web.states import State, World
from webapp.web.walker import Walker


@dataclass
class Answer:
    """One answer on the way: what was asked, and what was sent back, as it was sent."""

    method: str
    path: str
    status: int
    headers: Headers
    body: str
    weight: int
    """Bytes of the body on the wire."""
    endpoint: str | None
    writes: list[str] = field(default_factory=list)
    """Statements other than reading ones."""


@dataclass
class Arrival:
    """A state that was reached: its last answer, the ones before, and the client that walked there."""

    state: State
    answers: list[Answer]
    client: FlaskClient
    world: World
    templates: set[str]

    @property
    def page(self) -> Answer:
        """The answer that the state is about."""
        return self.answers[-1]


@dataclass(frozen=True)
class Seen:
    """A state as it was reached once, by whichever process came first: its answers, and the templates of the last."""

    state_name: str
    answers: list[Answer]
    templates: set[str]

    @property
    def page(self) -> Answer:
        """The answer that the state is about."""
        return self.answers[-1]

    @property
    def state(self) -> State:
        """The state."""
        return _states()[self.state_name]


def together(state: State, value: object) -> ParameterSet:
    """What a test is about, in the one process that has all tests of this state: it is walked to once."""
    return pytest.param(value, id=state.name, marks=pytest.mark.xdist_group(f"state {state.name}"))


@dataclass(frozen=True)
class Beginning:
    """Where a known way ended: the database, what the walk returned, the walker, its cookies, all answers."""

    file: Path
    found: Any
    walker: dict[str, Any]
    cookies: dict[Any, Any]
    answers: list[Answer]


class Ground:
    """The application and the filled database that every state starts from."""

    def __init__(self, app: Flask, clock: Clock, filled: Path, folder: Path, kept: Path) -> None:
        self.app, self.clock, self._filled, self._folder, self._kept = app, clock, filled, folder, kept
        self._statements: list[str] = []
        self._answers: list[Answer] = []
        self._templates: set[str] = set()
        self._endpoint: str | None = None
        self._headers: dict[str, str] = {}
        self._trail = Trail()
        self._watch()
        self._copy = folder / "state.db"
        self._engine = app.extensions["engine"] = make_engine(
            f"sqlite:///{self._copy}"
        )  # its compiled statements stay
        event.listen(self._engine, "before_cursor_execute", self._executing)
        self._trail.watch(self._engine)
        hurry(self._engine)

    def _watch(self) -> None:
        load = self.app.jinja_env.get_template

        def get_template(name: Any, *rest: Any, **named: Any) -> Any:
            self._templates.add(str(name))
            return load(name, *rest, **named)

        self.app.jinja_env.get_template = get_template  # type: ignore[method-assign]
        request_started.connect(self._started, self.app)

    def _started(self, _app: Flask, **_facts: Any) -> None:
        self._endpoint = request.endpoint

    def fresh(self, *, first_visit: bool = False) -> tuple[World, FlaskClient]:
        """Return a world where nothing has happened yet; the one before is over."""
        self._engine.dispose()
        replace_database(self._copy, self._filled)
        for spool in ("mail", "sms"):
            shutil.rmtree(self.app.extensions["settings"].var / spool, ignore_errors=True)
        self.app.extensions["settings"].news.unlink(missing_ok=True)
        self.clock.now = MORNING
        client = self.app.test_client()
        if not first_visit:
            client.set_cookie("style", self.app.extensions["assets"].version("look.css"))
        self._answers, self._headers = [], {}
        self._templates.clear()
        self._trail.begin(first_visit)

        def fetch(method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
            self._trail.stray()
            answer = self._ask(client, method, path, fields)
            return answer.status, answer.headers.get("Location"), answer.body

        def forward(time: timedelta) -> None:
            self._trail.stray()
            self.clock.now += time

        walker = Walker(fetch)
        return World(walker, self.app, forward, partial(self._go, walker, client)), client

    def _go(self, walker: Walker, client: FlaskClient, way: Hashable, walk: Callable[[], Any]) -> Any:
        """Go a known way: to where it ended the last time that everything before was the same, too."""

        def keep(found: Any) -> Beginning:
            self._engine.dispose()
            file = self._folder / f"beginning-{uuid4().hex}.db"
            shutil.copyfile(self._copy, file)
            cookies = dict(client._cookies or {})
            return Beginning(file, found, vars(walker).copy(), cookies, list(self._answers))

        def back(kept: Beginning) -> Any:
            self._engine.dispose()
            replace_database(self._copy, kept.file)
            vars(walker).update(kept.walker | {"_fetch": walker._fetch})
            client._cookies = dict(kept.cookies)
            self._answers = list(kept.answers)
            return kept.found

        return self._trail.go(way, walk, keep, back)

    def arrive(self, state: State, *, first_visit: bool | None = None) -> Arrival:
        """Walk to a state, then open it (or send what it sends)."""
        first = state.kind == "first" if first_visit is None else first_visit
        world, client = self.fresh(first_visit=first)
        given = state.arrange(world) or {}
        self._templates.clear()
        address = state.address.format_map(given) if "{" in state.address else state.address
        if state.post is None:
            self._headers = state.headers
            world.walker.open(address)
        else:
            typed = {name: value for name, value in given.items() if f"{{{name}}}" not in state.address}
            self._send(state, world, address, {**state.post, **typed})
        arrival = Arrival(state, list(self._answers), client, world, set(self._templates))
        if first_visit is None:
            self._keep(arrival)
        return arrival

    def look(self, state: State) -> Seen:
        """Return a state as it was last reached in this run: walking to it again is most of what looking costs."""
        file = self._kept / f"{state.name}.pickle"
        if not file.exists():
            self.arrive(state)
        seen: Seen = pickle.loads(file.read_bytes())
        return seen

    def _keep(self, arrival: Arrival) -> None:
        """Keep it for every process of this run; a file is there whole or not at all."""
        half = self._folder / "half.pickle"
        half.write_bytes(pickle.dumps(Seen(arrival.state.name, arrival.answers, arrival.templates)))
        os.replace(half, self._kept / f"{arrival.state.name}.pickle")

    def _send(self, state: State, world: World, address: str, fields: dict[str, str]) -> None:
        if state.raw:
            self._headers = state.headers
            world.walker.post(state.action or address, fields)
            return
        walker = world.walker.open(address)
        own = any(form.action == state.action for form in walker.page.forms)
        form = walker.form(*fields, action=state.action if own else None)
        self._headers = state.headers
        walker.post(urljoin(address, state.action or form.action or address), {**form.fields, **fields})

    def _ask(self, client: FlaskClient, method: str, path: str, fields: dict[str, str] | None) -> Answer:
        self._statements.clear()
        headers = {"Accept-Encoding": "br", **self._headers}
        with client.open(path, method=method, data=fields, headers=headers) as response:
            sent = response.get_data()
            squeezed = response.headers.get("Content-Encoding") == "br"
            body = brotli.decompress(sent) if squeezed else sent
            text = body.decode() if (response.mimetype or "").startswith("text/") else ""
            answer = Answer(
                method, path, response.status_code, response.headers, text, len(sent), self._endpoint
            )
        answer.writes = [one for one in self._statements if not is_read(one)]
        self._answers.append(answer)
        return answer

    def _executing(self, _c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self._statements.append(statement)


@cache
def _states() -> dict[str, State]:
    from webapp.features import all_states

    return {state.name: state for state in all_states()}


@pytest.fixture(scope="session")
def ground(sqlite_template: Path, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The application of this process, for states: SQLite, the people of the demonstration."""
    from webapp import create_app

    folder = tmp_path_factory.mktemp("states")
    filled = folder / "filled.db"
    shutil.copyfile(sqlite_template, filled)
    clock = Clock(MORNING)
    settings = Settings(database_url=f"sqlite:///{filled}", keys=keys, var=folder / "var")
    app = create_app(settings, clock)
    fill(app, clock, folder)
    app.extensions["engine"].dispose()
    kept = tmp_path_factory.getbasetemp()
    kept = (kept.parent if os.environ.get("PYTEST_XDIST_WORKER") else kept) / "seen"
    kept.mkdir(exist_ok=True)
    yield Ground(app, clock, filled, folder, kept)
    app.extensions["engine"].dispose()
