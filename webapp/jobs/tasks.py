"""What a worker does: deliver the outbox when it is told, and sweep every minute whether it is told or not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.db.work import writing
from webapp.limits.models import Counter
from webapp.mail.delivery import Delivered, deliver_due, next_due
from webapp.web.models import GivenAnswer, VisitRow

KEPT = timedelta(days=1)
"""How long a visit without a request, and the answer already given to a form, are kept."""

LONGEST_COUNT = timedelta(days=100)
"""Longer than the window of any limit: a counter that was not touched since counts nothing any more."""

Sweep = Callable[[Session, datetime], None]
_sweeps: list[Sweep] = []

log = logging.getLogger(__name__)


def sweep_with(act: Sweep) -> None:
    """Have a worker also do this every minute, in a transaction of its own; twice registered runs once."""
    if act not in _sweeps:
        _sweeps.append(act)


@dataclass(frozen=True)
class Work:
    """What the tasks work with."""

    engine: Engine
    settings: Settings
    clock: Callable[[], datetime]

    def drain(self) -> Delivered:
        """Deliver everything that is due."""
        total = Delivered()
        while (batch := deliver_due(self.engine, self.settings, self.clock)) != Delivered():
            total += batch
        if total != Delivered():
            log.info("outbox: %s sent, %s put off, %s given up", total.sent, total.failed, total.abandoned)
        return total

    def seconds_to_next(self) -> float | None:
        """How long until a letter that was put off is due; None when nothing waits."""
        due = next_due(self.engine)
        return None if due is None else max(0.0, (due - self.clock()).total_seconds())

    def purge(self) -> None:
        """Forget what has no use any more, and do whatever else was registered."""
        now = self.clock()
        for act in (forget_stale, *_sweeps):
            with writing(self.engine) as session:
                act(session, now)


def forget_stale(session: Session, now: datetime) -> None:
    """Delete visits that ended, answers that nobody will ask for again, counters that count nothing any more."""
    session.execute(delete(VisitRow).where(VisitRow.last_seen_at < now - KEPT))
    session.execute(delete(GivenAnswer).where(GivenAnswer.at < now - KEPT))
    session.execute(delete(Counter).where(Counter.last_at < now - LONGEST_COUNT))


@dataclass(frozen=True)
class Tasks:
    """The jobs of a queue, ready to be called from outside (which only enqueues them)."""

    deliver: Any
    sweep: Any


def add_tasks(queue: Any, work: Work) -> Tasks:
    """Give the queue its jobs."""
    from huey import crontab

    @queue.task(name="deliver")  # type: ignore[untyped-decorator]
    def deliver() -> None:
        if work.drain().failed:
            wait = work.seconds_to_next()
            if wait is not None and wait < 60:  # later ones are found by the sweep
                deliver.schedule(delay=wait + 0.1)

    @queue.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep() -> None:
        deliver.call_local()
        work.purge()

    return Tasks(deliver, sweep)
