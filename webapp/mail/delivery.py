"""Delivering the outbox: at least once, by any number of workers, never inside a transaction.

A row is claimed for a while by one conditional UPDATE, then sent, then marked as sent and wiped. A worker that dies
between the last two leaves a claim that lapses: the letter leaves again, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, func, select

from webapp.config import Settings
from webapp.db.vault import CannotUnseal, current_vault
from webapp.db.work import reading
from webapp.mail.claims import LEASE, claim_due, mark, put_off, release, witnesses
from webapp.mail.message import Outgoing
from webapp.mail.models import WAITING, OutboxRow
from webapp.mail.senders import NotSent, Road, mail_road, sms_road

SLOWEST_SEND = timedelta(seconds=40)
"""No letter is begun when less than this is left of the claim: two workers would send it."""
DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
"""Until the next try, after each failure; the last one again and again."""
DELAY_OF_A_CODE = timedelta(minutes=1)
"""At most, for a letter that is soon of no use."""
PATIENCE = timedelta(days=1)
"""A letter that could not leave for so long is given up."""
STRIKES = 3
"""Refusals in a row after which a road is left alone for the rest of the batch."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivered:
    """What became of a batch: letters sent, put off to a later try, and given up."""

    sent: int = 0
    failed: int = 0
    abandoned: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        """Add two batches up."""
        return Delivered(self.sent + other.sent, self.failed + other.failed, self.abandoned + other.abandoned)


def deliver_due(
    engine: Engine, settings: Settings, now_fn: Callable[[], datetime], limit: int = 50
) -> Delivered:
    """Claim at most `limit` letters that are due, and send them."""
    claim = uuid4()
    began = now_fn()
    rows = claim_due(engine, claim, began, limit)
    total = Delivered()
    if not rows:
        return total
    with ExitStack() as opened:
        roads = {
            "email": _Watched(opened.enter_context(closing(mail_road(settings)))),
            "sms": _Watched(opened.enter_context(closing(sms_road(settings)))),
        }
        for row in rows:
            now = now_fn()
            if now > began + LEASE - SLOWEST_SEND:
                break
            total += _deliver(engine, row, roads[row.channel], claim, now)
    release(engine, claim)
    return total


def next_due(engine: Engine) -> datetime | None:
    """Say when the next letter that no worker holds may be tried; None when nothing waits."""
    with reading(engine) as session:
        return session.execute(
            select(func.min(OutboxRow.due_at)).where(WAITING, OutboxRow.claim.is_(None))
        ).scalar_one()


class _Watched:
    """A road, and whether it is worth another try in this batch."""

    def __init__(self, road: Road) -> None:
        self._road, self._strikes = road, 0

    def send(self, letter: Outgoing) -> None:
        if self._strikes >= STRIKES:
            raise NotSent("the road is cut", road_is_cut=True)
        try:
            self._road.send(letter)
        except NotSent as error:
            self._strikes = STRIKES if error.road_is_cut else self._strikes + 1
            raise
        self._strikes = 0


def _deliver(engine: Engine, row: Any, road: _Watched, claim: UUID, now: datetime) -> Delivered:
    if row.expires_at is not None and row.expires_at <= now:
        return _settle(engine, row, now, sent=False)
    try:
        road.send(_open(row))
    except (NotSent, CannotUnseal) as error:
        return _put_off(engine, row, claim, now, str(error))
    except Exception as error:  # noqa: BLE001  one letter that cannot be written must not hold the others up
        return _put_off(engine, row, claim, now, type(error).__name__)
    return _settle(engine, row, now, sent=True)


def _open(row: Any) -> Outgoing:
    content = current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed or b"")
    return Outgoing(
        id=row.id,
        created_at=row.created_at,
        message_id=row.message_id,
        to=content["to"],
        subject=content.get("subject", ""),
        text=content.get("sms") or content["text"],
        html=content.get("html"),
        language=content.get("language", "fr"),
    )


def _put_off(engine: Engine, row: Any, claim: UUID, now: datetime, why: str) -> Delivered:
    delay = DELAYS[min(row.tries, len(DELAYS) - 1)]
    if row.expires_at is not None:
        delay = min(delay, DELAY_OF_A_CODE)
    log.warning("letter put off: %s %s %s: %s", row.id, row.kind, row.channel, why)
    if now + delay > min(row.created_at + PATIENCE, row.expires_at or row.created_at + PATIENCE):
        return _settle(engine, row, now, sent=False)
    put_off(engine, row, claim, now + delay)
    return Delivered(failed=1)


def _settle(engine: Engine, row: Any, now: datetime, *, sent: bool) -> Delivered:
    try:
        mark(engine, row, now, sent=sent, told=witnesses)
    except Exception as error:  # noqa: BLE001  it must never leave again because a witness failed
        log.error("letter without witness: %s: %s", row.id, type(error).__name__)
        mark(engine, row, now, sent=sent, told=[])
    if not sent:
        log.error("letter given up: %s %s %s", row.id, row.kind, row.channel)
    return Delivered(sent=1) if sent else Delivered(abandoned=1)
