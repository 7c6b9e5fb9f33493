"""A clock that is set back prolongs nothing: neither a session, nor a step up, nor a code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.crowd import client_of, hidden
from tests.support.people import opens
from webapp.account import walks
from webapp.web.states import World

HOME, PROTECTED = "/accueil", "/compte/identifiant"
SWAP = {"HX-Request": "true"}
OTHER = "quelquun.87"


pytestmark = pytest.mark.one_database("test_sessions_race.py has both")


# ---- a planted or a former id ----


@pytest.mark.parametrize("back", [timedelta(minutes=20), timedelta(hours=1), timedelta(days=1)])
def test_a_session_that_has_ended_does_not_live_again_in_the_past(signed_in: World, back: timedelta) -> None:
    signed_in.forward(timedelta(minutes=16))
    assert not opens(client_of(signed_in))
    signed_in.forward(-timedelta(minutes=16) - back)
    assert not opens(client_of(signed_in))


def test_a_clock_set_back_does_not_prolong_a_session(signed_in: World) -> None:
    """It began and was seen ahead of the clock: from the first page on, it ends by the clock as it is now."""
    signed_in.forward(-timedelta(minutes=14))
    assert opens(client_of(signed_in))
    signed_in.forward(timedelta(minutes=15, seconds=1))
    assert not opens(client_of(signed_in))


def test_nor_the_longest_session(signed_in: World) -> None:
    lived = timedelta()
    while opens(client_of(signed_in)):
        signed_in.forward(timedelta(minutes=10))
        lived += timedelta(minutes=10)
        if lived.total_seconds() % 7200 == 0:
            signed_in.forward(-timedelta(minutes=14))
        assert lived < timedelta(hours=15)
    assert lived >= timedelta(hours=11)


def test_a_clock_set_back_does_not_prolong_a_step_up(signed_in: World) -> None:
    walks.prove_again(signed_in)
    assert opens(client_of(signed_in), PROTECTED)
    signed_in.forward(-timedelta(minutes=5))
    assert client_of(signed_in).get(PROTECTED).headers["Location"].startswith("/compte/confirmation")


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


def test_what_was_typed_is_not_found_ahead_of_the_clock(signed_in: World) -> None:
    walks.prove_again(signed_in)
    signed_in.walker.open(PROTECTED)
    signed_in.forward(timedelta(minutes=16))
    signed_in.walker.send(identifier="prenom.nom-1")
    signed_in.forward(-timedelta(minutes=5))
    assert "est gardé" not in signed_in.walker.open("/connexion").page.text
