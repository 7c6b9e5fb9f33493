"""Provisional codes, tries and sends, many at once: exactly one wins, and nothing is counted past its bar."""

from __future__ import annotations

import time
from datetime import datetime
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from tests.support.crowd import THREADS, Crowd, hidden
from webapp.activation import walks
from webapp.activation.code import enter_code
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.identity.service import Identity, NoMatch, identify
from webapp.journal.checking import verify_chain
from webapp.keys import Keys
from webapp.limits.rules import CODE_SENDS
from webapp.limits.service import TooMany, add_within
from webapp.spaces import codes
from webapp.spaces.models import ProvisionalCode
from webapp.web.states import World

ROUNDS = 300
"""`make races` prints how long they take."""


@pytest.fixture(autouse=True)
def _vault(keys: Keys) -> None:
    use_vault(Vault(keys))


def a_code(engine: Engine, now: datetime, subject: bytes = b"s" * 32) -> codes.Issued:
    with writing(engine) as session:
        return codes.issue(session, now, subject=subject, card_ids=(uuid4(),))


def whole(engine: Engine) -> None:
    with reading(engine) as session:
        assert verify_chain(session) == []


def test_a_code_is_redeemed_once(crowd: Crowd, engine: Engine, now: datetime) -> None:
    began = time.monotonic()
    for _ in range(ROUNDS):
        code = a_code(engine, now).code

        def redeem(_number: int, code: str = code) -> str:
            with writing(engine) as session:
                codes.redeem(session, code, now)
                return "won"

        assert crowd(redeem) == {"won": 1, "CodeUsed": THREADS - 1}
    print(f"{ROUNDS} rounds of {THREADS}, {engine.dialect.name}: {time.monotonic() - began:.1f} s")


@pytest.mark.parametrize("threads_right", [0, 1])
def test_wrong_tries_are_counted_to_five_and_no_further(
    crowd: Crowd, engine: Engine, now: datetime, threads_right: int
) -> None:
    for _ in range(20):
        issued = a_code(engine, now)

        def attempt(number: int, issued: codes.Issued = issued) -> str:
            with writing(engine) as session:
                typed = issued.code if number < threads_right else "2222 3333 4444"
                enter_code(session, now, typed, live=issued.id, address=None)
                return "won"

        found = crowd(attempt)
        with reading(engine) as session:
            left = session.scalars(
                select(ProvisionalCode.tries_left).where(ProvisionalCode.id == issued.id)
            ).one()
        assert 0 <= left <= 5
        assert found["WrongCode"] <= 4
        assert found["won"] <= 1
        assert found["won"] + found["WrongCode"] + found["CodeSpent"] + found["CodeUsed"] == THREADS
        if not threads_right:
            assert (left, found["WrongCode"], found["CodeSpent"]) == (0, 4, 4)
    whole(engine)


def test_five_sends_pass_and_no_sixth(crowd: Crowd, engine: Engine, now: datetime) -> None:
    for number in range(20):

        def send(_number: int, subject: str = f"person {number}") -> str:
            with writing(engine) as session:
                add_within(session, CODE_SENDS, subject, now)
                return "sent"

        assert crowd(send) == {"sent": 5, "TooMany": THREADS - 5}


def test_failures_for_one_number_see_each_other(crowd: Crowd, engine: Engine, now: datetime) -> None:
    for number in range(10):
        who = Identity(f"1{number:014d}", walks.ADULT.birth_date, walks.ADULT.card_type, "11111111111")

        def attempt(_number: int, who: Identity = who) -> str:
            with writing(engine) as session:
                identify(session, now, who, None)
                return "matched"

        assert crowd(attempt) == {NoMatch.__name__: 5, TooMany.__name__: THREADS - 5}
    whole(engine)


def test_eight_browsers_enter_one_code(world: World, crowd: Crowd) -> None:
    """Over HTTP: one goes on to the decision, the others read that the code has served; never a fault."""
    for _ in range(CODE_SENDS.most):
        code = walks.ask_code(world)
        browsers = [world.app.test_client() for _ in range(THREADS)]
        fields = []
        for browser in browsers:
            page = browser.get("/activation/code").get_data(as_text=True)
            fields.append(
                {"code": code, "csrf_token": hidden(page, "csrf_token"), "once": hidden(page, "once")}
            )

        def enter(
            number: int, browsers: list[FlaskClient] = browsers, fields: list[dict[str, str]] = fields
        ) -> str:
            answer = browsers[number].post("/activation/code", data=fields[number])
            return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()

        assert crowd(enter) == {"303 /activation/decision": 1, "422": THREADS - 1}
        assert [b.get("/activation/decision").status_code for b in browsers].count(200) == 1
