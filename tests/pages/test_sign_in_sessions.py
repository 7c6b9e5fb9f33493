"""A session from its first page to its end: a new id, no theft, no fixation, nothing left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.clock import Clock
from webapp import create_app
from webapp.account import walks
from webapp.config import Settings
from webapp.web.states import World
from webapp.web.walker import walk_in_process

Pair = tuple[World, FlaskClient]


@pytest.fixture
def signed_in(world: World) -> Pair:
    """Somebody signed in, and their browser."""
    walks.make_account(world)
    client = world.app.test_client()
    here = World(walk_in_process(client), world.app, world.forward)
    walks.sign_in(here)
    assert here.walker.address == "/bienvenue"
    return here, client


def cookie(client: FlaskClient, name: str = "visite") -> str | None:
    found = client.get_cookie(name)
    return found.value if found else None


def browser_with(world: World, token: str) -> FlaskClient:
    """Another browser that somehow has this cookie."""
    client = world.app.test_client()
    client.set_cookie("visite", token)
    return client


def test_the_id_changes_with_the_password_and_with_the_code(world: World) -> None:
    walks.make_account(world)
    client = world.app.test_client()
    here = World(walk_in_process(client), world.app, world.forward)
    here.walker.open("/connexion")
    tokens = [cookie(client)]
    walks.give_password(here)
    tokens.append(cookie(client))
    here.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    tokens.append(cookie(client))
    assert len(set(tokens)) == 3
    for old in tokens[:2]:
        assert browser_with(world, str(old)).get("/accueil").status_code == 303
    assert browser_with(world, str(tokens[2])).get("/accueil").status_code == 200


def test_a_planted_id_is_not_the_signed_in_one(world: World) -> None:
    walks.make_account(world)
    planted = "A" * 43
    victim = browser_with(world, planted)
    walks.sign_in(World(walk_in_process(victim), world.app, world.forward))
    assert victim.get("/accueil").status_code == 200
    assert browser_with(world, planted).get("/accueil").status_code == 303
    assert browser_with(world, planted).get("/connexion/code").status_code == 303


def test_a_cookie_stolen_before_the_sign_out_is_worth_nothing_after(signed_in: Pair) -> None:
    here, client = signed_in
    token = str(cookie(client))
    here.walker.send(action="/deconnexion")
    assert here.walker.address == "/deconnexion"
    assert here.walker.page.h1 == "La session est fermée"
    assert browser_with(here, token).get("/accueil").status_code == 303


def test_signing_out_clears_the_browser(signed_in: Pair) -> None:
    here, client = signed_in
    fields = here.walker.form(action="/deconnexion").fields
    answer = client.post("/deconnexion", data=fields)
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert cookie(client) is None
    assert cookie(client, "style") is None
    assert cookie(client, "appareil")  # or a stranger who tries passwords would keep the owner waiting
    assert client.get("/accueil").headers["Location"] == "/connexion"


def test_signing_out_twice_changes_nothing(signed_in: Pair) -> None:
    here, client = signed_in
    token, fields = str(cookie(client)), here.walker.form(action="/deconnexion").fields
    assert client.post("/deconnexion", data=fields).status_code == 303
    assert browser_with(here, token).post("/deconnexion", data=fields).status_code == 303


def test_a_forged_sign_out_is_refused(signed_in: Pair) -> None:
    _here, client = signed_in
    assert client.post("/deconnexion").status_code == 403
    assert client.get("/deconnexion").status_code == 200
    assert client.get("/accueil").status_code == 200


def test_a_session_ends_by_itself_and_says_so(signed_in: Pair) -> None:
    here, _client = signed_in
    here.forward(timedelta(minutes=14))
    assert here.walker.open("/accueil").address == "/accueil"
    here.forward(timedelta(minutes=14))
    assert here.walker.open("/accueil").address == "/accueil"
    here.forward(timedelta(minutes=16))
    here.walker.open("/accueil")
    assert here.walker.address == "/connexion"
    assert "Ma session a pris fin" in here.walker.page.text
    walks.sign_in(here)
    assert here.walker.address == "/bienvenue"


def test_a_shared_computer_gets_ten_minutes_and_is_not_remembered(world: World) -> None:
    walks.make_account(world)
    client = world.app.test_client()
    client.set_cookie("partage", "1")
    here = World(walk_in_process(client), world.app, world.forward)
    walks.sign_in(here)
    assert "se ferme après 10 minutes sans activité, à 10 h 40 (heure de Paris)" in here.walker.page.text
    assert cookie(client, "appareil") is None
    here.forward(timedelta(minutes=11))
    here.walker.open("/accueil")
    assert "après 10 minutes" in here.walker.page.text
    walks.sign_in(here)
    fields = here.walker.form(action="/deconnexion").fields
    answer = client.post("/deconnexion", data=fields)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.delete_cookie("partage")  # as Clear-Site-Data does
    client.get(answer.headers["Location"])
    assert cookie(client, "partage") == "1"


@pytest.mark.parametrize(("site", "shared"), [("cross-site", None), ("same-origin", "1"), ("none", "1")])
def test_a_link_from_elsewhere_makes_no_computer_a_shared_one(
    world: World, site: str, shared: str | None
) -> None:
    client = world.app.test_client()
    page = client.get("/deconnexion?partage=1", headers={"Sec-Fetch-Site": site})
    assert page.status_code == 200
    assert cookie(client, "partage") == shared


def test_a_session_ends_after_twelve_hours_however_busy(signed_in: Pair) -> None:
    here, client = signed_in
    statuses = []
    for _ in range(12 * 6):
        here.forward(timedelta(minutes=10))
        statuses.append(client.get("/accueil").status_code)
    assert statuses == [200] * (12 * 6 - 1) + [303]


def test_a_clock_set_back_a_little_ends_nothing(signed_in: Pair) -> None:
    here, client = signed_in
    here.forward(timedelta(minutes=-14))
    assert client.get("/accueil").status_code == 200


def test_an_expired_session_inside_a_swap_loads_the_whole_page(signed_in: Pair) -> None:
    here, client = signed_in
    here.forward(timedelta(minutes=16))
    answer = client.get("/accueil", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/connexion"
    assert answer.get_data() == b""


def test_two_tabs_are_one_session(signed_in: Pair) -> None:
    here, client = signed_in
    other = walk_in_process(client).open("/aide")
    assert other.form(action="/deconnexion").method == "post"
    here.walker.send(action="/deconnexion")
    assert other.open("/accueil").address == "/connexion"


def test_signed_in_pages_are_marked_and_never_stored(signed_in: Pair) -> None:
    here, client = signed_in
    answer = client.get("/accueil")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<body data-private>" in here.walker.body
    assert "<body>" in here.walker.open("/connexion").open("/deconnexion").send(action="").body


def test_cookies_of_flask_login_mean_nothing(world: World) -> None:
    client = world.app.test_client()
    for value in ("1|" + "0" * 128, "x", "é|é"):
        client.set_cookie("remember_token", value)
        client.set_cookie("session", value)
        assert client.get("/accueil").headers["Location"] == "/connexion"


def test_only_our_own_cookies_are_set(signed_in: Pair) -> None:
    _here, client = signed_in
    assert {
        name for name in ("visite", "style", "appareil", "session", "remember_token") if cookie(client, name)
    } == {
        "visite",
        "style",
        "appareil",
    }


def test_under_https_cookies_are_bound_to_the_host(
    settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = settings.with_changes(public_url="https://localhost")
    monkeypatch.setitem(world.app.extensions, "settings", secure)
    walks.make_account(world)
    client = world.app.test_client()
    client.get("/connexion", base_url="https://localhost")
    here = World(walk_in_process(client), world.app, world.forward)

    def fetch(method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
        with client.open(path, method=method, data=fields, base_url="https://localhost") as answer:
            cookies.extend(answer.headers.getlist("Set-Cookie"))
            return answer.status_code, answer.headers.get("Location"), answer.get_data(as_text=True)

    cookies: list[str] = []
    here.walker._fetch = fetch
    walks.sign_in(here)
    assert here.walker.address == "/bienvenue"
    set_here = [one for one in cookies if "visite" in one or "appareil" in one]
    assert {one.split("=")[0] for one in set_here} == {"__Host-visite", "__Host-appareil"}
    assert all("Secure" in one and "HttpOnly" in one and "Path=/" in one for one in set_here)


@pytest.mark.one_database("nothing is stored")
def test_a_shared_computer_stays_one_behind_https(settings: Settings, clock: Clock) -> None:
    """Its cookie has another name there: under the plain one nobody would read it."""
    app = create_app(settings.with_changes(public_url="https://espace.example.fr"), clock)
    client = app.test_client()
    page = client.get("/deconnexion?partage=1", base_url="https://espace.example.fr")
    named = {line.split("=", 1)[0] for line in page.headers.getlist("Set-Cookie")}
    assert "__Host-partage" in named
    assert all(name.startswith("__Host-") for name in named)
    app.extensions["engine"].dispose()
