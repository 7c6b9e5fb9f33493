"""What each column of the registry may hold: functions that give a text back in its canonical form, or say `Wrong`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from webapp.values.birth_date import EARLIEST_YEAR
from webapp.values.card import LENGTHS, CardType, SerialError, SerialProblem, parse_serial
from webapp.values.email import EmailError, parse_email
from webapp.values.nir import LENGTH, NirError, NirProblem, parse_nir
from webapp.values.normal import normal
from webapp.values.phone import PhoneError, parse_phone

MOST_GUARDIANS = 8
_LONGEST = {"scheme": 60, "postal_code": 12, "address": 300, "email": 254, "phone": 40}
_LONGEST_TEXT = 120
_REMEMBERED = 256
"""Numbers and contacts just read: the rows of a family follow each other and repeat them."""

_ISO_DATE = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Wrong(ValueError):
    """Why a field is refused."""


def text(name: str, raw: str) -> str:
    """One line of composed characters, runs of spaces made one."""
    tidy = " ".join((raw if raw.isascii() else normal("NFC", raw)).split())
    longest = _LONGEST.get(name, _LONGEST_TEXT if name != "guardians" else 400)
    if len(tidy) > longest:
        raise Wrong(f"is longer than {longest} characters")
    if not tidy.isprintable():
        raise Wrong("holds a character that cannot be shown")
    return tidy


def required(text: str) -> str:
    """Refuse an empty text."""
    if not text:
        raise Wrong("is empty")
    return text


def optional(parse: Callable[[str], str]) -> Callable[[str], str]:
    """Let an empty text through, and check any other."""
    return lambda text: parse(text) if text else ""


@lru_cache(maxsize=_REMEMBERED)
def nir(text: str) -> str:
    """Give the 15 characters of a number whose shape and key are right."""
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
        raise Wrong(why[error.problem]) from None


def guardians(text: str) -> tuple[str, ...]:
    """Give the numbers of the representatives, each once, in order."""
    found: set[str] = set()
    for rank, number in enumerate(text.split(), start=1):
        try:
            found.add(nir(number))
        except Wrong as wrong:
            raise Wrong(f"number {rank} {wrong}") from None
    if len(found) > MOST_GUARDIANS:
        raise Wrong(f"holds more than {MOST_GUARDIANS} numbers")
    return tuple(sorted(found))


def birth_date(text: str, today: date) -> date:
    """Read YYYY-MM-DD, from 1880 to `today`."""
    if not _ISO_DATE.match(required(text)):
        raise Wrong("must be YYYY-MM-DD")
    try:
        birth = date.fromisoformat(text)
    except ValueError:
        raise Wrong("is not in the calendar") from None
    if birth > today:
        raise Wrong("is in the future")
    if birth.year < EARLIEST_YEAR:
        raise Wrong(f"is before {EARLIEST_YEAR}")
    return birth


def birth_rank(text: str) -> int:
    """Read 1 to 9; empty is 1."""
    if text not in ("", *"123456789"):
        raise Wrong("must be from 1 to 9")
    return int(text or 1)


def name(text: str) -> str:
    """Ask for a letter at least."""
    if not any(c.isalpha() for c in required(text)):
        raise Wrong("must hold a letter")
    return text


def sex(text: str) -> str:
    """Ask for F, M or I (undetermined)."""
    if text not in ("F", "M", "I"):
        raise Wrong("must be F, M or I")
    return text


def card_type(text: str) -> CardType:
    """Read the kind of card."""
    try:
        return CardType(required(text))
    except ValueError as error:
        if isinstance(error, Wrong):
            raise
        raise Wrong("must be with_photo or without_photo") from None


def serial(text: str, card_type: CardType | None) -> str:
    """Give the digits that this kind of card bears."""
    if card_type is None:
        return ""  # the type is refused already: nothing more can be said of the serial
    shortest, longest = LENGTHS[card_type]
    try:
        return parse_serial(text, card_type)
    except SerialError as error:
        if error.problem is SerialProblem.EMPTY:
            raise Wrong("is empty") from None
        if shortest == longest:
            raise Wrong(f"must be {longest} digits with a photo") from None
        raise Wrong(f"must be {shortest} to {longest} digits without a photo") from None


@lru_cache(maxsize=_REMEMBERED)
def email(text: str) -> str:
    """Give the address normalised; nothing is asked of the DNS."""
    try:
        return parse_email(text)
    except EmailError:
        raise Wrong("is not an e-mail address") from None


@lru_cache(maxsize=_REMEMBERED)
def phone(text: str) -> str:
    """Give the number in E.164."""
    try:
        return parse_phone(text)
    except PhoneError:
        raise Wrong("is not a telephone number that exists") from None
