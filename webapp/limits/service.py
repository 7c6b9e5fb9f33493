"""Counting, asking, and forgetting."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, case, delete, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_of
from webapp.db.vault import current_vault
from webapp.limits.models import Counter
from webapp.limits.rules import STRICT, Limit, growing_wait
from webapp.values.refusal import Refusal


class TooMany(Refusal):
    """A limit is reached; `wait` says how long (a timedelta)."""

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        """Keep which limit, and how long to wait."""
        super().__init__(limit.purpose)
        self.limit = limit
        self.wait = min(max(wait, timedelta(seconds=1)), limit.window)


_COUNTERS = cast(Table, Counter.__table__).c
_ROW = (_COUNTERS.count, _COUNTERS.started_at, _COUNTERS.last_at)
_IN_WINDOW = select(*_ROW).where(
    _COUNTERS.key == bindparam("key"),
    _COUNTERS.started_at > bindparam("floor", type_=_COUNTERS.started_at.type),
)
# Statements are made once for each database: making one costs more than running it.


@cache
def _add_one(insert: Any) -> Any:
    moment, floor = (bindparam(name, type_=_COUNTERS.started_at.type) for name in ("now", "floor"))
    fresh = _COUNTERS.started_at <= floor
    changed = {
        "count": case((fresh, 1), else_=_COUNTERS.count + 1),
        "started_at": case((fresh, moment), else_=_COUNTERS.started_at),
        "last_at": moment,
    }
    start = insert(Counter).values(key=bindparam("key"), count=1, started_at=moment, last_at=moment)
    return start.on_conflict_do_update(index_elements=[_COUNTERS.key], set_=changed).returning(
        _COUNTERS.count
    )


@cache
def _hold_row(insert: Any) -> Any:
    moment = bindparam("now", type_=_COUNTERS.started_at.type)
    start = insert(Counter).values(key=bindparam("key"), count=0, started_at=moment, last_at=moment)
    same = {"count": _COUNTERS.count}
    return start.on_conflict_do_update(index_elements=[_COUNTERS.key], set_=same).returning(*_ROW)


def add(session: Session, limit: Limit, subject: str, now: datetime) -> int:
    """Count one more for a subject and return how many there are in its window; one statement, no race."""
    given = {"key": _key(limit, subject), "now": now, "floor": now - limit.window}
    return int(session.execute(_add_one(insert_of(session)), given).scalar_one())


def add_within(session: Session, limit: Limit, subject: str, now: datetime) -> None:
    """Count one more, or raise TooMany when the window already holds as many as it may."""
    if add(session, limit, subject, now) > limit.most:
        started = session.scalar(select(Counter.started_at).where(Counter.key == _key(limit, subject)))
        raise TooMany(limit, (started or now) + limit.window - now)


def check_address(session: Session, limit: Limit, brake: Limit, address: str | None, now: datetime) -> None:
    """Raise TooMany when a network address failed too often; loopback (None) is not counted.

    The generous bar becomes a strict one while `brake` says that failures rise everywhere: nobody who has not just
    failed is held up by an attack on others.
    """
    if address is None:
        return
    row = _row(session, limit, address, now)
    if row is None or row.count < STRICT:
        return
    total = _row(session, brake, "", now)
    most = STRICT if total is not None and total.count >= brake.most else limit.most
    if row.count >= most:
        raise TooMany(limit, row.started_at + limit.window - now)


def add_failure(session: Session, limit: Limit, brake: Limit, address: str | None, now: datetime) -> None:
    """Count a failure for a network address and for everybody together."""
    if address is not None:
        add(session, limit, address, now)
    add(session, brake, "", now)


def check_growing(session: Session, limit: Limit, subject: str, now: datetime) -> None:
    """Raise TooMany while the wait that grows with each failure has not passed; counts nothing."""
    row = _row(session, limit, subject, now)
    if row is not None:
        _ask_to_wait(limit, row, now)


def hold_growing(session: Session, limit: Limit, subject: str, now: datetime) -> None:
    """Check as `check_growing`, and keep other tries for the same subject waiting until this transaction ends.

    Otherwise any number of tries sent at once would all see the count from before the first of them.
    """
    given = {"key": _key(limit, subject), "now": now}
    row = session.execute(_hold_row(insert_of(session)), given).one()
    if row.started_at > now - limit.window:
        _ask_to_wait(limit, row, now)


def _ask_to_wait(limit: Limit, row: Any, now: datetime) -> None:
    wait = growing_wait(row.count, row.last_at, now, limit.most)
    if wait:
        raise TooMany(limit, wait)


def count(session: Session, limit: Limit, subject: str, now: datetime) -> int:
    """Return how many there are in the window of a subject."""
    row = _row(session, limit, subject, now)
    return int(row.count) if row is not None else 0


def forget(session: Session, limit: Limit, subject: str) -> None:
    """Start from nothing again: the person has shown who they are."""
    session.execute(delete(Counter).where(Counter.key == _key(limit, subject)))


def _row(session: Session, limit: Limit, subject: str, now: datetime) -> Any:
    given = {"key": _key(limit, subject), "floor": now - limit.window}
    return session.execute(_IN_WINDOW, given).one_or_none()


def _key(limit: Limit, subject: str) -> bytes:
    return current_vault().index(f"limit:{limit.purpose}", subject)
