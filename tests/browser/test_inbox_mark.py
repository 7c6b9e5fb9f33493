"""The unread mark of a page that stays open: it changes by itself, as the server would write it, and never intrudes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import NewPage
from tests.support.crowd import client_of
from tests.support.door import ADDRESS
from webapp.account.walks import OVER
from webapp.inbox import walks
from webapp.web.states import World

MARK = "/messagerie/non-lus"
MINUTE = 60 * 1000

pytestmark = pytest.mark.one_database("what a browser does is not decided by it")


def opened(world: World, new_page: NewPage, path: str = "/messagerie", *, javascript: bool = True) -> Page:
    """A page of somebody signed in to whom one message is unread."""
    walks.enter(world)
    visit = client_of(world).get_cookie("visite")
    assert visit is not None
    page = new_page(320, javascript=javascript)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    if javascript:
        page.clock.install()
    page.goto(f"{ADDRESS}{path}")
    return page


def asked(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url.removeprefix(ADDRESS)))
    return found


def test_it_changes_as_the_server_would_write_it(world: World, new_page: NewPage) -> None:
    """The title with it, in one short sentence said politely; the focus and what is typed stay."""
    page = opened(world, new_page)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    mark = page.get_by_role("link", name="Messagerie, 1 message non lu", exact=True)
    mark.focus()
    walks.receive(world, 1)
    with page.expect_response(f"**{MARK}?vu=1") as answer:
        page.clock.run_for(MINUTE)
    assert answer.value.status == 200
    expect(page.get_by_role("link", name="Messagerie, 2 messages non lus", exact=True)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Messagerie, 2 messages non lus")
    by_itself = page.locator("#courrier").evaluate("one => one.outerHTML"), page.title()
    with page.expect_response(f"**{MARK}?vu=2") as answer:  # the fragment asks for itself in its turn
        page.clock.run_for(MINUTE)
    assert answer.value.status == 204
    page.reload()
    assert (page.locator("#courrier").evaluate("one => one.outerHTML"), page.title()) == by_itself
    assert page.title() == "Messagerie (2 messages non lus) – Mon espace santé"
    assert errors == []


def test_a_click_on_it_is_a_plain_link(world: World, new_page: NewPage) -> None:
    page = opened(world, new_page, "/accueil")
    seen = asked(page)
    page.locator("#courrier").click()
    expect(page).to_have_title("Messagerie (1 message non lu) – Mon espace santé")
    assert not any(one.startswith(MARK) for one in seen)


def test_nothing_is_asked_while_the_tab_is_hidden(world: World, new_page: NewPage) -> None:
    page = opened(world, new_page)
    seen = asked(page)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.run_for(5 * MINUTE)
    assert seen == []
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    with page.expect_response(f"**{MARK}?vu=1"):
        page.clock.run_for(MINUTE)
    assert len(seen) == 1


def test_nothing_is_asked_of_whoever_saves_data(world: World, new_page: NewPage) -> None:
    page = opened(world, new_page, "/accueil")
    page.set_extra_http_headers({"Save-Data": "on"})
    page.reload()
    seen = asked(page)
    page.clock.run_for(3 * MINUTE)
    assert [url for url in seen if "/static/" not in url] == []  # the icon may come late
    assert page.locator("script[src*=htmx]").count() == 0


def test_a_session_that_is_over_takes_nobody_away_from_what_they_write(
    world: World, new_page: NewPage
) -> None:
    page = opened(world, new_page, "/messagerie/recherche")
    page.fill("#words", "ce que je cherche")
    world.forward(OVER)
    with page.expect_response(f"**{MARK}?vu=1") as answer:
        page.clock.run_for(MINUTE)
    assert answer.value.status == 204
    assert page.input_value("#words") == "ce que je cherche"
    assert page.url == f"{ADDRESS}/messagerie/recherche"


def test_without_a_script_nothing_is_missed(world: World, new_page: NewPage) -> None:
    """The number, the list, the message and what may be done with it; sending is tested by plain HTTP."""
    page = opened(world, new_page, javascript=False)
    expect(page.get_by_role("link", name="Messagerie, 1 message non lu", exact=True)).to_be_visible()
    page.get_by_role("link", name="Bienvenue").click()
    for name in ("Archiver", "Marquer comme non lu"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.get_by_role("link", name="Messagerie", exact=True).first.click()
    page.get_by_role("link", name="Chercher").click()
    expect(page.get_by_role("button", name="Chercher")).to_be_visible()
