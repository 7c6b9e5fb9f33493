"""Factors on both databases: a code serves once, wrong ones ask to wait, a new list kills the old one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from tests.support.crowd import Crowd
from webapp.account import walks as account_walks
from webapp.account.access_codes import SignInSpent, SignInUsed, WrongAccessCode, begin, check
from webapp.account.held_codes import check_held
from webapp.account.models import Account, SignIn
from webapp.account.service import AccountView, account
from webapp.account.ways import Held, held
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.factors.models import Authenticator, RecoveryCode
from webapp.factors.printed_codes import make_codes, printed_codes, use_recovery_code
from webapp.factors.rules import code_of, new_secret, step_at
from webapp.factors.service import (
    AlreadyAdded,
    WrongFactorCode,
    add_authenticator,
    authenticator,
    remove_authenticator,
    use_app_code,
)
from webapp.limits.service import TooMany
from webapp.mail.models import OutboxRow
from webapp.web.states import World

SECRET = new_secret()
LIFE = timedelta(minutes=15)
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def engine(world: World) -> Engine:
    """The database of a world where somebody has an account."""
    account_walks.make_account(world)
    return world.app.extensions["engine"]  # type: ignore[no-any-return]


@pytest.fixture
def known(engine: Engine) -> Iterator[AccountView]:
    """That account."""
    with reading(engine) as session:
        found = account(session, session.scalars(select(Account.id)).one())
        assert found is not None
        yield found


@pytest.fixture
def application(engine: Engine, known: AccountView, now: datetime) -> str:
    """An application that was added a minute ago."""
    before = now - timedelta(minutes=1)
    with writing(engine) as session:
        add_authenticator(session, before, known.id, SECRET, shown(before))
    return SECRET


def shown(at: datetime, later: int = 0) -> str:
    return code_of(SECRET, step_at(at) + later)


def wrong(at: datetime) -> str:
    near = {shown(at, later) for later in range(-3, 4)}
    return next(code for code in (f"{number:06}" for number in range(9)) if code not in near)


def use(engine: Engine, now: datetime, account_id: UUID, typed: str) -> None:
    with writing(engine) as session:
        use_app_code(session, now, account_id, typed)


def test_only_a_right_first_code_adds_it(engine: Engine, known: AccountView, now: datetime) -> None:
    for typed in (wrong(now), "", "abcdef"):
        with pytest.raises(WrongFactorCode), writing(engine) as session:
            add_authenticator(session, now, known.id, SECRET, typed)
    with reading(engine) as session:
        assert authenticator(session, known.id) is None
        assert held(session, known.id) == Held()
    with writing(engine) as session:
        add_authenticator(session, now, known.id, SECRET, shown(now))
    with reading(engine) as session:
        found = authenticator(session, known.id)
        assert held(session, known.id) == Held(app=True)
    assert found is not None
    assert found.added_at == now
    with pytest.raises(WrongFactorCode):
        use(engine, now, known.id, shown(now))  # the first code is used up
    with pytest.raises(AlreadyAdded), writing(engine) as session:
        add_authenticator(session, now, known.id, SECRET, shown(now, 1))


def test_a_code_serves_once_and_none_before_it(
    engine: Engine, known: AccountView, application: str, now: datetime
) -> None:
    use(engine, now, known.id, shown(now, 1))  # the owner's clock is fast
    for typed in (shown(now, 1), shown(now), shown(now, -1)):
        with pytest.raises(WrongFactorCode):
            use(engine, now, known.id, typed)
    use(engine, now + 2 * HALF_MINUTE, known.id, shown(now, 2))


def test_a_clock_set_back_revives_nothing(
    engine: Engine, known: AccountView, application: str, now: datetime
) -> None:
    use(engine, now, known.id, shown(now))
    for back in (timedelta(minutes=1), timedelta(hours=1), timedelta(days=3)):
        for later in (-1, 0, 1):
            with pytest.raises(WrongFactorCode):
                use(engine, now - back, known.id, shown(now - back, later))
    use(engine, now + HALF_MINUTE, known.id, shown(now, 1))


def test_the_secret_is_sealed(engine: Engine, known: AccountView, application: str) -> None:
    with reading(engine) as session:
        row = session.scalars(select(Authenticator)).one()
    assert SECRET.encode() not in row.sealed


def test_wrong_codes_ask_to_wait_and_a_right_one_ends_that(
    engine: Engine, known: AccountView, application: str, now: datetime
) -> None:
    for _ in range(20):
        with pytest.raises(WrongFactorCode):
            use(engine, now, known.id, wrong(now))
    with pytest.raises(TooMany) as refusal:
        use(engine, now, known.id, shown(now))
    assert refusal.value.wait == timedelta(seconds=30)
    later = now + timedelta(seconds=31)
    use(engine, later, known.id, shown(later))
    with pytest.raises(WrongFactorCode):
        use(engine, later, known.id, wrong(later))


def test_removed_it_serves_no_more(
    engine: Engine, known: AccountView, application: str, now: datetime
) -> None:
    with writing(engine) as session:
        assert remove_authenticator(session, known.id)
        assert not remove_authenticator(session, known.id)
    with pytest.raises(WrongFactorCode):
        use(engine, now, known.id, shown(now))


def test_a_printed_code_serves_once(engine: Engine, known: AccountView, now: datetime) -> None:
    with writing(engine) as session:
        codes = make_codes(session, now, known.id)
        assert use_recovery_code(session, now, known.id, codes[3].lower()) == 9
    for typed in (codes[3], "K7QM2XWD9H", "", "284913"):
        with pytest.raises(WrongFactorCode), writing(engine) as session:
            use_recovery_code(session, now, known.id, typed)
    with reading(engine) as session:
        found = printed_codes(session, known.id)
        assert held(session, known.id) == Held(recovery_codes=9)
        digests = session.scalars(select(RecoveryCode.digest)).all()
    assert found is not None
    assert (found.left, found.made_at) == (9, now)
    assert not any(code.encode() in digest for code in codes for digest in digests)


def test_a_new_list_kills_the_old_one(engine: Engine, known: AccountView, now: datetime) -> None:
    with writing(engine) as session:
        old = make_codes(session, now, known.id)
        new = make_codes(session, now + LIFE, known.id)
    with pytest.raises(WrongFactorCode), writing(engine) as session:
        use_recovery_code(session, now, known.id, old[0])
    with writing(engine) as session:
        assert use_recovery_code(session, now, known.id, new[0]) == 9


def test_a_code_of_somebody_else_is_wrong(
    world: World, engine: Engine, known: AccountView, now: datetime
) -> None:
    account_walks.make_account(world, account_walks.PARENT, identifier="quelquun.87")
    with writing(engine) as session:
        other = session.scalars(select(Account.id).where(Account.id != known.id)).one()
        codes = make_codes(session, now, other)
        add_authenticator(session, now - LIFE, other, SECRET, shown(now - LIFE))
    with pytest.raises(WrongFactorCode), writing(engine) as session:
        use_recovery_code(session, now, known.id, codes[0])
    with pytest.raises(WrongFactorCode):
        use(engine, now, known.id, shown(now))


def test_lists_made_at_once_leave_one(
    crowd: Crowd, engine: Engine, known: AccountView, now: datetime
) -> None:
    def make(_number: int) -> str:
        with writing(engine) as session:
            make_codes(session, now, known.id)
        return "made"

    assert crowd(make)["made"] == 8
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_one_of_many_at_once_wins(
    crowd: Crowd, engine: Engine, known: AccountView, application: str, now: datetime
) -> None:
    """A few rounds here; three hundred are run elsewhere."""
    with writing(engine) as session:
        codes = make_codes(session, now, known.id)
    for number in range(3):
        at = now + number * 2 * HALF_MINUTE

        def code(_number: int, at: datetime = at) -> str:
            use(engine, at, known.id, shown(at))
            return "won"

        def printed(_number: int, code: str = codes[number], at: datetime = at) -> str:
            with writing(engine) as session:
                use_recovery_code(session, at, known.id, code)
            return "won"

        assert crowd(code) == {"won": 1, "WrongFactorCode": 7}
        assert crowd(printed) == {"won": 1, "WrongFactorCode": 7}


@pytest.fixture
def sign_in(engine: Engine, known: AccountView, now: datetime) -> UUID:
    """A sign-in whose password was right, by application."""
    with writing(engine) as session:
        return begin(session, now, known, "app", LIFE).sign_in_id


def enter(engine: Engine, settings: Settings, sign_in: UUID, typed: str, at: datetime) -> str:
    with writing(engine) as session:
        return check_held(session, at, settings, sign_in, typed)[1].by


def test_a_sign_in_ends_with_a_held_code_once(
    engine: Engine, settings: Settings, application: str, sign_in: UUID, now: datetime
) -> None:
    assert enter(engine, settings, sign_in, shown(now), now) == "app"
    with pytest.raises(SignInUsed):
        enter(engine, settings, sign_in, shown(now, 1), now)


def test_a_sign_in_that_is_over_uses_no_code_up(
    engine: Engine, settings: Settings, known: AccountView, application: str, sign_in: UUID, now: datetime
) -> None:
    with writing(engine) as session:
        codes = make_codes(session, now, known.id)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongAccessCode) as refusal:
            enter(engine, settings, sign_in, wrong(now), now)
        assert refusal.value.tries_left == left
    with pytest.raises(SignInSpent) as spent:
        enter(engine, settings, sign_in, wrong(now), now)
    assert spent.value.account_id == known.id
    for typed in (shown(now), codes[0]):
        with pytest.raises(SignInSpent) as spent:
            enter(engine, settings, sign_in, typed, now)
        assert spent.value.account_id is None
    with writing(engine) as session:
        other = begin(session, now, known, "app", LIFE).sign_in_id
    assert enter(engine, settings, other, codes[0], now) == "recovery"
    with reading(engine) as session:
        told = session.execute(select(OutboxRow.channel).where(OutboxRow.kind == "recovery-code-used"))
        assert sorted(told.scalars()) == ["email", "sms"]
    use(engine, now, known.id, shown(now))


def test_a_try_that_must_wait_is_not_counted(
    engine: Engine, settings: Settings, known: AccountView, application: str, sign_in: UUID, now: datetime
) -> None:
    for _ in range(20):
        with pytest.raises(WrongFactorCode):
            use(engine, now, known.id, wrong(now))
    for _ in range(6):
        with pytest.raises(TooMany):
            enter(engine, settings, sign_in, shown(now), now)
    with reading(engine) as session:
        assert session.scalar(select(SignIn.tries_left)) == 5
    later = now + timedelta(seconds=31)
    assert enter(engine, settings, sign_in, shown(later), later) == "app"


def test_no_code_that_could_have_been_sent_ends_it(engine: Engine, known: AccountView, now: datetime) -> None:
    with writing(engine) as session:
        sent = begin(session, now, known, "app", LIFE)
    with pytest.raises(WrongAccessCode), writing(engine) as session:
        check(session, now, sent.sign_in_id, sent.code)
