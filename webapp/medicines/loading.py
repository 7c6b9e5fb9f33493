"""Bringing the shipped file into the database: what differs is written, a second time changes nothing."""

from __future__ import annotations

import csv
import io
import itertools
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.medicines.models import Medicine, MedicineWord
from webapp.medicines.rules import folded, in_order, places

FILE = Path(__file__).parent / "data" / "medicines.csv.xz"
AT_ONCE = 5_000
Row = tuple[int, str, str]
"""Code, name, substances."""


@dataclass(frozen=True)
class Loaded:
    """How many medicines there are, and how many rows a load wrote or took away."""

    medicines: int
    changed: int


def load(session: Session, rows: Iterable[Row] | None = None) -> Loaded:
    """Make the tables say what the shipped file (or these rows) says; a medicine that left it leaves them."""
    wanted = {row["cis"]: row for row in _medicines(shipped() if rows is None else rows)}
    first = {row["name"]: row["cis"] for row in reversed(wanted.values())}
    words = {
        (word, row["cis"]): place
        for row in wanted.values()
        if first[row["name"]] == row["cis"]
        for word, place in places(row["name"], row.pop("substances")).items()
    }
    for row in wanted.values():
        row.pop("substances", None)
    return Loaded(len(wanted), _agree(session, wanted, words))


def shipped() -> list[Row]:
    """Read the shipped file."""
    lines = csv.reader(io.StringIO(lzma.decompress(FILE.read_bytes()).decode("utf-8")))
    return [(int(cis), name, substances) for cis, name, substances in itertools.islice(lines, 1, None)]


def _medicines(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    for position, (cis, name, substances) in enumerate(
        sorted(rows, key=lambda row: (in_order(row[1]), row[0]))
    ):
        yield {
            "cis": cis,
            "name": name,
            "folded": folded(name),
            "position": position,
            "substances": substances,
        }


def _agree(session: Session, wanted: dict[int, dict[str, Any]], words: dict[tuple[str, int], int]) -> int:
    """Write what differs, medicine by medicine: a medicine that changed has its words written anew."""
    held = {row.cis: dict(row._mapping) for row in session.execute(select(*Medicine.__table__.columns))}
    of: dict[int, dict[str, int]] = {}
    for (word, cis), place in words.items():
        of.setdefault(cis, {})[word] = place
    has: dict[int, dict[str, int]] = {}
    for row in session.execute(select(MedicineWord.word, MedicineWord.cis, MedicineWord.place)):
        has.setdefault(row.cis, {})[row.word] = row.place
    stale = {
        cis
        for cis in wanted.keys() | held.keys()
        if wanted.get(cis) != held.get(cis) or of.get(cis) != has.get(cis)
    }
    for some in _in_lots(sorted(stale)):
        session.execute(delete(MedicineWord).where(MedicineWord.cis.in_(some)))
        session.execute(delete(Medicine).where(Medicine.cis.in_(some)))
    for model, rows in (
        (Medicine, [wanted[cis] for cis in sorted(stale & wanted.keys())]),
        (
            MedicineWord,
            [
                {"word": word, "cis": cis, "place": place}
                for cis in sorted(stale)
                for word, place in of.get(cis, {}).items()
            ],
        ),
    ):
        for lot in _in_lots(rows):
            session.execute(insert_for(session, model).on_conflict_do_nothing(), lot)
    return len(stale)


def _in_lots(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
