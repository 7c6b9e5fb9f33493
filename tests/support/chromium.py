"""Fixtures: real browsers, and pages in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.support.door import Door
from tests.support.machine import MissingProgram, need_browser, need_light_browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-software-rasterizer",
    "--in-process-gpu",
)
HEIGHT = 900
PATIENCE_MS = 10_000


class NewPage(Protocol):
    """Opens a page `width` CSS pixels wide in a fresh profile."""

    def __call__(self, width: int = 1280, javascript: bool = True, dark: bool = False) -> Page: ...


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once a process: it refuses to be started twice."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this process, started once."""
    try:
        program = need_browser()
    except MissingProgram as error:
        pytest.exit(str(error), returncode=1)
    browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def light_browser(playwright: Playwright, door: Door) -> Iterator[Browser]:
    """A browser without windows, ten times as fast to open a page in; it reaches the application of this process."""
    browser = playwright.chromium.launch(executable_path=need_light_browser(), args=[*FLAGS, door.flag])
    yield browser
    browser.close()


@pytest.fixture
def new_page(light_browser: Browser, door: Door, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Pages that reach the test's application at `ADDRESS`, in profiles of their own, all closed after the test."""
    if "ground" in request.fixturenames:
        door.app = request.getfixturevalue("ground").app.wsgi_app
    elif "app" in request.fixturenames:
        door.app = request.getfixturevalue("app").wsgi_app
    yield from _pages(light_browser)


@pytest.fixture
def new_window(browser: Browser) -> Iterator[NewPage]:
    """The same in Chromium as people have it, for servers of their own; all closed after the test."""
    yield from _pages(browser)


def _pages(browser: Browser) -> Iterator[NewPage]:
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, javascript: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
