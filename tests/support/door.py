"""The front door of an application in this process: a real server on loopback, at the address of the default settings.

The browser is told that port 8000 is elsewhere, so that many processes may have a door at the same address.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

ADDRESS = "http://127.0.0.1:8000"
"""Where pages are reached: the default PUBLIC_URL. `localhost` leads there too, the name that passkeys need."""


class _Quiet(WSGIRequestHandler):
    """Keeps a connection for several requests, as a real server does, and writes no line for each."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_facts: object) -> None:
        """Say nothing."""


class Door:
    """One for all the tests of a process; whose application is behind it changes with each."""

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def flag(self) -> str:
        """What tells a browser where the address is, and that there is nothing else in the world."""
        here = f"127.0.0.1:{self._server.server_port}"
        return f"--host-resolver-rules=MAP *:8000 {here}, MAP * ~NOTFOUND"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        assert self.app is not None, "no application is behind the door"
        return self.app(environ, start)


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """The door of this process."""
    door = Door()
    yield door
    door.close()
