"""Writing an event down in the transaction of the act, and reading a person's events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, insert, select, union, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.db.work import run
from webapp.journal.chain import START, entry_mac, head_mac
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry, JournalHead

_HEAD = 1
_COLUMNS = (
    JournalEntry.seq,
    JournalEntry.at,
    JournalEntry.event,
    JournalEntry.beneficiary_id,
    JournalEntry.account_id,
    JournalEntry.sealed,
)

_LIMIT: Any = bindparam("limit", type_=Integer())


@dataclass(frozen=True)
class Entry:
    """One event as it is read."""

    seq: int
    at: datetime
    event: str
    beneficiary_id: UUID | None
    account_id: UUID | None
    facts: dict[str, Any] = field(repr=False)


def record(
    session: Session,
    event: Event,
    *,
    now: datetime,
    beneficiary_id: UUID | None = None,
    account_id: UUID | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """Append one entry; return its number.

    `facts` (JSON-able, never a code or a password) are sealed. Entries are appended one after the other: the head
    stays locked until the transaction ends, so record last in it.
    """
    head = _locked_head(session)
    seq = head.length + 1
    sealed = (
        current_vault().seal(JournalEntry.__tablename__, UUID(int=seq), facts) if facts is not None else None
    )
    mac = entry_mac(head.last_mac, seq, now, event, beneficiary_id, account_id, sealed)
    session.execute(
        insert(JournalEntry).values(
            seq=seq,
            at=now,
            event=str(event),
            beneficiary_id=beneficiary_id,
            account_id=account_id,
            sealed=sealed,
            mac=mac,
        )
    )
    session.execute(
        update(JournalHead)
        .where(JournalHead.id == _HEAD)
        .values(length=seq, last_mac=mac, mac=head_mac(seq, mac))
        .execution_options(synchronize_session=False)
    )
    return seq


def entries_about(
    session: Session, beneficiary_id: UUID, *, before: int | None = None, limit: int = 20
) -> list[Entry]:
    """Read a person's events, newest first; `before`: the number of the last one already shown."""
    return _newest(session, {"beneficiary_id": beneficiary_id}, before, limit)


def entries_of(
    session: Session,
    account_id: UUID,
    beneficiary_id: UUID | None,
    *,
    before: int | None = None,
    limit: int = 20,
) -> list[Entry]:
    """Read the events of an account or of a person, newest first; `before`: the number of the last one already shown.

    `beneficiary_id` None: those of the account alone. One query that takes the newest of each by its own
    index: OR between the two would read all of both.
    """
    wanted = {"account_id": account_id}
    if beneficiary_id is not None:
        wanted["beneficiary_id"] = beneficiary_id
    return _newest(session, wanted, before, limit)


def has_happened(session: Session, account_id: UUID, event: Event) -> bool:
    """Say whether an event was ever written down about an account."""
    one = select(JournalEntry.seq).where(
        JournalEntry.account_id == account_id, JournalEntry.event == str(event)
    )
    return session.execute(one.order_by(JournalEntry.seq.desc()).limit(1)).one_or_none() is not None


def _newest(session: Session, about: dict[str, UUID], before: int | None, limit: int) -> list[Entry]:
    further = {} if before is None else {"before": before}
    found = run(session, _by(*about, further=bool(further)), **about, **further, limit=limit)
    return [
        Entry(row.seq, row.at, row.event, row.beneficiary_id, row.account_id, _facts(row.seq, row.sealed))
        for row in found
    ]


@cache
def _by(*names: str, further: bool) -> Any:
    """Make the query of the newest entries by each of these columns, once: it takes longer than to run it."""
    each = []
    for name in names:
        query = select(*_COLUMNS).where(getattr(JournalEntry, name) == bindparam(name))
        query = query.order_by(JournalEntry.seq.desc()).limit(_LIMIT)
        each.append(query.where(JournalEntry.seq < bindparam("before")) if further else query)
    if len(each) == 1:
        return each[0]
    every = union(*(select(one.subquery()) for one in each)).subquery()
    return select(every).order_by(every.c.seq.desc()).limit(_LIMIT)


def _facts(seq: int, sealed: bytes | None) -> dict[str, Any]:
    if sealed is None:
        return {}
    return current_vault().unseal(JournalEntry.__tablename__, UUID(int=seq), sealed)


@dataclass(frozen=True)
class _Head:
    length: int
    last_mac: bytes


def _locked_head(session: Session) -> _Head:
    query = select(JournalHead.length, JournalHead.last_mac).where(JournalHead.id == _HEAD).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        start = {"id": _HEAD, "length": 0, "last_mac": START, "mac": head_mac(0, START)}
        session.execute(insert_for(session, JournalHead).values(start).on_conflict_do_nothing())
        row = session.execute(query).one()  # ours, or that of whoever was first
    return _Head(row.length, row.last_mac)
