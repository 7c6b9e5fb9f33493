"""Checking the chain from its first entry to its head.

What it cannot see: the whole database put back to an earlier state of its own. Whoever keeps the number and the mac
that `espace-sante doctor` prints, somewhere else, sees that too.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.journal.chain import START, entry_mac, head_mac
from webapp.journal.models import JournalEntry, JournalHead

ROWS_AT_ONCE = 1000


class Damage(StrEnum):
    """How the journal was tampered with."""

    ALTERED = "this entry, or its place, is not what was written"
    MISSING = "entries are missing before this one"
    CUT_SHORT = "entries are missing after this one"
    HEAD_ALTERED = "the head is not what was written"
    HEAD_MISSING = "the head is missing"


@dataclass(frozen=True)
class Problem:
    """One piece of damage, at the number of an entry."""

    seq: int
    damage: Damage

    def __str__(self) -> str:
        """Say it to an operator."""
        return f"entry {self.seq}: {self.damage}"


@dataclass(frozen=True)
class Head:
    """How many entries there are, and the mac of the last one."""

    length: int
    last_mac: bytes
    genuine: bool


def read_head(session: Session) -> Head | None:
    """Read the head; None before the first entry."""
    row = session.execute(select(JournalHead.length, JournalHead.last_mac, JournalHead.mac)).one_or_none()
    if row is None:
        return None
    genuine = row.length >= 0 and hmac.compare_digest(row.mac, head_mac(row.length, row.last_mac))
    return Head(row.length, row.last_mac, genuine)


def verify_chain(session: Session) -> list[Problem]:
    """Read the whole journal, in bounded memory; return every piece of damage, none when it is intact."""
    problems: list[Problem] = []
    before = read_head(session)
    at_head: bytes = START
    seq, mac = 0, START
    rows = session.execute(
        select(JournalEntry.__table__).order_by(JournalEntry.seq).execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row in rows:
        if row.seq != seq + 1:
            problems.append(Problem(row.seq, Damage.MISSING))
        elif not hmac.compare_digest(row.mac, entry_mac(mac, *row[:-1])):
            problems.append(Problem(row.seq, Damage.ALTERED))
        seq, mac = row.seq, row.mac
        if before is not None and seq == before.length:
            at_head = mac
    session.expire_all()
    after = read_head(session)  # entries may have been appended meanwhile, never taken away
    if before is None or after is None:
        return [*problems, Problem(seq, Damage.HEAD_MISSING)] if seq else problems
    if not (before.genuine and after.genuine) or after.length < seq:
        problems.append(Problem(seq, Damage.HEAD_ALTERED))
    elif seq < before.length:
        problems.append(Problem(seq, Damage.CUT_SHORT))
    elif not hmac.compare_digest(at_head, before.last_mac):
        problems.append(Problem(before.length, Damage.ALTERED))
    return problems
