"""Downloading the archive of whoever is signed in, and opening it."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from werkzeug.test import TestResponse

from tests.support.crowd import client_of, hidden
from tests.support.people import enter
from webapp.account import walks
from webapp.web.states import World

PATH = "/compte/telecharger"


def ask(world: World) -> TestResponse:
    """Press the button of the page, as whoever is signed in and proved it again."""
    client = client_of(world)
    page = client.get(PATH).text
    return client.post(PATH, data={name: hidden(page, name) for name in ("csrf_token", "once")})


def files(world: World) -> tuple[dict[str, Any], str]:
    """What `donnees.json` says, and the text of `lisez-moi.html`."""
    answer = ask(world)
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["donnees.json", "lisez-moi.html"]
        return json.loads(archive.read("donnees.json")), archive.read("lisez-moi.html").decode()


@pytest.fixture
def home(world: World) -> World:
    """Somebody signed in, the password given again; somebody else has an account too."""
    walks.make_account(world, walks.PARENT, identifier="quelquun.82", opens=(walks.PARENT, walks.CHILD))
    walks.make_account(world)
    enter(world)
    return world
