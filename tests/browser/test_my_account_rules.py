"""The rules of a new password, ticked as one types in Mon compte, by the fragment that the opening has."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.arrival import Ground
from tests.support.chromium import NewPage
from tests.support.door import ADDRESS
from webapp.account import walks
from webapp.my_account.walks import NEW_PASSWORD

RULES, PAGE = "/activation/mot-de-passe/regles", "/compte/mot-de-passe"


def test_rules_are_ticked_as_one_types(ground: Ground, new_page: NewPage) -> None:
    world, client = ground.fresh()
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
    visit = client.get_cookie("visite")
    assert visit is not None
    page = new_page(320, javascript=True)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    page.goto(ADDRESS + PAGE)
    page.focus("#password")
    with page.expect_response(f"**{RULES}") as answer:
        page.keyboard.type(NEW_PASSWORD)
    assert answer.value.status == 200
    expect(page.locator("#regles [role=status]")).to_have_text("5 règles sur 5 respectées")
    assert page.evaluate("document.activeElement.id") == "password"
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page).to_have_url(f"{ADDRESS}{PAGE}/fait")
