"""The day has come and its owner changes their mind at the same instant: opened or erased, never half of each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import select

from webapp.account import walks
from webapp.account.erasing import erasing_accounts, hold_visits
from webapp.account.models import Account
from webapp.closing.walks import close
from webapp.db.work import reading, writing
from webapp.spaces import closing
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

ROUNDS = 6


def test_opening_again_and_erasing_never_meet_half_way(world: World) -> None:
    engine = world.app.extensions["engine"]
    closing.erase_with(erasing_accounts(world.app.extensions["settings"]), first=hold_visits)
    try:
        outcomes = [_one_round(world, number) for number in range(ROUNDS)]
    finally:
        closing._erasers.clear()
        closing._holders.clear()
    assert set(outcomes) <= {"opened", "erased"}
    with reading(engine) as session:
        assert session.scalars(select(HealthSpace.erase_on)).all() == [None]


def _one_round(world: World, number: int) -> str:
    engine, clock = world.app.extensions["engine"], world.app.extensions["clock"]
    with reading(engine) as session:
        there_is_one = session.scalars(select(Account.id)).one_or_none()
    if there_is_one is None:
        walks.make_account(world, identifier=walks.IDENTIFIER)
    world.forward(walks.OVER)  # whoever opened it again in the round before was still signed in
    walks.sign_in(world)
    walks.prove_again(world)
    close(world, "erase")
    world.forward(timedelta(days=30))
    walks.sign_in(world)
    walks.prove_again(world)
    form = world.walker.open("/compte/rouvrir").form("accept_terms")
    together = Barrier(2, timeout=60)

    def reopen() -> int:
        together.wait()
        world.walker.post("/compte/rouvrir", {**form.fields, "accept_terms": "y"})
        return world.walker.status

    def erase() -> int:
        together.wait()
        with writing(engine) as session:
            return closing.erase_due(session, clock())

    with ThreadPoolExecutor(2) as pool:
        status, erased = (one.result(60) for one in (pool.submit(reopen), pool.submit(erase)))
    with reading(engine) as session:
        state = session.scalars(select(HealthSpace.state)).one()
        accounts = session.scalars(select(Account.id)).all()
    assert status < 500, number
    assert (state, len(accounts)) == (("closed", 0) if erased else ("opened", 1)), number
    return "erased" if erased else "opened"
