"""A stage for pages that were reached in process: served on loopback as they were sent, to one tab of a browser.

A server and not an interception: the browser keeps static files, and asks nobody else about each request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser import probes
from tests.support.arrival import Ground, Seen
from webapp.web.states import State

NARROW = 320
KEPT = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


class Stage:
    """One tab for all the states of this process."""

    def __init__(self, page: Page, ground: Ground) -> None:
        self.page, self.ground = page, ground
        self.arrival: Seen | None = None
        self.refused: list[str] = []
        """What the console complained of since the page was shown."""
        self._static = ground.app.test_client(use_cookies=False)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._address = f"http://127.0.0.1:{self._server.server_port}"
        page.on("console", self._note)
        probes.arm_every(page)

    def show(self, state: State) -> Page:
        """Show a state at 320 px as it was reached: its body, its status, its policy."""
        self.arrival = self.ground.look(state)
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        self.page.goto(self._address + self.arrival.page.path, wait_until="load")
        self.refused.clear()
        return self.page

    def is_first_of_its_kind(self, state: State) -> bool:
        """Say whether no other page of the same templates and status was shown in this run."""
        seen = self.ground.look(state)
        return self.ground.first(f"{seen.page.status} {sorted(seen.templates)}")

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.refused.append(message.text)

    def _answer(self, path: str, mode: str) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/static/"):
            with self._static.open(path) as file:
                return file.status_code, dict(file.headers), file.get_data()
        if self.arrival is None or mode not in ("navigate", ""):
            return 404, {}, b""  # what a script asks for: nothing is behind these pages
        page = self.arrival.page
        return (
            page.status,
            {name: page.headers[name] for name in KEPT if name in page.headers},
            page.body.encode(),
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                mode = self.headers.get("Sec-Fetch-Mode", "")
                status, headers, body = stage._answer(self.path.partition("?")[0], mode)
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() != "content-length":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture(scope="session")
def stage(light_browser: Browser, ground: Ground) -> Iterator[Stage]:
    """A page with a script, in a profile of its own."""
    context = light_browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    stage = Stage(context.new_page(), ground)
    yield stage
    context.close()
    stage.close()
