"""The sweep: every page state in a real browser, at 320 and 1280 px, by axe-core and by probes of our own.

The pages are those of `Ground`: reached in process, shown as they were sent, with their policy and their status.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import probes
from tests.browser.undecided import DECIDED
from tests.support.arrival import together
from tests.support.stage import NARROW, Stage
from webapp.features import all_states
from webapp.web.states import State

PAGES = [state for state in all_states() if state.kind != "fragment"]
WIDTHS = (NARROW, 1280)
LEAST_TARGET, WANTED_TARGET = 24, 44


@pytest.mark.parametrize("state", [together(state, state) for state in PAGES])
def test_everybody_can_use_it(
    stage: Stage, state: State, record_property: Callable[[str, object], None]
) -> None:
    page = stage.show(state)
    wrong: list[str] = []
    if state.status == 422 and page.locator("#erreurs").count():
        wrong += _summary_takes_the_focus(page)
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
    wrong += page.evaluate("() => probes.leading()")
    wrong += stage.refused
    assert not wrong, "\n".join(wrong)


def _summary_takes_the_focus(page: Page) -> list[str]:
    """The browser gives the focus of `autofocus` with the first frame, which may come after the load.

    A locator waits for it: our own policy lets no words be run as script, which `wait_for_function` does to ask again.
    """
    try:
        page.locator("#erreurs:focus").wait_for(timeout=2_000)
    except PlaywrightTimeout:
        return [f"the summary has no focus, « {page.evaluate('document.activeElement.id')} » has"]
    return []
