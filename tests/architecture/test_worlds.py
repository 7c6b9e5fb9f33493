"""The worlds that tests begin in are true: a known way is put back as it ended, where nothing else happened."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.support.world import Keeper
from webapp.account import walks
from webapp.account.models import Account
from webapp.db.work import reading, writing
from webapp.limits.models import Counter
from webapp.web.states import World
from webapp.web.walker import ClientWalker, Place


def accounts(world: World) -> int:
    with reading(world.app.extensions["engine"]) as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


@pytest.fixture
def walked(world: World) -> list[str]:
    """Every time that the way of these tests was really gone."""
    return []


def go(world: World, walked: list[str], number: int) -> str:
    def walk() -> str:
        walked.append("gone")
        walks.make_account(world)
        walks.sign_in(world)
        return f"found {number}"

    return str(world.go("a way of these tests", walk))


def begin(world: World, keeper: Keeper, fresh: Place) -> None:
    """Be where the fixture `world` begins."""
    keeper.trail.begin()
    walker_of(world).go_on(fresh)
    world.go("fill", lambda: pytest.fail("the people were imported before"))


def walker_of(world: World) -> ClientWalker:
    assert isinstance(world.walker, ClientWalker)
    return world.walker


def test_a_known_way_is_gone_once_and_put_back_whole(world: World, keeper: Keeper, walked: list[str]) -> None:
    fresh = walker_of(world).place()
    first = go(world, walked, 1)
    begin(world, keeper, fresh)
    assert accounts(world) == 0
    assert go(world, walked, 2) == first
    assert len(walked) <= 1  # none when this process went it in another test
    assert accounts(world) == 1
    assert world.walker.address == "/bienvenue"
    assert world.walker.open("/compte").status == 200
    assert world.walker.address == "/compte", "signed in"


def test_it_is_gone_again_after_anything_else(world: World, keeper: Keeper, walked: list[str]) -> None:
    fresh = walker_of(world).place()
    go(world, walked, 1)
    walked.clear()
    begin(world, keeper, fresh)
    with writing(world.app.extensions["engine"]) as session:
        now = world.app.extensions["clock"]()
        session.add(Counter(key=b"probe", count=1, started_at=now, last_at=now))
    go(world, walked, 2)
    begin(world, keeper, fresh)
    world.walker.open("/aide")
    go(world, walked, 3)
    assert walked == ["gone", "gone"]
