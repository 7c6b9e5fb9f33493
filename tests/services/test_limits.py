"""Limits as a visitor meets them: how many, how long, for whom, and never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.clock import Clock
from tests.support.crowd import client_of
from webapp.activation import walks
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.limits import rules
from webapp.limits.service import TooMany, add_failure, check_address
from webapp.spaces.rules import CODE_LIFE
from webapp.web.client import client_address
from webapp.web.states import World
from webapp.web.walker import walk_in_process

IDENTIFY, WHERE, CODE = "/activation/nouveau-code", "/activation/nouveau-code/envoi", "/activation/code"
WRONG = "2222 3333 4444"


def another(world: World, **environ: str) -> World:
    """Another browser in the same world."""
    client = world.app.test_client()
    client.environ_base.update(environ)
    return World(walk_in_process(client), world.app, world.forward)


def identify_wrongly(world: World, nir: str = walks.ADULT.nir) -> int:
    fields = {**walks.identity(walks.ADULT), "nir": nir, "birth_year": "1950"}
    return world.walker.open(IDENTIFY).send(**fields).status


def wait_of(world: World, address: str, fields: dict[str, str]) -> int:
    """The seconds of Retry-After, 0 when there are none."""
    form = world.walker.open(address).form(*fields)
    client = world.app.test_client()
    client.set_cookie("visite", cookie(world))
    answer = client.post(address, data={**form.fields, **fields})
    return int(answer.headers.get("Retry-After", 0))


def cookie(world: World) -> str:
    found = client_of(world).get_cookie("visite")
    assert found is not None
    return found.value


def test_five_tries_then_the_code_is_dead(world: World) -> None:
    code = walks.ask_code(world)
    for left in (4, 3, 2, 1):
        world.walker.send(code=WRONG)
        assert world.walker.status == 422
        assert f"Il reste {left} essai" in world.walker.page.text
    assert "Trop d’essais" in world.walker.send(code=WRONG).page.h1
    world.walker.open(CODE).send(code=code)
    assert (world.walker.status, world.walker.address) == (422, CODE)
    assert "Trop d’essais" in world.walker.page.h1


def test_five_codes_a_day_then_how_long_to_wait(world: World, clock: Clock) -> None:
    for _ in range(5):
        walks.ask_code(world)
    walks.identify(world)
    clock.forward(hours=1)
    world = another(world)
    walks.identify(world)
    world.walker.send(channel="email")
    assert world.walker.status == 429
    assert "Assez de codes" in world.walker.page.h1
    assert "23 heures" in world.walker.page.text
    assert wait_of(world, WHERE, {"channel": "sms"}) == 23 * 3600
    clock.forward(hours=23, seconds=1)
    walks.ask_code(another(world))


@pytest.mark.parametrize("nir", [walks.ADULT.nir, "255081416802538"], ids=["known", "unknown"])
def test_waits_grow_after_five_failures_for_a_number(world: World, clock: Clock, nir: str) -> None:
    for _ in range(5):
        assert identify_wrongly(another(world), nir) == 422  # whatever the browser
    for wait in (30, 60, 120, 240, 480, 900, 900):
        fields = {**walks.identity(walks.ADULT), "nir": nir, "birth_year": "1950"}
        assert wait_of(world, IDENTIFY, fields) == wait
        assert identify_wrongly(world, nir) == 429
        clock.forward(seconds=wait - 1)
        assert identify_wrongly(world, nir) == 429
        clock.forward(seconds=1)
        assert identify_wrongly(world, nir) == 422


def test_the_holder_is_never_barred(world: World, clock: Clock) -> None:
    for _ in range(5):
        identify_wrongly(world)
    holder = another(world)
    holder.walker.open(IDENTIFY).send(**walks.identity(walks.ADULT))
    assert holder.walker.status == 429
    clock.forward(seconds=30)
    holder.walker.open(IDENTIFY).send(**walks.identity(walks.ADULT))
    assert holder.walker.address == WHERE
    assert identify_wrongly(world) == 422  # and starts from nothing again


def test_a_newer_code_kills_the_older(world: World) -> None:
    older = walks.ask_code(world)
    newer = walks.ask_code(another(world))
    fresh = another(world)
    assert "remplacé" in fresh.walker.open(CODE).send(code=older).page.h1
    assert fresh.walker.open(CODE).send(code=newer).address == "/activation/decision"


@pytest.mark.parametrize(
    ("late", "lives"),
    [
        (timedelta(microseconds=-1), True),
        (timedelta(), False),
        (-CODE_LIFE - timedelta(seconds=30), True),  # two servers may differ by as much
        (-CODE_LIFE - timedelta(minutes=2), False),  # the clock was set back: that prolongs nothing
    ],
)
def test_a_code_dies_at_fifteen_minutes(world: World, clock: Clock, late: timedelta, lives: bool) -> None:
    code = walks.ask_code(world)
    fresh = another(world)
    fresh.walker.open(CODE)
    clock.now += CODE_LIFE + late
    fresh.walker.send(code=code)
    assert (fresh.walker.address == "/activation/decision") is lives
    assert lives or "expiré" in fresh.walker.page.h1


def far(world: World, number: int = 1) -> World:
    """A browser that comes through the trusted proxy."""
    return another(world, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")


@pytest.fixture
def settings(database_url: str, settings: Settings) -> Settings:
    return settings.with_changes(trusted_proxies=("127.0.0.1", "10.0.0.0/8"))


def test_wrong_codes_count_for_the_address_of_whoever_has_not_identified(world: World) -> None:
    guesser = far(world)
    guesser.walker.open(CODE)
    for _ in range(rules.CODE_ADDRESS.most):
        assert guesser.walker.send(code=WRONG).status == 422
    assert guesser.walker.open(CODE).send(code=WRONG).status == 429
    assert far(world, 2).walker.open(CODE).send(code=WRONG).status == 422  # others are not held up
    neighbour = far(world)
    code = walks.ask_code(neighbour)  # nor is whoever has a live code, at the same address
    assert "Il reste 4 essais" in neighbour.walker.send(code=WRONG).page.text
    assert neighbour.walker.send(code=code).address == "/activation/decision"


def test_loopback_clients_are_not_counted(world: World) -> None:
    world.walker.open(CODE)
    for _ in range(rules.CODE_ADDRESS.most + 5):
        world.walker.send(code=WRONG)
    assert world.walker.status == 422


def test_guesses_still_count_once_ones_own_code_is_dead(world: World, clock: Clock) -> None:
    """Otherwise a dead code of one's own would be a licence to guess everybody else's."""
    guesser = far(world)
    walks.ask_code(guesser)
    for _ in range(5):
        guesser.walker.open(CODE).send(code=WRONG)
    for _ in range(rules.CODE_ADDRESS.most):
        assert guesser.walker.open(CODE).send(code=WRONG).status == 422
    assert guesser.walker.open(CODE).send(code=WRONG).status == 429


def test_the_brake_is_strict_only_with_those_who_fail(app: Flask, world: World, clock: Clock) -> None:
    limit, brake = rules.IDENTIFY_ADDRESS, replace(rules.IDENTIFY_ALL, most=30)
    with writing(app.extensions["engine"]) as session:
        for _ in range(rules.STRICT):
            add_failure(session, limit, brake, "203.0.113.1", clock.now)
        add_failure(session, limit, brake, "203.0.113.2", clock.now)
        for _ in range(brake.most):
            add_failure(session, limit, brake, None, clock.now)
    with reading(app.extensions["engine"]) as session:
        check_address(session, limit, brake, "203.0.113.2", clock.now)
        check_address(session, limit, brake, None, clock.now)
        with pytest.raises(TooMany):
            check_address(session, limit, brake, "203.0.113.1", clock.now)
        later = clock.now + brake.window
        check_address(session, limit, brake, "203.0.113.1", later)


ADDRESSES = {
    "": None,
    "203.0.113.9": "203.0.113.9",
    "127.0.0.1, 203.0.113.9": "203.0.113.9",  # what a client wrote itself stands left, and is not believed
    "203.0.113.9, 10.1.2.3": "203.0.113.9",
    "198.51.100.7, 203.0.113.9, 10.1.2.3, 10.1.2.4": "203.0.113.9",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",  # one subscriber has all of it
    "[2001:db8:1:2:3:4:5:7]:4711": "2001:db8:1:2::/64",
    "203.0.113.9:4711": "203.0.113.9",
    "::ffff:203.0.113.9": "203.0.113.9",
    "nonsense": "nonsense",
}


def test_the_address_of_a_visitor(app: Flask) -> None:
    for header, expected in ADDRESSES.items():
        base = {"REMOTE_ADDR": "127.0.0.1"}
        with app.test_request_context("/", headers={"X-Forwarded-For": header}, environ_base=base):
            assert client_address() == expected, header
    with app.test_request_context(
        "/", headers={"X-Forwarded-For": "127.0.0.1"}, environ_base={"REMOTE_ADDR": "203.0.113.50"}
    ):
        assert client_address() == "203.0.113.50"  # not a proxy of ours
