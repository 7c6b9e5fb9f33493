"""Each exchange by htmx has a twin: what the fragment makes of the page is what the server renders."""

from __future__ import annotations

from playwright.sync_api import Page, Request, expect

from tests.support.arrival import Ground
from tests.support.chromium import NewPage
from tests.support.door import ADDRESS
from webapp.activation import walks
from webapp.web.states import World

RULES = "/activation/mot-de-passe/regles"


def _identifiers(
    ground: Ground, new_page: NewPage, headers: dict[str, str] | None = None
) -> tuple[Page, World]:
    """The page of identifiers, in a browser that holds the visit that walked there."""
    world, client = ground.fresh()
    walks.to_identifiers(world)
    visit = client.get_cookie("visite")
    assert visit is not None
    page = new_page(320)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    page.set_extra_http_headers(headers or {})
    return page, world


def _asked(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url.removeprefix(ADDRESS)))
    return found


def test_rules_are_ticked_as_the_server_would(ground: Ground, new_page: NewPage) -> None:
    """The fragment replaces the list; the focus and what is typed stay; the short sentence alone is live."""
    page, _world = _identifiers(ground, new_page)
    page.goto(f"{ADDRESS}/activation/identifiants")
    untouched = page.locator("#regles").evaluate("one => one.outerHTML")
    page.focus("#password")
    with page.expect_response(f"**{RULES}") as answer:
        page.keyboard.type("Sardine-9")
    assert answer.value.status == 200
    assert "<html" not in answer.value.text()
    status = page.locator("#regles [role=status]")
    expect(status).to_have_text("5 règles sur 5 respectées")
    assert page.evaluate("document.activeElement.id") == "password"
    assert page.input_value("#password") == "Sardine-9"
    assert page.locator("[role=status], [aria-live]").count() == 1
    assert page.locator("#regles-liste .kept").count() == 5
    with page.expect_response(f"**{RULES}"):
        page.fill("#password", "")
    expect(status).to_have_text("0 règle sur 5 respectée")
    assert _shape(page.locator("#regles").evaluate("one => one.outerHTML")) == _shape(untouched)


def test_what_is_typed_stays_out_of_addresses_and_comes_once(ground: Ground, new_page: NewPage) -> None:
    """Debounced: a word typed quickly asks once, by POST, without the password in any address."""
    page, _world = _identifiers(ground, new_page)
    page.goto(f"{ADDRESS}/activation/identifiants")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    with page.expect_response(f"**{RULES}"):
        page.type("#password", "Sardine")
    expect(page.locator("#regles [role=status]")).to_have_text("2 règles sur 5 respectées")
    rules = [one for one in sent if one.url.endswith(RULES)]
    assert [one.method for one in rules] == ["POST"]
    assert not any("Sardine" in one.url for one in sent)


def test_the_password_can_be_shown_and_is_hidden_when_sent(ground: Ground, new_page: NewPage) -> None:
    page, _world = _identifiers(ground, new_page)
    page.goto(f"{ADDRESS}/activation/identifiants")
    page.fill("#password", "x")
    page.get_by_role("button", name="Afficher le mot de passe").click()
    assert page.get_attribute("#password", "type") == "text"
    expect(page.get_by_role("button", name="Masquer le mot de passe")).to_be_visible()
    page.get_by_role("button", name="Ouvrir l’espace").click()
    expect(page).to_have_title("Erreur\u202f: Choisir mes identifiants – Mon espace santé")
    assert page.get_attribute("#password", "type") == "password"


def test_without_a_script_nothing_is_missed(ground: Ground, new_page: NewPage) -> None:
    """Only what `.js` names is away: the show button; rules, fields and buttons are all there."""
    world, client = ground.fresh()
    walks.to_identifiers(world)
    visit = client.get_cookie("visite")
    assert visit is not None
    page = new_page(320, javascript=False)
    page.context.add_cookies([{"name": "visite", "value": visit.value, "url": ADDRESS}])
    page.goto(f"{ADDRESS}/activation/identifiants")
    expect(page.locator(".js")).to_be_hidden()
    expect(page.locator("#regles-liste li")).to_have_count(5)
    page.fill("#identifier", walks.IDENTIFIER)
    page.fill("#password", walks.PASSWORD)
    page.get_by_role("button", name="Ouvrir l’espace").click()
    expect(page).to_have_url(f"{ADDRESS}/activation/terminee")


def test_save_data_stops_what_was_not_asked_for(ground: Ground, new_page: NewPage) -> None:
    """No prefetch, nothing that polls: two seconds after a first visit, only the page and its own files came."""
    ground.fresh()
    for headers, prefetched in (({}, True), ({"Save-Data": "on"}, False)):
        page = new_page(320)
        page.set_extra_http_headers(headers)
        asked = _asked(page)
        page.goto(f"{ADDRESS}/")
        assert (page.locator("link[rel=prefetch]").count() == 1) is prefetched
        assert page.locator("[hx-trigger*=every], [hx-trigger*=load]").count() == 0
        assert [one for one in asked if one.startswith("/static/look")] == [] or prefetched


def _shape(html: str) -> str:
    return "".join(html.split()).replace('class=""', "")
