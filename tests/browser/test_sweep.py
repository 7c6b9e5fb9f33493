"""The sweep: every page state in a real browser, at 320 and 1280 px, by axe-core and by probes of our own.

The pages are those of `Ground`: reached in process, shown as they were sent, with their policy and their status.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser import probes
from tests.browser.undecided import DECIDED
from tests.support.arrival import Ground, Seen
from tests.support.chromium import ADDRESS
from webapp.features import all_states
from webapp.web.states import State

PAGES = [state for state in all_states() if state.kind != "fragment"]
WIDTHS = (320, 1280)
LEAST_TARGET, WANTED_TARGET = 24, 44


class Stage:
    """One browser page for all the states of this process."""

    def __init__(self, page: Page, ground: Ground) -> None:
        self.page, self.ground = page, ground
        self.arrival: Seen | None = None
        self._static = ground.app.test_client(use_cookies=False)
        page.route("**/*", self._answer)
        probes.arm_every(page)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            with self._static.open(path) as file:
                route.fulfill(status=file.status_code, headers=dict(file.headers), body=file.get_data())
        elif self.arrival is not None and route.request.is_navigation_request():
            page = self.arrival.page
            headers = {name.lower(): value for name, value in page.headers.items() if name in KEPT}
            route.fulfill(status=page.status, headers=headers, body=page.body)
        else:
            route.abort()

    def show(self, state: State) -> Page:
        """Show a state, freshly reached."""
        self.arrival = self.ground.look(state)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.page.goto(ADDRESS + self.arrival.page.path, wait_until="load")
        return self.page


KEPT = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


@pytest.fixture(scope="session")
def stage(light_browser: Browser, ground: Ground) -> Iterator[Stage]:
    """A page with a script, in a profile of its own."""
    context = light_browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield Stage(context.new_page(), ground)
    context.close()


@pytest.mark.parametrize("state", PAGES, ids=lambda state: state.name)
def test_everybody_can_use_it(
    stage: Stage, state: State, record_property: Callable[[str, object], None]
) -> None:
    page = stage.show(state)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    wrong: list[str] = []
    if state.status == 422 and page.locator("#erreurs").count():
        focused = page.evaluate("document.activeElement.id")
        wrong += [] if focused == "erreurs" else [f"the summary has no focus, « {focused} » has"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        violations, incomplete = probes.axe(page)
        wrong += [f"{width} px: axe {rule['id']}: {rule['nodes']}" for rule in violations]
        wrong += [
            f"{width} px: axe does not decide {rule['id']}: {node}"
            for rule in incomplete
            for node in rule["nodes"]
            if not any(
                rule["id"] == name and re.search(where, node["target"]) for name, where, _why in DECIDED
            )
        ]
        found = page.evaluate(
            "(least) => [...probes.sideways(), ...probes.cut(), ...probes.targets(least), ...probes.spaced()]",
            LEAST_TARGET,
        )
        wrong += [f"{width} px: {one}" for one in found]
        if width == WIDTHS[0]:
            record_property("small", page.evaluate("(least) => probes.targets(least)", WANTED_TARGET))
    wrong += page.evaluate("() => probes.pasting()")
    wrong += probes.walk_by_keyboard(page)
    wrong += _links_lead_to_fields(page)
    assert not wrong + refused, "\n".join(wrong + refused)


def _links_lead_to_fields(page: Page) -> list[str]:
    """Each link of the error summary puts the focus on its field."""
    wrong = []
    for link in page.locator("#erreurs a").all():
        field = (link.get_attribute("href") or "")[1:]
        link.press("Enter")
        at = page.evaluate("document.activeElement.id")
        if at != field:
            wrong.append(f"the summary's link to {field} puts the focus on « {at} »")
    return wrong
