"""Fixtures: a real Chromium, and a way to serve its pages from the application in this very process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, sync_playwright

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
ADDRESS = "http://127.0.0.1:8000"
"""Where pages served in process seem to live: the default PUBLIC_URL. Nothing listens there."""
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
def light_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for pages that are shown without any redirect, which it does not ask us about."""
    browser = playwright.chromium.launch(executable_path=need_light_browser(), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Pages in profiles of their own, all closed after the test."""
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


def serve_through(page: Page, app: Flask, address: str = ADDRESS) -> None:
    """Answer every request of `page` from `app` in this process: no port, no server; other hosts are refused.

    The browser keeps the cookies (the test client has none), sends them with each request, and follows redirects
    itself, each of which comes here again. Only what the network stack adds is absent: `Sec-Fetch-*`,
    `Accept-Encoding`, and compression with it.
    """
    client = app.test_client(use_cookies=False)
    origin = urlsplit(address)[:2]

    def answer(route: Route) -> None:
        request = route.request
        target = urlsplit(request.url)
        if target[:2] != origin:
            route.abort("blockedbyclient")
            return
        with client.open(
            target.path,
            query_string=target.query,
            base_url=address,
            method=request.method,
            headers={name: value for name, value in request.headers.items() if name != "host"},
            data=request.post_data_buffer,
        ) as response:
            headers: dict[str, str] = {}
            for name, value in response.headers.items():
                # Playwright takes several Set-Cookie as the lines of one.
                key = name.lower()
                headers[key] = f"{headers[key]}\n{value}" if key in headers else value
            route.fulfill(status=response.status_code, headers=headers, body=response.get_data())

    page.route("**/*", answer)
