"""The names of medicines as one types: proposed below the field, reached by keyboard, put into it by Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.support.chromium import NewPage
from tests.support.crowd import client_of
from tests.support.door import ADDRESS
from webapp.medicines.states import LIST, TREATMENTS, some
from webapp.web.states import World

PROPOSED = f"{LIST}/propositions"
pytestmark = pytest.mark.one_database("what a browser does is not decided by it")


def opened(world: World, page: Page) -> Page:
    """The treatments of somebody signed in, where a few medicines are known."""
    some(world)
    visit = client_of(world).get_cookie("visite")
    assert visit is not None
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    page.goto(f"{ADDRESS}{TREATMENTS}")
    return page


def test_a_name_is_found_chosen_and_added_by_keyboard(world: World, new_page: NewPage) -> None:
    page = opened(world, new_page(320))
    sent: list[Request] = []
    errors: list[str] = []
    page.on("request", lambda request: sent.append(request))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    status = page.locator("#medicaments [role=status]")
    page.focus("#name")
    with page.expect_response(f"**{PROPOSED}") as answer:
        page.keyboard.type("abac")
    assert "<html" not in answer.value.text()
    expect(status).to_have_text("1 médicament trouvé")
    assert page.evaluate("document.activeElement.id") == "name"
    assert [one.method for one in sent if one.url.endswith(PROPOSED)] == ["POST"]
    assert not any("abac" in one.url.lower() for one in sent)
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("button", name="ABACAVIR ARROW 300 mg, comprimé pelliculé sécable")
    ).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_have_value("ABACAVIR ARROW 300 mg, comprimé pelliculé sécable")
    expect(page.locator("#name")).to_be_focused()
    expect(status).to_contain_text("Choisi")
    expect(page.locator("#medicaments button")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="ABACAVIR ARROW")).to_be_visible()
    expect(page).to_have_url(f"{ADDRESS}{TREATMENTS}")
    assert errors == []
