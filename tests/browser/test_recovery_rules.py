"""The rules of a new password, ticked as one types: the fragment that the opening has, on the page of a recovery."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.arrival import Ground
from tests.support.chromium import NewPage
from tests.support.door import ADDRESS
from webapp.recovery import walks

RULES = "/activation/mot-de-passe/regles"


def _new_password(ground: Ground, new_page: NewPage, *, javascript: bool = True) -> Page:
    world, client = ground.fresh()
    walks.make_account(world)
    walks.prove(world)
    visit = client.get_cookie("visite")
    assert visit is not None
    page = new_page(320, javascript=javascript)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    page.goto(ADDRESS + walks.NEW)
    return page


def test_rules_are_ticked_as_one_types(ground: Ground, new_page: NewPage) -> None:
    page = _new_password(ground, new_page)
    page.focus("#password")
    with page.expect_response(f"**{RULES}") as answer:
        page.keyboard.type("Tramontane-9")
    assert answer.value.status == 200
    expect(page.locator("#regles [role=status]")).to_have_text("5 règles sur 5 respectées")
    assert page.evaluate("document.activeElement.id") == "password"
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page).to_have_url(f"{ADDRESS}/mot-de-passe-oublie/fait")


def test_without_a_script_the_same_password_is_taken(ground: Ground, new_page: NewPage) -> None:
    page = _new_password(ground, new_page, javascript=False)
    expect(page.locator("#regles-liste li")).to_have_count(5)
    page.fill("#password", walks.NEW_PASSWORD)
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page).to_have_url(f"{ADDRESS}/mot-de-passe-oublie/fait")
    expect(page.get_by_role("link", name="Me connecter")).to_be_visible()
