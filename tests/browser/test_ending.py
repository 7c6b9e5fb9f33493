"""Two minutes before a visit ends, the page warns and offers to stay; without a script it says the hour."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import NewPage
from tests.support.crowd import client_of
from tests.support.door import ADDRESS
from webapp.account import walks as account
from webapp.activation import walks
from webapp.web.states import World

pytestmark = pytest.mark.one_database("sessions end on both in tests/pages/test_sign_in_sessions.py")

MINUTES = 60 * 1000


def test_the_hour_is_said_once_there_is_something_to_lose(world: World) -> None:
    assert "se ferme après" not in world.walker.open("/activation/nouveau-code").page.text
    walks.identify(world)
    assert "se ferme après 15 minutes sans activité, à 10 h 45 (heure de Paris)" in world.walker.page.text


def test_a_shared_computer_has_ten_minutes(world: World) -> None:
    world.walker.open("/").post(
        "/ordinateur-partage", {**world.walker.open("/").form("shared").fields, "shared": "y"}
    )
    walks.identify(world)
    assert "se ferme après 10 minutes sans activité, à 10 h 40 (heure de Paris)" in world.walker.page.text


def test_a_warning_then_staying(world: World, new_page: NewPage) -> None:
    page = new_page(width=390)
    page.clock.install()
    page.goto(ADDRESS + "/activation/nouveau-code")
    for name, value in walks.identity(walks.ADULT).items():
        if name == "card_type":
            page.check(f"input[name=card_type][value={value}]")
        else:
            page.fill(f"input[name={name}]", value)
    page.get_by_role("main").get_by_role("button", name="Continuer").click()
    warning = page.locator("#fin")
    expect(warning).to_contain_text("se ferme après")
    page.clock.fast_forward(12 * MINUTES)
    expect(warning).to_contain_text("se ferme après")
    world.forward(timedelta(minutes=14))
    page.clock.fast_forward(1 * MINUTES)
    expect(warning).to_have_role("alert")
    expect(warning).to_contain_text("dans 2 minutes")
    warning.get_by_role("button", name="Rester").click()
    expect(warning).to_be_focused()
    expect(warning).to_contain_text("La session continue. Cette session se ferme après")
    expect(warning).to_contain_text("10 h 59".replace(" ", "\u202f"))
    world.forward(timedelta(minutes=14))  # 28 minutes after the start: only staying kept it
    page.reload()
    expect(page).to_have_url(re.compile("/activation/nouveau-code/envoi$"))


def signed_in_page(world: World, page: Page, path: str) -> None:
    """Open a page as somebody who signed in and proved again who they are."""
    account.make_account(world)
    account.sign_in(world)
    account.prove_again(world)
    with_its_session(world, page, path)


def test_a_page_with_htmx_warns_too_and_a_swap_changes_nothing(world: World, new_page: NewPage) -> None:
    page = new_page(width=320)
    signed_in_page(world, page, "/compte/mot-de-passe")
    assert page.locator("script[src*=htmx]").count() == 1
    warning = page.locator("#fin")
    expect(warning).not_to_be_in_viewport()
    page.fill("[name=password]", "Goéland")
    page.clock.run_for(600)
    expect(page.locator("#regles")).to_contain_text("sur 5 respectées")
    expect(warning).to_contain_text("se ferme après")
    page.clock.fast_forward(13 * MINUTES)
    expect(warning).to_have_role("alert")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(warning).to_be_in_viewport(ratio=1)  # wherever one reads: the end of the page is elsewhere
    assert page.input_value("[name=password]") == "Goéland"  # neither warning nor staying takes what is typed
    world.forward(timedelta(minutes=14))
    warning.get_by_role("button", name="Rester").click()
    expect(warning).to_be_focused()
    expect(page.locator("[name=password]")).to_be_in_viewport()  # staying does not take one away from it
    assert page.input_value("[name=password]") == "Goéland"


def test_nothing_is_asked_while_one_reads(world: World, new_page: NewPage) -> None:
    page = new_page()
    signed_in_page(world, page, "/compte/connexions")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(13 * MINUTES)
    expect(page.locator("#fin")).to_have_role("alert")
    page.clock.fast_forward(3 * MINUTES)
    expect(page.locator("#fin")).to_contain_text("la session est fermée")
    prolonging = [
        url for url in asked if not url.endswith("/messagerie/non-lus?vu=1")
    ]  # that one prolongs nothing
    assert prolonging == []


def test_staying_too_late_leads_to_the_sign_in_page(world: World, new_page: NewPage) -> None:
    page = new_page()
    signed_in_page(world, page, "/compte/connexions")
    page.clock.fast_forward(13 * MINUTES)
    world.forward(timedelta(minutes=16))
    page.locator("#fin").get_by_role("button", name="Rester").click()
    expect(page).to_have_url(re.compile("/connexion"))
    expect(page.get_by_role("main")).to_contain_text("Ma session a pris fin")


def test_the_longest_session_is_warned_of_and_cannot_be_prolonged(world: World, new_page: NewPage) -> None:
    page = new_page(width=320)
    account.make_account(world)
    account.sign_in(world)
    for _ in range(71):
        world.forward(timedelta(minutes=10))
        world.walker.open("/accueil")
    with_its_session(world, page, "/accueil")
    warning = page.locator("#fin")
    expect(warning).to_contain_text("elle ne dure jamais plus de 12 heures")
    page.clock.fast_forward(9 * MINUTES)
    expect(warning).to_have_role("alert")
    expect(warning).to_contain_text("dans 1 minute")
    expect(warning.get_by_role("button")).to_have_count(0)


def test_what_is_typed_is_not_thrown_away_with_the_session(world: World, new_page: NewPage) -> None:
    page = new_page()
    signed_in_page(world, page, "/compte/identifiant")
    page.fill("[name=identifier]", "autre.nom-1")
    page.clock.fast_forward(13 * MINUTES)
    world.forward(timedelta(minutes=16))
    page.locator("#fin").get_by_role("button", name="Rester").click()
    expect(page.locator("#fin")).to_contain_text("je le retrouverai après la connexion")
    page.get_by_role("main").locator("form button").last.click()
    expect(page.get_by_role("main")).to_contain_text("Ce que je venais d’écrire est gardé")


def with_its_session(world: World, page: Page, path: str) -> None:
    """Open a page with the session of the world's own browser."""
    cookie = client_of(world).get_cookie("visite")
    assert cookie is not None
    page.context.add_cookies([{"name": "visite", "value": cookie.value, "url": ADDRESS}])
    page.clock.install()
    page.goto(ADDRESS + path)
