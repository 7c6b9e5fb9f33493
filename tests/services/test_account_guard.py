"""Wrong passwords slow down whoever types them, and never lock the owner out."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from webapp.account.devices import MOST_ACCOUNTS, Device, new_device, read_device
from webapp.account.guard import Origin, WrongCredentials, accept, may_try, remember_network
from webapp.account.service import AccountView
from webapp.account.walks import IDENTIFIER, make_account
from webapp.db.work import reading, writing
from webapp.limits.service import TooMany
from webapp.values.ids import new_id
from webapp.web.states import World


@pytest.fixture
def engine(world: World) -> Engine:
    """The database of a world where somebody has an account."""
    make_account(world)
    return world.app.extensions["engine"]  # type: ignore[no-any-return]


def attempt(
    engine: Engine, now: datetime, origin: Origin, *, right: bool = False, name: str = IDENTIFIER
) -> AccountView:
    with reading(engine) as session:
        found = may_try(session, now, name, origin)
    with writing(engine) as session:
        return accept(session, now, name, origin, right=right, found=found)


def fail(engine: Engine, now: datetime, origin: Origin, times: int, name: str = IDENTIFIER) -> None:
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            attempt(engine, now, origin, name=name)


def stranger(number: int, address: str | None = None) -> Origin:
    return Origin(address, f"visit-{number}")


@pytest.mark.parametrize("name", [IDENTIFIER, "personne.ici"])
def test_one_browser_waits_after_five(engine: Engine, now: datetime, name: str) -> None:
    fail(engine, now, stranger(1), 5, name)
    with pytest.raises(TooMany) as refusal:
        attempt(engine, now, stranger(1), name=name)
    assert refusal.value.wait == timedelta(seconds=30)
    fail(engine, now + timedelta(seconds=31), stranger(1), 1, name)
    with pytest.raises(TooMany) as refusal:
        attempt(engine, now + timedelta(seconds=32), stranger(1), name=name)
    assert refusal.value.wait == timedelta(seconds=59)


def test_another_browser_does_not_wait_for_one_attacker(engine: Engine, now: datetime) -> None:
    fail(engine, now, stranger(1), 5)
    assert attempt(engine, now, stranger(2), right=True).identifier == IDENTIFIER


@pytest.mark.parametrize("name", [IDENTIFIER, "personne.ici"])
def test_strangers_together_wait_after_twenty(engine: Engine, now: datetime, name: str) -> None:
    for number in range(20):
        fail(engine, now, stranger(number), 1, name)
    with pytest.raises(TooMany):
        attempt(engine, now, stranger(99), name=name)


def test_the_owner_gets_in_from_a_browser_or_a_network_that_is_known(engine: Engine, now: datetime) -> None:
    known = attempt(engine, now, stranger(0, "198.51.100.7"), right=True)
    with writing(engine) as session:
        remember_network(session, now, known.id, stranger(0, "198.51.100.7"))
    device = new_device().with_account(known.id)
    for number in range(1, 21):
        fail(engine, now, stranger(number, "203.0.113.9"), 1)
    with pytest.raises(TooMany):
        attempt(engine, now, stranger(99, "203.0.113.10"), right=True)
    assert (
        attempt(engine, now, Origin("203.0.113.10", "visit-100", device), right=True).identifier == IDENTIFIER
    )
    assert attempt(engine, now, stranger(101, "198.51.100.7"), right=True).identifier == IDENTIFIER
    with pytest.raises(TooMany):  # a browser that another account knows is a stranger here
        attempt(engine, now, Origin(None, "visit-102", new_device().with_account(new_id())), right=True)


def test_a_known_browser_waits_too(engine: Engine, now: datetime) -> None:
    known = attempt(engine, now, stranger(0), right=True)
    device = new_device().with_account(known.id)
    for number in range(5):
        fail(engine, now, Origin(None, f"visit-{number}", device), 1)
    with pytest.raises(TooMany):
        attempt(engine, now, Origin(None, "visit-9", device), right=True)
    assert attempt(engine, now, stranger(1), right=True).identifier == IDENTIFIER


def test_tries_sent_at_once_see_each_other(engine: Engine, now: datetime) -> None:
    """All passed the first check together; the second one, in the transaction that counts, stops the sixth."""
    with reading(engine) as session:
        found = may_try(session, now, IDENTIFIER, stranger(1))
    fail(engine, now, stranger(1), 5)
    with pytest.raises(TooMany), writing(engine) as session:
        accept(session, now, IDENTIFIER, stranger(1), right=True, found=found)


def test_an_ipv6_subscriber_is_one_network() -> None:
    assert Origin("2001:db8:1:2::5", "").network == Origin("2001:db8:1:2:ffff::1", "").network
    assert Origin("2001:db8:1:3::5", "").network != Origin("2001:db8:1:2::5", "").network
    assert Origin(None, "").network is None


@pytest.mark.usefixtures("world")
def test_the_cookie_of_a_browser_names_nobody_and_forgets_the_oldest() -> None:
    accounts = [UUID(int=number) for number in range(1, MOST_ACCOUNTS + 2)]
    device = new_device()
    for account_id in accounts:
        device = device.with_account(account_id)
    assert [device.knows(one) for one in accounts] == [False] + [True] * MOST_ACCOUNTS
    assert device.with_account(accounts[-1]) == device
    assert read_device(str(device)) == device
    other = new_device().with_account(accounts[-1])
    assert Device(other.id, device.tags).knows(accounts[-1]) is False  # tags do not move to another browser
    assert all(str(one) not in str(device) for one in accounts)


@pytest.mark.parametrize("cookie", ["", "x", "a" * 22 + ".short", "é" * 22, "." * 400, "a" * 22 + ".b" * 9])
def test_a_cookie_that_is_not_ours_is_no_browser(cookie: str) -> None:
    assert read_device(cookie) is None
