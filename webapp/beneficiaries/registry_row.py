"""One row of the registry file: what each column must hold.

Reasons are for operators: they name the column and why, and never repeat what was in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from webapp.values.birth_date import EARLIEST_YEAR
from webapp.values.card import LENGTHS, CardType, SerialError, SerialProblem, parse_serial
from webapp.values.email import EmailError, parse_email
from webapp.values.nir import LENGTH, NirError, NirProblem, parse_nir
from webapp.values.phone import PhoneError, parse_phone

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

MOST_GUARDIANS = 8
_LONGEST = {"scheme": 60, "postal_code": 12, "address": 300, "email": 254, "phone": 40}
_LONGEST_TEXT = 120
_REMEMBERED = 256
"""Numbers and contacts just read: the rows of a family follow each other and repeat them."""
T = TypeVar("T")

_ISO_DATE = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


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


class _Wrong(ValueError):
    """Why a field is refused."""


def parse_row(line: int, fields: Mapping[str, str], today: date) -> RegistryRow | RefusedRow:
    """Check every field of a row, `today` being the last day on which someone can have been born."""
    reasons: list[str] = []
    kept: dict[str, str] = {}
    for name in COLUMNS:
        try:
            kept[name] = _text(name, fields.get(name, ""))
        except _Wrong as wrong:
            reasons.append(f"{name}: {wrong}")
            kept[name] = ""
    wrong_already = {reason.split(":", 1)[0] for reason in reasons}

    def read(name: str, parse: Callable[[str], T], otherwise: T) -> T:
        if name not in wrong_already:
            try:
                return parse(kept[name])
            except _Wrong as wrong:
                reasons.append(f"{name}: {wrong}")
        return otherwise

    card_type = read("card_type", _card_type, None)
    row = RegistryRow(
        line=line,
        insured_nir=read("insured_nir", _nir, ""),
        person_nir=read("person_nir", _optional(_nir), ""),
        birth_date=read("birth_date", lambda text: _birth_date(text, today), today),
        birth_place=kept["birth_place"],
        birth_rank=read("birth_rank", _birth_rank, 1),
        family_name=read("family_name", _name, ""),
        used_name=read("used_name", _optional(_name), ""),
        first_names=read("first_names", _name, ""),
        sex=read("sex", _sex, ""),
        card_type=card_type or CardType.WITH_PHOTO,
        card_serial=read("card_serial", lambda text: _serial(text, card_type), ""),
        email=read("email", _optional(_email), ""),
        phone=read("phone", _optional(_phone), ""),
        address=kept["address"],
        postal_code=kept["postal_code"],
        city=kept["city"],
        scheme=read("scheme", _required, ""),
        guardians=read("guardians", _guardians, ()),
    )
    if row.person_nir and row.person_nir in row.guardians:
        reasons.append("guardians: holds the person's own number")
    if not reasons:
        return row
    order = {name: place for place, name in enumerate(COLUMNS)}
    return RefusedRow(line, tuple(sorted(reasons, key=lambda reason: order[reason.split(":", 1)[0]])))


def _text(name: str, raw: str) -> str:
    """One line of composed characters, runs of spaces made one."""
    text = " ".join((raw if raw.isascii() else unicodedata.normalize("NFC", raw)).split())
    longest = _LONGEST.get(name, _LONGEST_TEXT if name != "guardians" else 400)
    if len(text) > longest:
        raise _Wrong(f"is longer than {longest} characters")
    if not text.isprintable():
        raise _Wrong("holds a character that cannot be shown")
    return text


def _required(text: str) -> str:
    if not text:
        raise _Wrong("is empty")
    return text


def _optional(parse: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: parse(text) if text else ""


@lru_cache(maxsize=_REMEMBERED)
def _nir(text: str) -> str:
    try:
        return parse_nir(text)
    except NirError as error:
        why = {
            NirProblem.EMPTY: "is empty",
            NirProblem.TOO_SHORT: f"must have {LENGTH} characters, key included: {error.missing} missing",
            NirProblem.TOO_LONG: f"must have {LENGTH} characters, key included: {error.extra} too many",
            NirProblem.SHAPE: "is not shaped like a social security number",
            NirProblem.KEY: "its key does not go with the other characters",
        }
        raise _Wrong(why[error.problem]) from None


def _guardians(text: str) -> tuple[str, ...]:
    found: set[str] = set()
    for rank, number in enumerate(text.split(), start=1):
        try:
            found.add(_nir(number))
        except _Wrong as wrong:
            raise _Wrong(f"number {rank} {wrong}") from None
    if len(found) > MOST_GUARDIANS:
        raise _Wrong(f"holds more than {MOST_GUARDIANS} numbers")
    return tuple(sorted(found))


def _birth_date(text: str, today: date) -> date:
    if not _ISO_DATE.match(_required(text)):
        raise _Wrong("must be YYYY-MM-DD")
    try:
        birth = date.fromisoformat(text)
    except ValueError:
        raise _Wrong("is not in the calendar") from None
    if birth > today:
        raise _Wrong("is in the future")
    if birth.year < EARLIEST_YEAR:
        raise _Wrong(f"is before {EARLIEST_YEAR}")
    return birth


def _birth_rank(text: str) -> int:
    if text not in ("", *"123456789"):
        raise _Wrong("must be from 1 to 9")
    return int(text or 1)


def _name(text: str) -> str:
    if not any(c.isalpha() for c in _required(text)):
        raise _Wrong("must hold a letter")
    return text


def _sex(text: str) -> str:
    if text not in ("F", "M", "I"):
        raise _Wrong("must be F, M or I")
    return text


def _card_type(text: str) -> CardType:
    try:
        return CardType(_required(text))
    except ValueError as error:
        if isinstance(error, _Wrong):
            raise
        raise _Wrong("must be with_photo or without_photo") from None


def _serial(text: str, card_type: CardType | None) -> str:
    if card_type is None:
        return ""  # the type is refused already: nothing more can be said of the serial
    shortest, longest = LENGTHS[card_type]
    try:
        return parse_serial(text, card_type)
    except SerialError as error:
        if error.problem is SerialProblem.EMPTY:
            raise _Wrong("is empty") from None
        if shortest == longest:
            raise _Wrong(f"must be {longest} digits with a photo") from None
        raise _Wrong(f"must be {shortest} to {longest} digits without a photo") from None


@lru_cache(maxsize=_REMEMBERED)
def _email(text: str) -> str:
    try:
        return parse_email(text)
    except EmailError:
        raise _Wrong("is not an e-mail address") from None


@lru_cache(maxsize=_REMEMBERED)
def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except PhoneError:
        raise _Wrong("is not a telephone number that exists") from None
