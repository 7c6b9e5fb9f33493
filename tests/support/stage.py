"""A stage for pages that were reached in process: served on loopback as they were sent, to one tab of a browser.

A server and not an interception: the browser keeps static files, and asks nobody else about each request.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from werkzeug.wrappers import Request, Response

from tests.browser import probes
from tests.support.arrival import Ground, Seen
from tests.support.door import ADDRESS, Door
from webapp.web.states import State

NARROW = 320
KEPT = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


class Stage:
    """One tab for all the states of this process."""

    def __init__(self, page: Page, ground: Ground, door: Door) -> None:
        self.page, self.ground, self._door = page, ground, door
        self.arrival: Seen | None = None
        self.refused: list[str] = []
        """What the console complained of since the page was shown."""
        self._static = ground.app.test_client(use_cookies=False)
        page.on("console", self._note)
        probes.arm_every(page)

    def show(self, state: State) -> Page:
        """Show a state at 320 px as it was reached: its body, its status, its policy."""
        self.arrival = self.ground.look(state)
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        self._door.app = Request.application(self._answer)
        self.page.goto(ADDRESS + self.arrival.page.path, wait_until="load")
        self.refused.clear()
        return self.page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.refused.append(message.text)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/static/"):
            with self._static.open(request.path) as file:
                return Response(file.get_data(), file.status_code, dict(file.headers))
        if self.arrival is None or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            return Response(status=404)  # what a script asks for: nothing is behind these pages
        page = self.arrival.page
        headers = {name: page.headers[name] for name in KEPT if name in page.headers}
        return Response(page.body, page.status, headers)


@pytest.fixture(scope="session")
def stage(light_browser: Browser, ground: Ground, door: Door) -> Iterator[Stage]:
    """A page with a script, in a profile of its own."""
    context = light_browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield Stage(context.new_page(), ground, door)
    context.close()
