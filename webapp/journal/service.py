"""Writing an event down in the transaction of the act, and reading a person's events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, union, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
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
    return _read(session, _newest(JournalEntry.beneficiary_id == beneficiary_id, before, limit))


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
    if beneficiary_id is None:
        return _read(session, _newest(JournalEntry.account_id == account_id, before, limit))
    of_account = _newest(JournalEntry.account_id == account_id, before, limit).subquery("of_account")
    of_person = _newest(JournalEntry.beneficiary_id == beneficiary_id, before, limit).subquery("of_person")
    both = union(select(of_account), select(of_person)).subquery("both")
    return _read(session, select(both).order_by(both.c.seq.desc()).limit(limit))


def has_happened(session: Session, account_id: UUID, event: Event) -> bool:
    """Say whether an event was ever written down about an account."""
    one = select(JournalEntry.seq).where(
        JournalEntry.account_id == account_id, JournalEntry.event == str(event)
    )
    return session.execute(one.order_by(JournalEntry.seq.desc()).limit(1)).one_or_none() is not None


def _newest(about: ColumnElement[bool], before: int | None, limit: int) -> Any:
    query = select(*_COLUMNS).where(about).order_by(JournalEntry.seq.desc()).limit(limit)
    return query if before is None else query.where(JournalEntry.seq < before)


def _read(session: Session, query: Any) -> list[Entry]:
    return [
        Entry(row.seq, row.at, row.event, row.beneficiary_id, row.account_id, _facts(row.seq, row.sealed))
        for row in session.execute(query)
    ]


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
