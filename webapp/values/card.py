"""The carte Vitale: its two kinds and its serial number.

With a photo the serial has 11 digits; without, 8 to 13. No check digit of it is public, so none is enforced.
"""

import re
from enum import Enum, StrEnum

from webapp.values.french import typeset

LENGTHS = {"with_photo": (11, 11), "without_photo": (8, 13)}

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212\u2060\ufeff\u200b/_]+")
_DIGITS = re.compile(r"\A[0-9]+\Z")
_EXAMPLES = {"with_photo": "40157829634", "without_photo": "5281940367"}


class CardType(StrEnum):
    """The two kinds of card, as forms and registry files name them."""

    WITH_PHOTO = "with_photo"
    WITHOUT_PHOTO = "without_photo"


class SerialProblem(Enum):
    """What can be wrong with a serial."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


class SerialError(ValueError):
    """What is wrong with a serial: `missing` or `extra` digits for that kind of card, else 0."""

    def __init__(self, problem: SerialProblem, card_type: CardType, missing: int = 0, extra: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.card_type = card_type
        self.missing = missing
        self.extra = extra


def parse_serial(text: str, card_type: CardType) -> str:
    """The digits alone, leading zeros kept; SerialError when that kind of card cannot bear them."""
    serial = _SEPARATORS.sub("", text)
    shortest, longest = LENGTHS[card_type]
    if not serial:
        raise SerialError(SerialProblem.EMPTY, card_type)
    if not _DIGITS.match(serial):
        raise SerialError(SerialProblem.NOT_DIGITS, card_type)
    if len(serial) < shortest:
        raise SerialError(SerialProblem.TOO_SHORT, card_type, missing=shortest - len(serial))
    if len(serial) > longest:
        raise SerialError(SerialProblem.TOO_LONG, card_type, extra=len(serial) - longest)
    return serial


def serial_sentence(error: SerialError, *, kind_known: bool = True) -> str:
    """What to do about it, in French; `kind_known=False` when nobody said yet which kind of card it is."""
    shortest, longest = LENGTHS[error.card_type]
    if not kind_known:
        expected = f"Le numéro de série a de {shortest} à {longest} chiffres"
    elif error.card_type is CardType.WITH_PHOTO:
        expected = f"Sur une carte avec photo, le numéro de série a {longest} chiffres"
    else:
        expected = f"Sur une carte sans photo, le numéro de série a de {shortest} à {longest} chiffres"
    if error.problem is SerialProblem.EMPTY:
        sentence = f"Écrivez le numéro de série de la carte Vitale. {expected}"
    elif error.problem is SerialProblem.NOT_DIGITS:
        sentence = f"{expected}, sans lettre : recopiez seulement les chiffres"
    elif error.problem is SerialProblem.TOO_SHORT:
        at_least = "" if shortest == longest else " au moins"
        sentence = f"{expected} : il en manque{at_least} {error.missing}"
    else:
        sentence = f"{expected} : il y en a {error.extra} de trop"
    return typeset(f"{sentence}. Exemple : {_EXAMPLES[error.card_type]}")
