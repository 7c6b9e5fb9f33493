"""What opens an account, many at once: of eight who send the same code one gets in, each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select

from tests.support.crowd import THREADS, Crowd
from webapp.account import access_codes, walks
from webapp.account.access_codes import Purpose, SignInUsed
from webapp.account.models import Account
from webapp.account.service import AccountView, account
from webapp.db.work import reading, writing
from webapp.factors.printed_codes import make_codes, use_recovery_code
from webapp.factors.rules import code_of, new_secret, step_at
from webapp.factors.service import WrongFactorCode, add_authenticator, use_app_code
from webapp.limits.models import Counter
from webapp.spaces import awaited, codes
from webapp.spaces.codes import CodeUsed
from webapp.spaces.rules import CodeKind
from webapp.web.states import World

ROUNDS = 300
"""`make races` prints how long they take."""
LIFE = timedelta(minutes=15)
HALF_MINUTE = timedelta(seconds=30)

Attempt = Callable[[], None]


@pytest.fixture
def engine(world: World) -> Engine:
    """A database with one account."""
    walks.make_account(world)
    engine: Engine = world.app.extensions["engine"]
    return engine


@pytest.fixture
def known(engine: Engine) -> AccountView:
    """That account."""
    with reading(engine) as session:
        found = account(session, session.scalars(select(Account.id)).one())
    assert found is not None
    return found


def race(crowd: Crowd, engine: Engine, prepare: Callable[[int], Attempt], lost: type[Exception]) -> None:
    """Run every round: one wins, the others are refused in the one way that fits."""
    began = time.monotonic()
    for number in range(ROUNDS):
        attempt = prepare(number)

        def act(_thread: int, attempt: Attempt = attempt) -> str:
            attempt()
            return "won"

        assert crowd(act) == {"won": 1, lost.__name__: THREADS - 1}, number
    print(f"{ROUNDS} rounds of {THREADS}, {engine.dialect.name}: {time.monotonic() - began:.1f} s")


def test_an_access_code_signs_in_once(
    crowd: Crowd, engine: Engine, known: AccountView, now: datetime
) -> None:
    def prepare(number: int) -> Attempt:
        at = now + timedelta(minutes=10 * number)
        with writing(engine) as session:
            sent = access_codes.begin(session, at, known, "email", LIFE)

        def attempt() -> None:
            with writing(engine) as session:
                access_codes.check(session, at, sent.sign_in_id, sent.code)

        return attempt

    race(crowd, engine, prepare, SignInUsed)


def test_an_access_code_serves_only_its_purpose(engine: Engine, known: AccountView, now: datetime) -> None:
    with writing(engine) as session:
        sent = access_codes.begin(session, now, known, "email", LIFE)
    with writing(engine) as session, pytest.raises(access_codes.SignInExpired):
        access_codes.check(session, now, sent.sign_in_id, sent.code, purpose=Purpose.NEW_ADDRESS)


def test_a_reset_code_is_redeemed_once(
    crowd: Crowd, engine: Engine, known: AccountView, now: datetime
) -> None:
    def prepare(_number: int) -> Attempt:
        with writing(engine) as session:
            issued = codes.issue(session, now, subject=b"r" * 32, account_id=known.id, kind=CodeKind.RESET)

        def attempt() -> None:
            with writing(engine) as session:
                assert awaited.redeem(session, issued.id, issued.code, now).account_id == known.id

        return attempt

    race(crowd, engine, prepare, CodeUsed)


def test_a_step_of_the_application_serves_once(
    crowd: Crowd, engine: Engine, known: AccountView, now: datetime
) -> None:
    secret = new_secret()
    with writing(engine) as session:
        add_authenticator(session, now, known.id, secret, code_of(secret, step_at(now)))

    def prepare(number: int) -> Attempt:
        at = now + (number + 1) * HALF_MINUTE
        code = code_of(secret, step_at(at))
        with writing(engine) as session:  # seven wrong ones a round would have to wait
            session.execute(delete(Counter))

        def attempt() -> None:
            with writing(engine) as session:
                use_app_code(session, at, known.id, code)

        return attempt

    race(crowd, engine, prepare, WrongFactorCode)


def test_a_recovery_code_serves_once(crowd: Crowd, engine: Engine, known: AccountView, now: datetime) -> None:
    printed: list[str] = []

    def prepare(_number: int) -> Attempt:
        if not printed:
            with writing(engine) as session:
                printed.extend(make_codes(session, now, known.id))
        code = printed.pop()

        def attempt() -> None:
            with writing(engine) as session:
                use_recovery_code(session, now, known.id, code)

        return attempt

    race(crowd, engine, prepare, WrongFactorCode)
