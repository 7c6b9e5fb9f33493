"""Eight threads that start together, round after round, on connections that they keep."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from webapp.values.refusal import Refusal
from webapp.web.states import World
from webapp.web.walker import ClientWalker

THREADS = 8
PATIENCE = 60


class Crowd:
    """Runs one act in every thread at once."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS)
        self._barrier = threading.Barrier(THREADS, timeout=PATIENCE)

    def __call__(self, act: Callable[[int], str]) -> Tally[str]:
        """Run `act` in every thread at once; tally what each answered (a refusal: its name)."""

        def one(number: int) -> str:
            self._barrier.wait()
            try:
                return act(number)
            except Refusal as refusal:
                return type(refusal).__name__

        return Tally(self._pool.map(one, range(THREADS), timeout=PATIENCE))

    def close(self) -> None:
        self._pool.shutdown()


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    """A crowd for one test."""
    crowd = Crowd()
    yield crowd
    crowd.close()


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field of that name."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def client_of(world: World) -> FlaskClient:
    """The browser that a world's walker drives: for what a person cannot do with links and forms."""
    assert isinstance(world.walker, ClientWalker)
    return world.walker.client
