"""The newest measures of each kind, however many there are: one query, and no other is opened."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select

from webapp.account import walks
from webapp.account.models import Account
from webapp.db.work import reading, writing
from webapp.ips.service import entries_out
from webapp.profile.latest import latest
from webapp.profile.rules import MEASURES, Kind
from webapp.profile.service import Author, add, correct, remove
from webapp.web.states import World


@pytest.fixture
def engine(world: World) -> Engine:
    walks.make_account(world)
    engine: Engine = world.app.extensions["engine"]
    return engine


@pytest.mark.parametrize("count", [3, 30])
def test_the_newest_of_each_kind_come_in_one_query(engine: Engine, now: datetime, count: int) -> None:
    first = date(2026, 1, 1)
    with reading(engine) as session:
        by = Author(*session.execute(select(Account.beneficiary_id, Account.id)).one())
    someone = by.beneficiary_id
    with writing(engine) as session:
        ids = [
            add(session, now, by, Kind.WEIGHT, {"value": 70_000 + day}, first + timedelta(day))
            for day in range(count)
        ]
        add(session, now, by, Kind.HEIGHT, {"value": 172}, first)
        remove(session, now, by, ids[-1], 1)
        correct(session, now, by, ids[-2], 1, {"value": 71_000})
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with reading(engine) as session:
        found = latest(session, someone, MEASURES, 1)
        assert len([one for one in asked if one.startswith("SELECT")]) == 1
        assert {(one.kind, one.said["value"]) for one in found} == {(Kind.WEIGHT, 71_000), (Kind.HEIGHT, 172)}
        assert len(latest(session, someone, MEASURES, 2)) == 3
        assert len(entries_out(session, someone)) == count
