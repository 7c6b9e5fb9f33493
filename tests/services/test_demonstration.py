"""The page that shows what was sent: on this machine only, and never anything but letters of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.clock import Clock
from webapp import create_app
from webapp.config import Settings
from webapp.db.work import writing
from webapp.demonstration.folders import newest_letters
from webapp.demonstration.states import ADDRESS, STATES
from webapp.demonstration.views import FORWARDED
from webapp.mail.delivery import deliver_due
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.web.states import State, World


def send_code(app: Flask, clock: Clock, to: Destination, name: str = "Camille") -> None:
    settings = app.extensions["settings"]
    facts: dict[str, Any] = {"name": name, "for_child": False, "code": "K7QM2XWD9HTA", "minutes": 15}
    facts["until"] = clock.now + timedelta(minutes=15)
    with writing(app.extensions["engine"]) as session:
        put(session, render_letter("provisional-code", settings, **facts), to, clock.now)
    assert deliver_due(app.extensions["engine"], settings, clock).sent == 1


def test_nothing_sent_says_what_to_do(client: FlaskClient) -> None:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Rien n’a encore été envoyé" in page.text
    assert "espace-sante worker" in page.text


def test_letters_are_shown_newest_first_with_their_code_alone(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    send_code(app, clock, Destination("email", "camille@example.org"), "<b>Cam</b>")
    clock.forward(seconds=1)
    send_code(app, clock, Destination("sms", "+33799990001"))
    page = client.get(ADDRESS).text
    assert page.index("Par SMS au 07\u202f99\u202f99\u202f00\u202f01") < page.index(
        "Par e-mail à camille@example.org"
    )
    assert page.count('<strong class="code">K7QM 2XWD 9HTA</strong>') == 2
    assert '<a href="/activation/code">http://127.0.0.1:8000/activation/code</a>' in page
    assert "&lt;b&gt;Cam&lt;/b&gt;" in page
    assert "http-equiv" not in page


def test_a_letter_in_english_is_spoken_as_english(world: World, client: FlaskClient) -> None:
    next(state for state in STATES if state.name == "sent-english").arrange(world)
    page = client.get(ADDRESS).text
    assert page.count('<h2 lang="en">') == 2
    assert '<p lang="en">' in page
    assert '<p class="when" lang="en">' not in page
    next(state for state in STATES if state.name == "sent-one").arrange(world)
    assert client.get(ADDRESS).text.count("<h2>") == 1


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_can_be_reached(world: World, client: FlaskClient, state: State) -> None:
    state.arrange(world)
    page = client.get(state.address)
    assert page.status_code == state.status
    shown = {"sent-nothing": 0, "sent-one": 1, "sent-english": 2, "sent-many": 10}
    assert page.text.count("<article") == shown[state.name]


def test_it_is_light(world: World, client: FlaskClient) -> None:
    STATES[-1].arrange(world)
    client.get(ADDRESS)  # the stylesheet is known from then on
    page = client.get(ADDRESS, headers={"Accept-Encoding": "br"})
    print("bytes of the longest page:", len(page.data))
    assert page.headers["Content-Encoding"] == "br"
    assert len(page.data) < 8_000


@pytest.mark.parametrize(
    "change",
    [
        {"mail_url": "smtp://127.0.0.1:2525"},
        {"sms_url": "json://127.0.0.1:9/"},
        {"public_url": "https://localhost"},
        {"public_url": "https://espace.example.fr"},
    ],
)
def test_it_exists_only_for_folders_on_loopback(
    settings: Settings, clock: Clock, change: dict[str, str]
) -> None:
    app = create_app(settings.with_changes(**change), clock)
    host = change.get("public_url", "http://127.0.0.1:8000")
    assert app.test_client().get(ADDRESS, base_url=host).status_code == 404
    app.extensions["engine"].dispose()


def test_it_exists_only_for_clients_of_this_machine(
    client: FlaskClient, settings: Settings, clock: Clock
) -> None:
    assert client.get(ADDRESS, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    behind = create_app(settings.with_changes(trusted_proxies=("127.0.0.1",)), clock)
    page = behind.test_client().get(ADDRESS, headers={"X-Forwarded-For": "192.0.2.7"})
    assert page.status_code == 404
    behind.extensions["engine"].dispose()


@pytest.mark.parametrize("header", FORWARDED)
def test_what_a_tunnel_hands_on_is_not_this_machine(client: FlaskClient, header: str) -> None:
    assert client.get(ADDRESS, headers={header: "192.0.2.7"}).status_code == 404


def test_other_files_are_left_alone(settings: Settings) -> None:
    folder = settings.folder(settings.mail_url)
    folder.mkdir(parents=True)
    for name in ("notes.txt", ".hidden", "20260302T093000.000000Z-x.eml", "a.eml"):
        (folder / name).write_text("private")
    (folder / "20260302T093000.000000Z-00000000-0000-7000-8000-000000000000.eml").write_bytes(
        b"\xff not a mail"
    )
    (letter,) = newest_letters(settings, 5)
    assert letter.subject == "None" or letter.subject == ""
