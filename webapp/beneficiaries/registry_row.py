"""One row of the registry file: what each column must hold.

Reasons are for operators: they name the column and why, and never repeat what was in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from webapp.beneficiaries import registry_columns as column
from webapp.values.card import CardType

COLUMNS = (
    *("insured_nir", "person_nir", "birth_date", "birth_place", "birth_rank"),
    *("family_name", "used_name", "first_names", "sex", "card_type", "card_serial"),
    *("email", "phone", "address", "postal_code", "city", "scheme", "guardians"),
)
"""In the order in which files are written; they are read in any order."""

REQUIRED = frozenset(
    ("insured_nir", "birth_date", "family_name", "first_names", "sex", "card_type", "card_serial", "scheme")
)
"""The others may be empty, and may then be missing."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """A row that can be right: numbers and contacts in their canonical form, "" for what is not known."""

    line: int
    insured_nir: str
    person_nir: str
    birth_date: date
    birth_place: str
    birth_rank: int
    family_name: str
    used_name: str
    first_names: str
    sex: str
    card_type: CardType
    card_serial: str
    email: str
    phone: str
    address: str
    postal_code: str
    city: str
    scheme: str
    guardians: tuple[str, ...]

    @property
    def place(self) -> str:
        """What identifies the row: insured number, birth date, rank among twins."""
        return f"{self.insured_nir}|{self.birth_date.isoformat()}|{self.birth_rank}"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be right: each reason is "column: why". `line` is the one on which the row starts."""

    line: int
    reasons: tuple[str, ...]


def parse_row(line: int, fields: Mapping[str, str], today: date) -> RegistryRow | RefusedRow:
    """Check every field of a row, `today` being the last day on which someone can have been born."""
    reasons: list[str] = []
    kept: dict[str, str] = {}
    for name in COLUMNS:
        try:
            kept[name] = column.text(name, fields.get(name, ""))
        except column.Wrong as wrong:
            reasons.append(f"{name}: {wrong}")
            kept[name] = ""
    wrong_already = {reason.split(":", 1)[0] for reason in reasons}

    def read(name: str, parse: Callable[[str], T], otherwise: T) -> T:
        if name not in wrong_already:
            try:
                return parse(kept[name])
            except column.Wrong as wrong:
                reasons.append(f"{name}: {wrong}")
        return otherwise

    card_type = read("card_type", column.card_type, None)
    row = RegistryRow(
        line=line,
        insured_nir=read("insured_nir", column.nir, ""),
        person_nir=read("person_nir", column.optional(column.nir), ""),
        birth_date=read("birth_date", lambda text: column.birth_date(text, today), today),
        birth_place=kept["birth_place"],
        birth_rank=read("birth_rank", column.birth_rank, 1),
        family_name=read("family_name", column.name, ""),
        used_name=read("used_name", column.optional(column.name), ""),
        first_names=read("first_names", column.name, ""),
        sex=read("sex", column.sex, ""),
        card_type=card_type or CardType.WITH_PHOTO,
        card_serial=read("card_serial", lambda text: column.serial(text, card_type), ""),
        email=read("email", column.optional(column.email), ""),
        phone=read("phone", column.optional(column.phone), ""),
        address=kept["address"],
        postal_code=kept["postal_code"],
        city=kept["city"],
        scheme=read("scheme", column.required, ""),
        guardians=read("guardians", column.guardians, ()),
    )
    if row.person_nir and row.person_nir in row.guardians:
        reasons.append("guardians: holds the person's own number")
    if not reasons:
        return row
    order = {name: place for place, name in enumerate(COLUMNS)}
    return RefusedRow(line, tuple(sorted(reasons, key=lambda reason: order[reason.split(":", 1)[0]])))
