"""The first questions by htmx: the question is swapped with its counter; address, title and focus follow."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from tests.support.arrival import Ground
from tests.support.chromium import NewPage
from tests.support.door import ADDRESS
from webapp.account import walks

MINUTES = 60 * 1000
FIRST = f"{ADDRESS}/bienvenue/question/1"


def _inside(ground: Ground, new_page: NewPage, javascript: bool = True, *, slow: bool = False) -> Page:
    world, client = ground.fresh()
    walks.make_account(world)
    walks.sign_in(world)
    visit = client.get_cookie("visite")
    assert visit is not None
    page = new_page(320, javascript=javascript)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    if slow:
        page.clock.install()
    page.goto(FIRST)
    return page


def _press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_a_question_takes_the_place_of_the_one_before(ground: Ground, new_page: NewPage) -> None:
    page = _inside(ground, new_page)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.fill("#height_m", "grand")
    _press(page, "Continuer")
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page).to_have_title(re.compile("^Erreur"))
    page.fill("#height_m", "1,72")
    _press(page, "Continuer")
    expect(page.locator("h1")).to_have_text(re.compile("poids"))
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_url(re.compile("/bienvenue/question/2$"))
    expect(page).to_have_title(re.compile(r"^Quel est mon poids\s\? Question 2 sur 5 – "))
    expect(page.locator("#erreurs")).to_have_count(0)
    assert page.locator("h1, .steps").count() == 2
    assert page.evaluate("document.body.dataset.same") == "yes"  # the page was never loaded again
    _press(page, "Passer cette question")
    expect(page).to_have_url(re.compile("/bienvenue/question/3$"))
    page.reload()
    expect(page.locator(".steps p")).to_have_text("Question 3 sur 5")
    page.check("input[value=yes]")
    page.fill("#details", "Asthme")
    _press(page, "Continuer")
    for number in (4, 5):
        expect(page.locator(".steps p")).to_have_text(f"Question {number} sur 5")
        page.check("input[value=no]")
        _press(page, "Continuer")
    expect(page).to_have_url(re.compile("/bienvenue/merci$"))
    for said in ("1,72", "Asthme", "Aucun traitement", "Aucune allergie connue"):
        expect(page.locator("main")).to_contain_text(said)


def test_the_hour_at_which_the_session_ends_follows(ground: Ground, new_page: NewPage) -> None:
    page = _inside(ground, new_page, slow=True)
    ending = page.locator("#fin")
    expect(ending).to_contain_text("10\u202fh\u202f45")
    ground.clock.now += timedelta(minutes=10)
    page.clock.fast_forward(10 * MINUTES)
    _press(page, "Passer cette question")
    expect(page.locator("h1")).to_have_text(re.compile("poids"))
    expect(ending).to_contain_text("10\u202fh\u202f55")
    page.clock.fast_forward(4 * MINUTES)  # two minutes before the hour that the first page said
    assert ending.get_attribute("role") is None
    page.clock.fast_forward(9 * MINUTES)
    expect(ending).to_have_role("alert")


def test_a_network_that_fails_is_said_and_a_page_never_lands_in_a_page(
    ground: Ground, new_page: NewPage
) -> None:
    page = _inside(ground, new_page)
    answers = ["cut", "busy"]

    def stand_in(route: Route) -> None:
        if route.request.method == "GET" or not answers:
            route.continue_()
        elif answers.pop(0) == "cut":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=503, body="<h1>Trop de monde</h1>", content_type="text/html")

    page.route("**/bienvenue/question/*", stand_in)
    _press(page, "Passer cette question")
    expect(page.get_by_role("alert")).to_contain_text("Pas de réponse du réseau")
    expect(page.locator("#question form")).not_to_have_attribute("aria-busy", "true")
    _press(page, "Passer cette question")  # the 503 is not shown in the page: the form goes again, as a page
    expect(page).to_have_url(re.compile("/bienvenue/question/2$"))
    expect(page.locator("h1")).to_have_text(re.compile("poids"))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_going_back_shows_the_question_before(ground: Ground, new_page: NewPage) -> None:
    page = _inside(ground, new_page)
    page.fill("#height_m", "172")
    _press(page, "Continuer")
    expect(page).to_have_url(re.compile("/bienvenue/question/2$"))
    page.go_back()
    expect(page.locator(".steps p")).to_have_text("Question 1 sur 5")
    expect(page.locator("#height_m")).to_have_value(re.compile("1,72"))


def test_without_a_script_they_are_whole_pages(ground: Ground, new_page: NewPage) -> None:
    page = _inside(ground, new_page, javascript=False)
    page.fill("#height_m", "172")
    _press(page, "Continuer")
    expect(page).to_have_url(re.compile("/bienvenue/question/2$"))
    for number in range(3, 6):
        _press(page, "Passer cette question")
        expect(page).to_have_url(re.compile(f"/bienvenue/question/{number}$"))
    _press(page, "Passer cette question")
    expect(page).to_have_url(re.compile("/bienvenue/merci$"))
