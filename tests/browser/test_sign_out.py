"""After a sign-out, going back shows nothing, with Chromium's memory of pages switched on and a real server."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright
from werkzeug.serving import make_server

from tests.support.chromium import FLAGS
from tests.support.machine import need_browser
from webapp.account import walks
from webapp.web.states import World

MEMORY = "--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache"


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """The application on a port of its own: pages answered by interception are never kept in memory."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.one_database("what the browser kept is all that is looked at")
@pytest.mark.parametrize(
    ("javascript", "path"), [(True, "/accueil"), (True, "/compte/connexions"), (False, "/compte")]
)
def test_going_back_shows_nothing(
    world: World, address: str, playwright: Playwright, javascript: bool, path: str
) -> None:
    walks.make_account(world)
    browser = playwright.chromium.launch(
        executable_path=need_browser(),
        args=[*FLAGS, MEMORY],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(f"{address}/connexion")
    page.fill("[name=identifier]", walks.IDENTIFIER)
    page.fill("[name=password]", walks.PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/connexion/code")
    page.fill("[name=code]", walks.newest_access_code(world.app.extensions["engine"]))
    page.get_by_role("main").get_by_role("button", name="Me connecter").click()
    page.wait_for_url("**/bienvenue")
    page.goto(address + path)
    words = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Me déconnecter").first.click()
    page.wait_for_url("**/deconnexion")
    assert "appareil" in {one["name"] for one in context.cookies()}  # this browser stays known to the account
    page.go_back(wait_until="commit")
    page.wait_for_url(re.compile(r"/connexion(\?vers=.*)?$"))
    assert words not in page.content()
    assert not {"Clairvernay", walks.IDENTIFIER} & set(re.findall(r"[\w.]+", page.content()))
    page.go_forward(wait_until="commit")
    assert not {"Clairvernay", walks.IDENTIFIER} & set(re.findall(r"[\w.]+", page.content()))
    browser.close()
