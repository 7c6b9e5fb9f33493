"""A clock that is set back prolongs nothing: neither a session, nor a step up, nor a code."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.crowd import client_of, hidden
from webapp.account import walks
from webapp.web.states import World

HOME, PROTECTED = "/accueil", "/compte/identifiant"
SWAP = {"HX-Request": "true"}
OTHER = "quelquun.87"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here; test_sessions_race.py has both."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def me(world: World) -> World:
    """Somebody signed in."""
    walks.make_account(world)
    walks.sign_in(world)
    return world


def token(world: World) -> str:
    cookie = client_of(world).get_cookie("visite")
    assert cookie is not None
    return cookie.value


def thief(world: World, stolen: str) -> FlaskClient:
    """Another browser that has this cookie."""
    client = world.app.test_client()
    client.set_cookie("visite", stolen)
    return client


def opens(client: FlaskClient, path: str = HOME) -> bool:
    """Say whether a browser is let in; nothing of the person is in what keeps it out."""
    answer = client.get(path)
    if answer.status_code == 200:
        return True
    assert answer.status_code == 303
    assert "Clairvernay" not in answer.text
    return False


# ---- a planted or a former id ----


@pytest.mark.parametrize("back", [timedelta(minutes=20), timedelta(hours=1), timedelta(days=1)])
def test_a_session_that_has_ended_does_not_live_again_in_the_past(me: World, back: timedelta) -> None:
    me.forward(timedelta(minutes=16))
    assert not opens(client_of(me))
    me.forward(-timedelta(minutes=16) - back)
    assert not opens(client_of(me))


def test_a_clock_set_back_does_not_prolong_a_session(me: World) -> None:
    """It began and was seen ahead of the clock: from the first page on, it ends by the clock as it is now."""
    me.forward(-timedelta(minutes=14))
    assert opens(client_of(me))
    me.forward(timedelta(minutes=15, seconds=1))
    assert not opens(client_of(me))


def test_nor_the_longest_session(me: World) -> None:
    lived = timedelta()
    while opens(client_of(me)):
        me.forward(timedelta(minutes=10))
        lived += timedelta(minutes=10)
        if lived.total_seconds() % 7200 == 0:
            me.forward(-timedelta(minutes=14))
        assert lived < timedelta(hours=15)
    assert lived >= timedelta(hours=11)


def test_a_clock_set_back_does_not_prolong_a_step_up(me: World) -> None:
    walks.prove_again(me)
    assert opens(client_of(me), PROTECTED)
    me.forward(-timedelta(minutes=5))
    assert client_of(me).get(PROTECTED).headers["Location"].startswith("/compte/confirmation")


def test_a_clock_set_back_does_not_prolong_a_code(world: World) -> None:
    walks.make_account(world)
    walks.give_password(world)
    code = walks.newest_access_code(world.app.extensions["engine"])
    world.forward(-timedelta(minutes=10))
    world.walker.open("/connexion/code")
    assert "expiré" in world.walker.page.text
    world.walker.open("/connexion/code")
    client = client_of(world)
    answer = client.post(
        "/connexion/code",
        data={"csrf_token": hidden(client.get("/connexion").text, "csrf_token"), "code": code},
    )
    assert answer.status_code == 422
    assert not opens(client)


def test_what_was_typed_is_not_found_ahead_of_the_clock(me: World) -> None:
    walks.prove_again(me)
    me.walker.open(PROTECTED)
    me.forward(timedelta(minutes=16))
    me.walker.send(identifier="prenom.nom-1")
    me.forward(-timedelta(minutes=5))
    assert "est gardé" not in me.walker.open("/connexion").page.text
