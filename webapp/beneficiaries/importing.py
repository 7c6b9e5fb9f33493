"""Import of the insurer's registry: all rows or none, in bounded memory, and a second run writes nothing.

The file is read and judged once, outside any transaction, into a `Staging`; only when every row can be right does one
transaction compare it with what is known and write the difference. Nobody who is absent from the file is touched.
On SQLite that transaction keeps every other writer waiting: a large registry wants PostgreSQL, or a quiet hour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary, Card
from webapp.beneficiaries.registry import read_registry
from webapp.beneficiaries.registry_row import RefusedRow
from webapp.beneficiaries.staging import Staging
from webapp.beneficiaries.writing import Written, write_people
from webapp.db.vault import current_vault
from webapp.db.work import writing
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.clock import PARIS

BATCH = 1_000
MOST_NAMED = 100_000
"""Refused rows that a report names; beyond, they are only counted, so that memory stays bounded."""

_ONE_AT_A_TIME = 0x7265_6769_7374  # "regist": the key of PostgreSQL's advisory lock


Settle = Callable[[Session, datetime], object]


class Progress(Protocol):
    """Told how far an import is: `phase` is "reading" (bytes) or "writing" (rows)."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Take note."""


@dataclass(frozen=True)
class ImportReport(Written):
    """What an import read and wrote. `read` counts rows; with a refused row nothing was written at all."""

    read: int = 0
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0
    """All of them, of which `refused` names the first hundred thousand."""

    @property
    def accepted(self) -> bool:
        """Say whether the file was taken."""
        return not self.refused_count


class _Refused:
    """The refused rows so far, of which the first are kept."""

    def __init__(self) -> None:
        self.rows: list[RefusedRow] = []
        self.count = 0

    def add(self, row: RefusedRow) -> None:
        self.count += 1
        if len(self.rows) < MOST_NAMED:
            self.rows.append(row)

    def report(self, read: int) -> ImportReport:
        rows = tuple(sorted(self.rows, key=lambda row: row.line))
        return ImportReport(read=read, refused=rows, refused_count=self.count)


def import_registry(
    engine: Engine,
    path: Path,
    now: datetime,
    progress: Progress | None = None,
    settle: tuple[Settle, ...] = (),
) -> ImportReport:
    """Import a file. RegistryFileError when it is no registry at all, OSError when it cannot be read.

    `now` (aware) is the time written beside what changes, and its day in Paris the last possible birth date.
    `settle`: what the floors above do in the same transaction, once everything is written.
    """
    tell: Progress = progress or (lambda phase, done, total: None)
    staging = Staging(current_vault())
    try:
        refused = _Refused()
        read = _stage(staging, path, now, refused, tell)
        if refused.count:
            staging.index()
            staging.group()
            for row in staging.conflicts():
                refused.add(row)
            return refused.report(read)
        return _write(engine, staging, now, read, tell, settle)
    finally:
        staging.close()


def _stage(staging: Staging, path: Path, now: datetime, refused: _Refused, tell: Progress) -> int:
    today = now.astimezone(PARIS).date()
    size = path.stat().st_size
    read = 0
    with path.open("rb") as file:
        for row in read_registry(file, today):
            read += 1
            if isinstance(row, RefusedRow):
                refused.add(row)
            else:
                staging.add(row)
            if not read % BATCH and file.seekable():
                tell("reading", min(file.tell(), size), size)
    tell("reading", size, size)
    return read


def _write(
    engine: Engine,
    staging: Staging,
    now: datetime,
    read: int,
    tell: Progress,
    settle: tuple[Settle, ...],
) -> ImportReport:
    staging.index()
    written = Written()
    with writing(engine) as session:
        _wait_for_other_imports(session)
        _recognise(session, staging)
        staging.group()
        refused = _Refused()
        for row in staging.conflicts():
            refused.add(row)
        if refused.count:
            return refused.report(read)
        done = 0
        for people in staging.people(BATCH):
            written += write_people(session, people, now)
            done += sum(len(person.rows) for person in people)
            tell("writing", done, staging.count)
        for act in settle:
            act(session, now)
        if written.anything:
            counts = {name: count for name, count in asdict(written).items() if count}
            record(session, Event.REGISTRY_IMPORTED, now=now, facts=counts)
    return ImportReport(**asdict(written), read=read)


def _wait_for_other_imports(session: Session) -> None:
    """One import at a time; SQLite's writing transactions exclude each other already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})


def _recognise(session: Session, staging: Staging) -> None:
    """Rows that give no number belong to whoever is known, by number, at the same place."""
    for places in staging.places_without_number(BATCH):
        known = session.execute(
            select(Card.place_index, Beneficiary.nir_index)
            .join(Beneficiary, Beneficiary.id == Card.beneficiary_id)
            .where(Card.place_index.in_(places), Beneficiary.nir_index.is_not(None))
        )
        staging.recognise([(place, number) for place, number in known if number is not None])


__all__ = ["ImportReport", "Progress", "Written", "import_registry"]
