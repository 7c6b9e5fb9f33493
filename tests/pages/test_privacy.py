"""A visit: whose it is, how long it lives, what its cookie tells, and what is left of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.clock import Clock
from tests.support.crowd import hidden
from webapp import create_app
from webapp.activation import walks
from webapp.config import Settings
from webapp.db.vault import current_vault
from webapp.db.work import writing
from webapp.web.models import VisitRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process

CODE, IDENTIFY, DECISION = "/activation/code", "/activation/nouveau-code", "/activation/decision"
LATER = (
    DECISION,
    "/activation/profils",
    "/activation/opposition/justificatif",
    "/activation/nouveau-code/envoi",
)


def in_browser(world: World) -> tuple[FlaskClient, World]:
    client = world.app.test_client()
    return client, World(walk_in_process(client), world.app, world.forward)


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("visite")
    assert found is not None
    return found.value


def test_a_planted_id_sees_nothing_of_what_is_typed_and_proven(world: World) -> None:
    """Whoever gave me their id learns neither my number, nor my masked contacts, nor my decision."""
    thief, _ = in_browser(world)
    thief.get(CODE)
    planted = cookie(thief)
    victim, mine = in_browser(world)
    victim.set_cookie("visite", planted)

    walks.identify(mine)
    assert cookie(victim) != planted
    page = thief.get(IDENTIFY).get_data(as_text=True)
    assert walks.ADULT.nir not in page.replace("\u202f", "")
    assert walks.ADULT.card_serial not in page
    assert thief.get("/activation/nouveau-code/envoi").headers["Location"] == IDENTIFY
    identified = cookie(victim)

    mine.walker.send(channel="email").send(code=walks.newest_code(world.app.extensions["engine"]))
    assert mine.walker.address == DECISION
    assert cookie(victim) not in (planted, identified)
    for old in (planted, identified):
        thief.set_cookie("visite", old)
        for address in LATER:
            assert thief.get(address).status_code == 303


@pytest.mark.parametrize(("shared", "minutes"), [(False, 15), (True, 10)], ids=["own", "shared"])
def test_a_visit_ends_when_idle(world: World, clock: Clock, shared: bool, minutes: int) -> None:
    client, mine = in_browser(world)
    if shared:
        client.set_cookie("partage", "1")
    walks.prove(mine)
    for _ in range(3):  # each page starts the time again
        clock.forward(minutes=minutes)
        assert client.get(DECISION).status_code == 200
    clock.forward(minutes=minutes, seconds=1)
    for address in LATER:
        assert client.get(address).status_code == 303
    assert mine.walker.open(DECISION).address == CODE


def test_what_was_typed_is_found_again_but_never_on_a_shared_computer(world: World) -> None:
    for shared in (False, True):
        client, mine = in_browser(world)
        if shared:
            client.set_cookie("partage", "1")
        walks.identify(mine)
        found = mine.walker.open(IDENTIFY).body.replace("\u202f", "").replace(" ", "")
        assert (walks.ADULT.card_serial in found) is not shared


def test_nothing_is_reachable_after_the_end(world: World) -> None:
    client, mine = in_browser(world)
    walks.oppose(mine)
    kept = cookie(client)
    form = mine.walker.open(DECISION)
    token = hidden(form.body, "csrf_token")
    mine.walker.post("/activation/fin", {"csrf_token": token})
    assert mine.walker.address == "/activation/fin"
    assert client.get_cookie("visite") is None or cookie(client) != kept
    for value in (kept, None):
        if value:
            client.set_cookie("visite", value)
        for address in LATER:
            assert client.get(address).status_code == 303
    assert client.post(DECISION, data={"csrf_token": token, "decision": "activate"}).status_code in (303, 403)
    assert client.get(DECISION).status_code == 303


def test_cookies_hold_random_ids_alone(world: World) -> None:
    client, mine = in_browser(world)
    seen = set()
    for arrange in (walks.identify, walks.prove, walks.oppose):
        arrange(mine)
        seen.add(cookie(client))
    assert all(len(value) >= 43 and value.replace("-", "").replace("_", "").isalnum() for value in seen)


@pytest.mark.parametrize("public_url", ["https://localhost:8443", "https://espace.example.fr"])
def test_cookies_and_headers_under_https(settings: Settings, clock: Clock, public_url: str) -> None:
    app = create_app(settings.with_changes(public_url=public_url), clock)
    try:
        host = public_url.removeprefix("https://")
        answer = app.test_client(use_cookies=False).get(CODE, headers={"Host": host})
        assert answer.status_code == 200
        assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]
        cookies = answer.headers.getlist("Set-Cookie")
        visit = next(line for line in cookies if line.startswith("__Host-visite="))
        for line in cookies:
            assert "; Secure" in line
            assert "HttpOnly" in line
            assert "SameSite=Lax" in line
        assert "Path=/" in visit
        assert "Domain" not in visit
        bare = app.test_client(use_cookies=False)
        bare_cookie = {"Cookie": "visite=" + "a" * 44, "Host": host}
        assert "__Host-visite=" in str(
            bare.get(CODE, headers=bare_cookie).headers
        )  # the bare name is not read
    finally:
        app.extensions["engine"].dispose()


def test_a_foreign_host_in_production(settings: Settings, clock: Clock) -> None:
    app = create_app(settings.with_changes(public_url="https://espace.example.fr"), clock)
    try:
        for host, status in (
            ("espace.example.fr", 200),
            ("ESPACE.example.fr", 200),
            ("espace.example.fr:443", 200),
            ("localhost", 400),
            ("127.0.0.1:8000", 400),
            ("espace.example.fr.evil.example", 400),
            ("espace.example.fr:8443", 400),
        ):
            assert app.test_client().get("/", headers={"Host": host}).status_code == status, host
    finally:
        app.extensions["engine"].dispose()


def test_cookies_and_headers_under_http(client: FlaskClient) -> None:
    answer = client.get(CODE)
    assert "Strict-Transport-Security" not in answer.headers
    for line in answer.headers.getlist("Set-Cookie"):
        assert "Secure" not in line
        assert "__Host-" not in line


def test_pages_behind_a_code_are_never_stored(world: World) -> None:
    client, mine = in_browser(world)
    walks.oppose(mine)
    for address in LATER[:3]:
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_clock_is_of_the_visit_and_not_of_the_browser(world: World, app: Flask, clock: Clock) -> None:
    """Giving the shared-computer cookie up does not bring a visit back to life after fifteen minutes."""
    client, mine = in_browser(world)
    walks.prove(mine)
    clock.now += timedelta(minutes=15, seconds=1)
    for value in ("", "0", "1", "yes"):
        client.set_cookie("partage", value)
        assert client.get(DECISION).status_code == 303


def test_a_visit_outlives_a_deployment(world: World, app: Flask) -> None:
    """A visit kept by another release, with a field that this one does not have, goes on."""
    client, mine = in_browser(world)
    walks.prove(mine)
    with writing(app.extensions["engine"]) as session:
        row = session.scalars(select(VisitRow)).one()
        vault = current_vault()
        kept = vault.unseal(VisitRow.__tablename__, row.id, row.sealed)
        kept["journey"]["of_another_release"] = True
        row.sealed = vault.seal(VisitRow.__tablename__, row.id, kept)
    assert client.get(DECISION).status_code == 200
