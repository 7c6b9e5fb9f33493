"""What was read of a registry file, put aside until all of it is known to be right.

A private SQLite database of its own (opened as "", so it has no name, spills to disk beyond its cache and is gone
with the process) holds one entry a row: memory stays bounded whatever the size of the file, which is read once. Rows
are encrypted with a key that never leaves memory, and only keyed digests stand beside them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.beneficiaries.registry_row import RefusedRow, RegistryRow
from webapp.beneficiaries.rules import same_name_key
from webapp.db.vault import Vault
from webapp.values.card import CardType

_CACHE_KIB = 16_384
_SCHEMA = """
CREATE TABLE entry (line INTEGER PRIMARY KEY, first INTEGER NOT NULL, person BLOB NOT NULL, place BLOB NOT NULL,
    facts BLOB NOT NULL, numbered INTEGER NOT NULL, sealed BLOB NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class PersonRows:
    """The rows of one person in the file, in its order; the first says how the person is called."""

    rows: tuple[RegistryRow, ...]

    @property
    def nir(self) -> str:
        """The person's own number, or "" when no row gives it."""
        return next((row.person_nir for row in self.rows if row.person_nir), "")

    @property
    def guardians(self) -> set[str]:
        """Whoever is a representative in any of the rows."""
        return {number for row in self.rows for number in row.guardians}


class Staging:
    """Rows put aside: `add` them, `index`, ask what is wrong between them, then take them back by person."""

    def __init__(self, vault: Vault) -> None:
        """Open an empty place."""
        self._vault = vault
        self._cipher = AESGCM(AESGCM.generate_key(bit_length=256))
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._database.execute("PRAGMA temp_store = FILE")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(_SCHEMA)
        self._database.execute("BEGIN")
        self.count = 0

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, row: RegistryRow) -> None:
        """Put one row aside."""
        place = self._vault.index("place", row.place)
        person = self._vault.index("nir", row.person_nir) if row.person_nir else place
        facts = self._vault.index("facts", json.dumps(list(_facts(row).values())))[:16]
        entry = (row.line, row.line, person, place, facts, bool(row.person_nir), self._seal(row))
        self._database.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", entry)
        self.count += 1

    def index(self) -> None:
        """Make ready for the questions, once every row is in."""
        self._database.execute("CREATE INDEX by_place ON entry (place, line)")

    def places_without_number(self, size: int) -> Iterator[list[bytes]]:
        """Give the `place_index` of the rows that have no `person_nir`, in batches."""
        last = 0
        while batch := self._database.execute(
            "SELECT line, place FROM entry WHERE line > ? AND NOT numbered ORDER BY line LIMIT ?",
            (last, size),
        ).fetchall():
            last = batch[-1][0]
            yield [place for _, place in batch]

    def recognise(self, known: list[tuple[bytes, bytes]]) -> None:
        """Take rows without number for those of the person known at their place: (place_index, nir_index)."""
        self._database.executemany("UPDATE entry SET person = ?2 WHERE place = ?1", known)

    def group(self) -> None:
        """Tie the rows of a person to the first of them."""
        self._database.execute("CREATE INDEX by_person ON entry (person, line)")
        self._database.execute(
            "UPDATE entry SET first = (SELECT min(e.line) FROM entry e WHERE e.person = entry.person) "
            "WHERE person IN (SELECT person FROM entry GROUP BY person HAVING count(*) > 1)"
        )
        self._database.execute("CREATE INDEX by_first ON entry (first, line)")

    def conflicts(self) -> Iterator[RefusedRow]:
        """Name the rows that cannot stand beside an earlier one (after `group`)."""
        twice = (
            "SELECT line, (SELECT min(e.line) FROM entry e WHERE e.place = entry.place) AS earlier FROM entry "
            "WHERE place IN (SELECT place FROM entry GROUP BY place HAVING count(*) > 1) AND line > earlier"
        )
        for line, earlier in self._database.execute(twice):
            why = f"insured_nir, birth_date and birth_rank are those of line {earlier}"
            yield RefusedRow(line, (f"row: {why}",))
        differing = (
            "SELECT e.line, e.sealed, f.line, f.sealed FROM entry e JOIN entry f ON f.line = e.first "
            "WHERE e.first <> e.line AND e.facts <> f.facts AND e.place <> f.place"
        )
        for line, sealed, first_line, first_sealed in self._database.execute(differing):
            facts, first = _facts(self._unseal(line, sealed)), _facts(self._unseal(first_line, first_sealed))
            reasons = (f"{name}: differs from line {first_line}, which is the same person" for name in facts)
            wrong = tuple(why for name, why in zip(facts, reasons, strict=True) if facts[name] != first[name])
            yield RefusedRow(line, wrong)

    def people(self, size: int) -> Iterator[list[PersonRows]]:
        """Give everyone back, each once with all their rows, in batches of about `size` rows."""
        batch: list[PersonRows] = []
        rows: list[RegistryRow] = []
        held, current = 0, 0
        cursor = self._database.execute("SELECT first, line, sealed FROM entry ORDER BY first, line")
        for first, line, sealed in cursor:
            if rows and first != current:
                batch.append(PersonRows(tuple(rows)))
                held += len(rows)
                rows = []
                if held >= size:
                    yield batch
                    batch, held = [], 0
            current = first
            rows.append(self._unseal(line, sealed))
        if rows:
            batch.append(PersonRows(tuple(rows)))
            yield batch

    def _seal(self, row: RegistryRow) -> bytes:
        values: list[Any] = [getattr(row, name) for name in _FIELDS]
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(
            nonce, json.dumps(values, default=str).encode(), str(row.line).encode()
        )

    def _unseal(self, line: int, sealed: bytes) -> RegistryRow:
        plain = self._cipher.decrypt(sealed[:12], sealed[12:], str(line).encode())
        fields = dict(zip(_FIELDS, json.loads(plain), strict=True))
        fields["birth_date"] = date.fromisoformat(fields["birth_date"])
        fields["card_type"] = CardType(fields["card_type"])
        fields["guardians"] = tuple(fields["guardians"])
        return RegistryRow(**fields)


_FIELDS = tuple(field.name for field in dataclasses.fields(RegistryRow))


def _facts(row: RegistryRow) -> dict[str, str]:
    """What every row of a person must agree on, whichever scheme sent it."""
    return {
        "family_name": same_name_key(row.family_name),
        "first_names": same_name_key(row.first_names),
        "birth_date": row.birth_date.isoformat(),
        "birth_rank": str(row.birth_rank),
        "sex": row.sex,
    }
