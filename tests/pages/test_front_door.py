"""The front door, the shared computer, and what machines ask for."""

from __future__ import annotations

from pathlib import Path

import brotli
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.config import Settings
from webapp.web.states import World

FIRST_VISIT_BYTES = 4_800


def test_three_ways_in_and_a_way_without_internet(world: World) -> None:
    addresses = {href for href, _words in world.walker.open("/").page.links}
    assert {"/activation/code", "/activation/nouveau-code", "/connexion", "/aide#sans-internet"} <= addresses


def test_the_first_visit_is_one_packet_or_so(client: FlaskClient) -> None:
    with client.get("/", headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert len(answer.data) <= FIRST_VISIT_BYTES
        assert b"<style" in brotli.decompress(answer.data)
    with client.get("/") as again:
        assert b"<style" not in again.data


def test_a_shared_computer_is_said_and_can_be_undone(world: World) -> None:
    walker = world.walker.open("/")
    fields = walker.form("shared").fields
    walker.post("/ordinateur-partage", {**fields, "shared": "y"})
    assert "10 minutes" in walker.page.text
    walker.post("/ordinateur-partage", {**walker.form("shared").fields, "shared": "n"})
    assert "10 minutes" not in walker.page.text


def test_cookies_are_host_bound_with_https(settings: Settings) -> None:
    app: Flask = create_app(settings.with_changes(public_url="https://localhost"))
    with app.test_client().get("/", base_url="https://localhost") as answer:
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-")
            assert "Secure" in cookie
            assert "HttpOnly" in cookie
            assert "Path=/" in cookie
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    app.extensions["engine"].dispose()


def test_ready_once_migrated(client: FlaskClient, settings: Settings, tmp_path: Path) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    empty = create_app(settings.with_changes(database_url=f"sqlite:///{tmp_path}/empty.db"))
    assert empty.test_client().get("/healthz").status_code == 200
    answer = empty.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "migration" in answer.get_data(as_text=True)
    empty.extensions["engine"].dispose()
