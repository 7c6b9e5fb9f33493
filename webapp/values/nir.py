"""The social security number (NIR): 13 characters and a key of 2 digits.

Sources: décret n° 82-103 of 22 January 1982, article 4 (sex, year, month, place, order, key); Insee for
Corsica (2A counts as 19 and 2B as 18 in the key) and for the months of incomplete records (20 to 42, 50 to
99). The first digit is 1 or 2, 3 or 4 while a registration is under way, 7 or 8 for a waiting number.
python-stdnum computes the key, behind a check of the shape: alone it lets through a trailing newline, a month
00 and a sex 9, and fails on odd input.
"""

import re
from enum import Enum

from stdnum.fr import nir as stdnum_nir

from webapp.values.french import NARROW_SPACE, typeset

LENGTH = 15
EXAMPLE = "155127505600146"  # no one's: births in Paris bear an arrondissement, never commune 056

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212\u2060\ufeff\u200b/_]+")
_CHARACTERS = re.compile(r"\A[0-9AB]*\Z")
_MONTH = r"(?:0[1-9]|1[0-2]|[23][0-9]|4[0-2]|[5-9][0-9])"
_PLACE = r"(?!00)(?:[0-9]{2}|2[AB])(?!000)[0-9]{3}"  # overseas: 97 or 98, a digit, two of commune
_ANY_PLACE = r"(?:[0-9]{2}|2[AB])[0-9]{3}"  # numbers given by a scheme need not follow the civil registry
_SHAPE = re.compile(
    rf"\A(?:[12][0-9]{{2}}{_MONTH}{_PLACE}(?!000)[0-9]{{3}}|[3478][0-9]{{2}}{_MONTH}{_ANY_PLACE}[0-9]{{3}})[0-9]{{2}}\Z"
)
_GROUPS = ((0, 1), (1, 3), (3, 5), (5, 7), (7, 10), (10, 13), (13, 15))


class NirProblem(Enum):
    """What can be wrong with a number."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SHAPE = "shape"
    KEY = "key"


class NirError(ValueError):
    """What is wrong with a number: `missing` characters when too short, `extra` when too long, else 0."""

    def __init__(self, problem: NirProblem, missing: int = 0, extra: int = 0) -> None:
        super().__init__(problem.value)  # never the number itself: messages end up in logs
        self.problem = problem
        self.missing = missing
        self.extra = extra


def parse_nir(text: str) -> str:
    """The 15 characters, capitals, no separators; NirError when it is not such a number."""
    number = _SEPARATORS.sub("", text).upper()
    if not number:
        raise NirError(NirProblem.EMPTY)
    if not _CHARACTERS.match(number):
        raise NirError(NirProblem.SHAPE)
    if len(number) < LENGTH:
        raise NirError(NirProblem.TOO_SHORT, missing=LENGTH - len(number))
    if len(number) > LENGTH:
        raise NirError(NirProblem.TOO_LONG, extra=len(number) - LENGTH)
    if not _SHAPE.match(number):
        raise NirError(NirProblem.SHAPE)
    if nir_key(number[:13]) != number[13:]:
        raise NirError(NirProblem.KEY)
    return number


def nir_key(body: str) -> str:
    """The two digits, 01 to 97, that follow these 13 characters (97 minus the remainder by 97)."""
    return str(stdnum_nir.calc_check_digits(body))


def group_nir(nir: str) -> str:
    """A canonical number as the card shows it, with spaces that do not break: "1 55 12 75 056 001 …"."""
    return NARROW_SPACE.join(nir[start:end] for start, end in _GROUPS)


def nir_sentence(error: NirError) -> str:
    """What to do about it, in French."""
    if error.problem is NirProblem.EMPTY:
        sentence = "Écrivez le numéro de sécurité sociale : les 15 caractères qui sont sur la carte Vitale"
    elif error.problem is NirProblem.TOO_SHORT:
        sentence = f"Le numéro doit avoir {LENGTH} caractères : il en manque {error.missing}"
    elif error.problem is NirProblem.TOO_LONG:
        sentence = f"Le numéro doit avoir {LENGTH} caractères : il y en a {error.extra} de trop"
    elif error.problem is NirProblem.SHAPE:
        sentence = "Recopiez le numéro de la carte Vitale : des chiffres seulement, sauf 2A ou 2B en Corse"
    else:
        sentence = "Relisez le numéro chiffre par chiffre : les 2 derniers ne vont pas avec les autres"
    return typeset(f"{sentence}. Exemple : ") + group_nir(EXAMPLE)
