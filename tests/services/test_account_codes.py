"""Access codes: one winner, the newest only, an hour at most."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.account import access_codes
from webapp.account.access_codes import (
    Sent,
    SignInExpired,
    SignInOver,
    SignInSpent,
    SignInUsed,
    WrongAccessCode,
)
from webapp.account.service import AccountView, account_named
from webapp.account.walks import IDENTIFIER, another, make_account
from webapp.account.ways import APP
from webapp.db.work import reading, writing
from webapp.limits.service import TooMany
from webapp.web.states import World

LIFE = timedelta(minutes=15)


@pytest.fixture
def engine(world: World) -> Engine:
    """The database of a world where somebody has an account."""
    make_account(world)
    return world.app.extensions["engine"]  # type: ignore[no-any-return]


@pytest.fixture
def known(engine: Engine) -> Iterator[AccountView]:
    """That account."""
    with reading(engine) as session:
        found = account_named(session, IDENTIFIER)
        assert found is not None
        yield found


@pytest.fixture
def sent(engine: Engine, known: AccountView, now: datetime) -> Sent:
    """A code that was sent to it."""
    with writing(engine) as session:
        return access_codes.begin(session, now, known, "email", LIFE)


def enter(engine: Engine, sent: Sent, code: str, now: datetime) -> object:
    with writing(engine) as session:
        return access_codes.check(session, now, sent.sign_in_id, code)


def again(engine: Engine, sent: Sent, known: AccountView, now: datetime, channel: str = "email") -> Sent:
    with writing(engine) as session:
        return access_codes.resend(session, now, sent.sign_in_id, known, channel, LIFE)


def test_a_code_works_once(engine: Engine, known: AccountView, sent: Sent, now: datetime) -> None:
    assert enter(engine, sent, sent.code, now) == known.id
    with pytest.raises(SignInUsed):
        enter(engine, sent, sent.code, now)
    with pytest.raises(SignInUsed):
        enter(engine, sent, another(sent.code), now)
    with pytest.raises(SignInUsed):
        again(engine, sent, known, now)


def test_a_code_dies_of_age(engine: Engine, sent: Sent, now: datetime) -> None:
    with pytest.raises(SignInExpired):
        enter(engine, sent, sent.code, now + LIFE)
    assert enter(engine, sent, sent.code, now + LIFE - timedelta(seconds=1))


def test_five_wrong_ones_kill_it_even_for_the_right_one(engine: Engine, sent: Sent, now: datetime) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongAccessCode) as refusal:
            enter(engine, sent, another(sent.code), now)
        assert refusal.value.tries_left == left
    for code in (another(sent.code), sent.code):
        with pytest.raises(SignInSpent):
            enter(engine, sent, code, now)


def test_only_the_newest_counts(engine: Engine, known: AccountView, sent: Sent, now: datetime) -> None:
    newer = again(engine, sent, known, now, "sms")
    with pytest.raises(WrongAccessCode):
        enter(engine, sent, sent.code, now)
    with reading(engine) as session:
        pending = access_codes.pending(session, now, sent.sign_in_id)
    assert pending is not None
    assert (pending.channel, pending.sends, pending.over) == ("sms", 2, None)
    assert enter(engine, sent, newer.code, now) == known.id


def test_a_new_code_may_be_asked_for_during_an_hour(
    engine: Engine, known: AccountView, sent: Sent, now: datetime
) -> None:
    assert again(engine, sent, known, now + timedelta(minutes=60)).expires_at == now + timedelta(minutes=75)
    with pytest.raises(SignInExpired):
        again(engine, sent, known, now + timedelta(minutes=61))


def test_ten_codes_an_hour_however_they_are_asked_for(
    engine: Engine, known: AccountView, sent: Sent, now: datetime
) -> None:
    for _ in range(9):
        again(engine, sent, known, now)
    with pytest.raises(TooMany):
        again(engine, sent, known, now)
    with pytest.raises(TooMany), writing(engine) as session:
        access_codes.begin(session, now, known, "email", LIFE)


def test_a_code_that_is_not_sent_is_not_counted(engine: Engine, known: AccountView, now: datetime) -> None:
    with writing(engine) as session:
        own = access_codes.begin(session, now, known, APP, LIFE)
        for _ in range(12):
            own = access_codes.begin(session, now, known, APP, LIFE)
            access_codes.resend(session, now, own.sign_in_id, known, APP, LIFE)
        for _ in range(10):
            access_codes.begin(session, now, known, "email", LIFE)
        access_codes.resend(session, now, own.sign_in_id, known, APP, LIFE)


def test_a_new_address_is_counted_apart(engine: Engine, known: AccountView, now: datetime) -> None:
    """Otherwise whoever changes an address could not sign in again, nor the other way round."""

    def prove(session: Session) -> Sent:
        purpose, address = access_codes.Purpose.NEW_ADDRESS, "autre@example.org"
        return access_codes.begin(session, now, known, "email", LIFE, purpose=purpose, address=address)

    with writing(engine) as session:
        for _ in range(8):
            prove(session)
        sent = prove(session)
        with pytest.raises(TooMany):
            access_codes.resend(session, now, sent.sign_in_id, known, "email", LIFE)
        access_codes.begin(session, now, known, "email", LIFE)


def test_one_of_many_at_once_wins(engine: Engine, known: AccountView, now: datetime) -> None:
    """A few rounds here; three hundred are run elsewhere."""

    def race(given: tuple[Sent, datetime]) -> bool:
        sent, at = given
        try:
            return enter(engine, sent, sent.code, at) is not None
        except SignInOver:
            return False

    with ThreadPoolExecutor(8) as pool:
        for round_ in range(5):
            later = now + timedelta(hours=round_)
            with writing(engine) as session:
                sent = access_codes.begin(session, later, known, "email", timedelta(days=1))
            assert sum(pool.map(race, [(sent, later)] * 8)) == 1
