"""A birth date typed in three fields: day, month, year."""

import re
from datetime import date
from enum import Enum
from typing import Literal

from webapp.values.clock import french_date
from webapp.values.french import typeset

Part = Literal["day", "month", "year"]

EARLIEST_YEAR = 1880  # nobody alive was born earlier: a smaller year is a slip of the finger

_NUMBER = re.compile(r"\A[0-9]{1,9}\Z")
_FRENCH_PARTS: dict[Part, str] = {"day": "le jour", "month": "le mois", "year": "l'année"}
_EXAMPLES: dict[Part, str] = {"day": "3", "month": "2", "year": "1975"}


class BirthDateProblem(Enum):
    """What can be wrong with a birth date."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"  # a day beyond 31, a month beyond 12, a year that has not four digits
    TWO_DIGIT_YEAR = "two_digit_year"
    NO_SUCH_DAY = "no_such_day"  # 31 April, 29 February of a common year
    TOO_OLD = "too_old"
    FUTURE = "future"


class BirthDateError(ValueError):
    """What is wrong with a birth date, and in which of the three fields."""

    def __init__(self, problem: BirthDateProblem, part: Part) -> None:
        super().__init__(f"{problem.value} ({part})")
        self.problem = problem
        self.part: Part = part


def parse_birth_date(day: str, month: str, year: str, today: date) -> date:
    """The date; BirthDateError for the first field, in reading order, that cannot be right on `today`."""
    day_number = _number(day, "day", 31)
    month_number = _number(month, "month", 12)
    year_number = _year(year)
    try:
        birth = date(year_number, month_number, day_number)
    except ValueError:
        raise BirthDateError(BirthDateProblem.NO_SUCH_DAY, "day") from None
    if birth > today:
        raise BirthDateError(BirthDateProblem.FUTURE, _first_part_ahead(birth, today))
    return birth


def birth_date_sentence(error: BirthDateError) -> str:
    """What to do about it, in French."""
    part = _FRENCH_PARTS[error.part]
    example = _EXAMPLES[error.part]
    if error.problem is BirthDateProblem.EMPTY:
        sentence = f"Écrivez {part} de naissance. Exemple : {example}"
    elif error.problem is BirthDateProblem.NOT_A_NUMBER:
        sentence = f"Écrivez {part} de naissance en chiffres. Exemple : {example}"
    elif error.problem is BirthDateProblem.TWO_DIGIT_YEAR:
        sentence = f"Ajoutez les 2 premiers chiffres de l'année. Exemple : {example}"
    elif error.problem is BirthDateProblem.NO_SUCH_DAY:
        sentence = "Vérifiez le jour et le mois : ce jour n'est pas dans le calendrier. Exemple : 28 2 1975"
    elif error.problem is BirthDateProblem.FUTURE:
        sentence = f"Vérifiez {part} : cette date n'est pas encore arrivée. Exemple : "
        return typeset(sentence) + french_date(date(1975, 2, 3))
    elif error.problem is BirthDateProblem.TOO_OLD:
        sentence = f"Vérifiez l'année : elle commence à {EARLIEST_YEAR}. Exemple : {example}"
    elif error.part == "year":
        sentence = f"Écrivez l'année avec ses 4 chiffres. Exemple : {example}"
    else:
        last = 31 if error.part == "day" else 12
        sentence = f"Vérifiez {part} : c'est un nombre de 1 à {last}. Exemple : {example}"
    return typeset(sentence)


def _number(text: str, part: Part, last: int) -> int:
    value = _digits(text, part)
    if not 1 <= value <= last:
        raise BirthDateError(BirthDateProblem.OUT_OF_RANGE, part)
    return value


def _year(text: str) -> int:
    value = _digits(text, "year")
    typed = text.strip()
    if len(typed) == 2:
        raise BirthDateError(BirthDateProblem.TWO_DIGIT_YEAR, "year")
    if len(typed) != 4:
        raise BirthDateError(BirthDateProblem.OUT_OF_RANGE, "year")
    if value < EARLIEST_YEAR:
        raise BirthDateError(BirthDateProblem.TOO_OLD, "year")
    return value


def _digits(text: str, part: Part) -> int:
    typed = text.strip()
    if not typed:
        raise BirthDateError(BirthDateProblem.EMPTY, part)
    if not _NUMBER.match(typed):
        raise BirthDateError(BirthDateProblem.NOT_A_NUMBER, part)
    return int(typed)


def _first_part_ahead(birth: date, today: date) -> Part:
    """The largest part that makes the date later than today: the one to correct."""
    if birth.year > today.year:
        return "year"
    return "month" if birth.month > today.month else "day"
