"""Two minutes before a visit ends, the page warns and offers to stay; without a script it says the hour."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.support.chromium import ADDRESS, NewPage, serve_through
from webapp.activation import walks
from webapp.web.states import World

MINUTES = 60 * 1000


def test_the_hour_is_said_once_there_is_something_to_lose(world: World) -> None:
    assert "se ferme à" not in world.walker.open("/activation/nouveau-code").page.text
    walks.identify(world)
    assert "se ferme à 10 h 45" in world.walker.page.text


def test_a_shared_computer_has_ten_minutes(world: World) -> None:
    world.walker.open("/").post(
        "/ordinateur-partage", {**world.walker.open("/").form("shared").fields, "shared": "y"}
    )
    walks.identify(world)
    assert "se ferme à 10 h 40" in world.walker.page.text


def test_a_warning_then_staying(world: World, new_page: NewPage) -> None:
    page = new_page(width=390)
    page.clock.install()
    serve_through(page, world.app)
    page.goto(ADDRESS + "/activation/nouveau-code")
    for name, value in walks.identity(walks.ADULT).items():
        if name == "card_type":
            page.check(f"input[name=card_type][value={value}]")
        else:
            page.fill(f"input[name={name}]", value)
    page.get_by_role("main").get_by_role("button", name="Continuer").click()
    warning = page.locator("#fin")
    expect(warning).to_contain_text("se ferme à")
    page.clock.fast_forward(12 * MINUTES)
    expect(warning).to_contain_text("se ferme à")
    world.forward(timedelta(minutes=14))
    page.clock.fast_forward(2 * MINUTES)
    expect(warning).to_have_role("alert")
    expect(warning).to_contain_text("dans 2 minutes")
    warning.get_by_role("button", name="Rester").click()
    expect(warning).to_be_focused()
    expect(warning).to_have_text("La session continue.")
    world.forward(timedelta(minutes=14))  # 28 minutes after the start: only staying kept it
    page.reload()
    expect(page).to_have_url(re.compile("/activation/nouveau-code/envoi$"))
