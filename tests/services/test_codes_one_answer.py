"""Who is in the registry cannot be told from an answer: not from its page, its headers, its queries or its time."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from tests.support.clock import Clock
from tests.support.crowd import hidden
from webapp.activation import walks
from webapp.db.work import writing
from webapp.identity.service import Identity, NoMatch, identify
from webapp.values.card import CardType
from webapp.values.nir import nir_key
from webapp.web.states import World

IDENTIFY, WHERE = "/activation/nouveau-code", "/activation/nouveau-code/envoi"


def a_number(body: str) -> str:
    return body + nir_key(body)


UNKNOWN = a_number("2550814168025")
MISMATCHES = {
    "unknown number": {"nir": UNKNOWN},
    "another's number": {"nir": walks.PARENT.nir},
    "wrong day": {"birth_day": "13"},
    "wrong month": {"birth_month": "5"},
    "wrong year": {"birth_year": "1988"},
    "wrong kind of card": {"card_type": "without_photo"},
    "wrong serial": {"card_serial": "40157829635"},
    "another's card": {"card_serial": walks.PARENT.card_serial},
    "everything": {"nir": UNKNOWN, "birth_day": "1", "card_serial": "40157829600"},
}


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile, without their values."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(re.sub(r"\s+", " ", statement))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def post(client: FlaskClient, changes: dict[str, str]) -> TestResponse:
    page = client.get(IDENTIFY).get_data(as_text=True)
    secrets = {name: hidden(page, name) for name in ("csrf_token", "once")}
    return client.post(IDENTIFY, data={**secrets, **walks.identity(walks.ADULT), **changes})


def bare(answer: TestResponse, sent: dict[str, str]) -> str:
    """The page without what is random in it and what was typed."""
    text = re.sub(r"<!--[\w]*-->$", "", answer.get_data(as_text=True))
    text = re.sub(r'(name="(?:csrf_token|once)" value=")[^"]*', r"\1", text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    text = re.sub(r" checked\b", "", text)
    for name in walks.identity(walks.ADULT):
        text = re.sub(rf'(<input[^>]*name="{name}"[^>]*?)value="[^"]*"', r"\1", text)
    return text


def test_every_mismatch_gets_the_same_answer(world: World, clock: Clock) -> None:
    engine = world.app.extensions["engine"]
    seen: dict[str, tuple[Any, ...]] = {}
    for name, changes in MISMATCHES.items():
        clock.forward(days=2)  # before any wait
        client = world.app.test_client()
        with statements(engine) as sent:
            answer = post(client, changes)
        assert answer.status_code == 422
        dropped = ("Content-Length", "Set-Cookie", "Content-Security-Policy")
        headers = sorted((k, v) for k, v in answer.headers.items() if k not in dropped)
        cookies = sorted(line.split("=", 1)[0] for line in answer.headers.getlist("Set-Cookie"))
        seen[name] = (bare(answer, changes), headers, cookies, sent)
    reference = seen["unknown number"]
    for name, found in seen.items():
        assert found == reference, name


def test_lengths_differ_by_the_padding_and_what_was_typed_alone(world: World) -> None:
    client = world.app.test_client()
    post(client, {"nir": UNKNOWN})  # a visit that has begun shows when it ends
    lengths = [len(post(client, {"nir": a_number(f"25508141680{n:02d}")}).data) for n in range(1, 13)]
    assert 0 < max(lengths) - min(lengths) <= 40


def test_after_a_match_nothing_says_what_was_decided(world: World) -> None:
    """A match leads to the same page whatever the state of the space: only whoever has the code learns it."""
    pages = []
    for arrange in (walks.identify, walks.open_space, walks.identify):
        arrange(world)
        if arrange is walks.identify:
            assert world.walker.address == WHERE
            pages.append(re.sub(r'value="[^"]*"|nonce="[^"]*"|<!--\w*-->', "", world.walker.body))
    first, again = (re.sub(r"<style.*?</style>", "", page, flags=re.S) for page in pages)
    assert (
        re.sub(r"<link[^>]*>", "", first).split("<main", 1)[1]
        == re.sub(r"<link[^>]*>", "", again).split("<main", 1)[1]
    )


def area_under_curve(one: list[float], other: list[float]) -> float:
    """The chance that a value of one is above a value of the other: 0.5 says that they tell nothing."""
    above = sum((a > b) + (a == b) / 2 for a in one for b in other)
    return above / (len(one) * len(other))


TRIES = 120


def test_the_time_of_an_answer_tells_nothing(world: World, clock: Clock) -> None:
    engine = world.app.extensions["engine"]
    known = Identity(walks.ADULT.nir, date(1950, 1, 1), CardType.WITH_PHOTO, "40157829634")
    right = Identity(walks.ADULT.nir, walks.ADULT.birth_date, CardType.WITH_PHOTO, walks.ADULT.card_serial)

    def unknown(number: int) -> Identity:
        return Identity(
            a_number(f"2550814{number:06d}"), date(1950, 1, 1), CardType.WITH_PHOTO, "40157829634"
        )

    def took(who: Identity) -> tuple[float, float]:
        clock.forward(days=2)  # no wait is reached, and nobody starts from more failures than another
        began, cpu = time.perf_counter(), time.process_time()
        with writing(engine) as session:
            try:
                identify(session, clock.now, who, None)
            except NoMatch:
                session.flush()
        return time.perf_counter() - began, time.process_time() - cpu

    kinds: dict[str, Callable[[int], Identity]] = {
        "unknown number": unknown,
        "known number, wrong card": lambda _n: known,
        "match": lambda _n: right,
    }
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for number in range(TRIES):
        for kind, who in kinds.items():
            times[kind].append(took(who(number)))
    for kind in list(kinds)[1:]:
        for what, index in (("wall", 0), ("CPU", 1)):
            one, other = ([pair[index] for pair in times[name]] for name in (kind, "unknown number"))
            area = area_under_curve(one, other)
            medians = f"{statistics.median(one) * 1e3:.2f} ms against {statistics.median(other) * 1e3:.2f} ms"
            print(f"{engine.dialect.name}: {kind} against unknown number, {what}: AUC {area:.2f}, {medians}")
            if kind != "match":  # a match is told by its very answer; it is printed for its price
                assert 0.2 < area < 0.8


@pytest.mark.parametrize("days", [0, 30])
def test_an_invitation_is_worth_nothing_to_whoever_stole_it(world: World, clock: Clock, days: int) -> None:
    code = walks.invite(world)
    clock.now += timedelta(days=days)
    for left in (4, 3, 2, 1, 0):
        world.walker.open("/activation/code").send(code=code)
        fields = {"birth_day": "1", "birth_month": "1", "birth_year": "1980", "card_serial": "40157829634"}
        world.walker.send(**fields)
        assert world.walker.status == 422
        assert (f"Il reste {left} essai" in world.walker.page.text) is (left > 0)
    world.walker.open("/activation/code").send(code=code)
    assert "Trop d’essais" in world.walker.page.h1
    assert world.walker.open("/activation/decision").address == "/activation/code"
