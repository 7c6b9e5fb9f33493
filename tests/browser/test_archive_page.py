"""The page of the archive, as a file that is opened later: axe-core, the keyboard, narrow and wide, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import probes
from tests.support.archive import files
from tests.support.chromium import NewPage
from webapp.account import walks
from webapp.closing.walks import close
from webapp.documents.walks import put
from webapp.factors.walks import give_application
from webapp.web.states import World

LEAST_TARGET = 24


pytestmark = pytest.mark.one_database("the page is all that is looked at")


@pytest.fixture
def kept(world: World, tmp_path: Path) -> str:
    """The address of the page, once it is a file."""
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
    give_application(world)
    put(world, "Ordonnance")
    close(world)
    file = tmp_path / "lisez-moi.html"
    file.write_text(files(world)[1], "utf-8")
    return file.as_uri()


def _wrong(page: Page) -> list[str]:
    violations, incomplete = probes.axe(page)
    wrong = [f"{rule['id']}: {rule['nodes']}" for rule in (*violations, *incomplete)]
    wrong += page.evaluate("(least) => probes.targets(least)", LEAST_TARGET)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("it scrolls sideways")
    return wrong


def test_everybody_can_read_it(kept: str, new_page: NewPage) -> None:
    wrong: list[str] = []
    for dark in (False, True):
        page = new_page(width=320, dark=dark)
        page.goto(kept)
        probes.arm(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{width} px, dark {dark}: {one}" for one in _wrong(page)]
        wrong += probes.walk_by_keyboard(page)
    assert not wrong, "\n".join(wrong)
