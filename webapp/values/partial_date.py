"""A day that something happened on, typed in three fields; of long ago, the year or the month may be all one knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from webapp.values.clock import french_date, french_month
from webapp.values.french import of_name, typeset

Part = Literal["day", "month", "year"]
_NUMBER = re.compile(r"\A[0-9]{1,4}\Z")


class Precision(StrEnum):
    """How much of a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


_KNOWN = {Precision.DAY: 3, Precision.MONTH: 2, Precision.YEAR: 1, Precision.UNKNOWN: 0}
"""How many of year, month and day are known."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day; of a month or a year alone, its first one (never before the birth), with how much of it is known."""

    day: date
    precision: Precision = Precision.DAY


class DayError(ValueError):
    """What is wrong with a day that was typed, in French, and in which of the three fields."""

    def __init__(self, part: Part, sentence: str) -> None:
        """Keep both; the sentence gets the spaces of French."""
        super().__init__(part)
        self.part: Part = part
        self.sentence = typeset(sentence)


def parse_day(
    day: str, month: str, year: str, *, today: date, born: date | None = None, partial: bool = False
) -> PartialDate | None:
    """Return the day, or None when all three fields are empty.

    With `partial`, the day may be missing, or the day and the month. Raises DayError for what is no day, is later than
    `today`, or earlier than `born`.
    """
    typed = [text.strip() for text in (day, month, year)]
    if not any(typed):
        return None
    year_number = _year(typed[2])
    month_number = _number(typed[1], "month", 12, optional=partial and not typed[0])
    day_number = _number(typed[0], "day", 31, optional=partial)
    precision = Precision.DAY if day_number else Precision.MONTH if month_number else Precision.YEAR
    try:
        found = date(year_number, month_number or 1, day_number or 1)
    except ValueError:
        sentence = "Vérifiez le jour et le mois : ce jour n'est pas dans le calendrier. Exemple : 28 2 2015"
        raise DayError("day", sentence) from None
    if found > today:
        part = _first_part_that_differs(found, today)
        raise DayError(part, "Vérifiez la date : elle n'est pas encore arrivée")
    if born is not None:
        known = _KNOWN[precision]
        if _parts(found)[:known] < _parts(born)[:known]:
            raise DayError("year", "Vérifiez la date : elle est avant la naissance")
        found = max(found, born)
    return PartialDate(found, precision)


def show_day(when: PartialDate) -> str:
    """ "3 mars 2015", "mars 2015", "2015", "date inconnue"."""
    if when.precision is Precision.UNKNOWN:
        return "date inconnue"
    if when.precision is Precision.YEAR:
        return str(when.day.year)
    return french_month(when.day) if when.precision is Precision.MONTH else french_date(when.day)


def on_day(when: PartialDate) -> str:
    """ "le 3 mars 2015", "en mars 2015", "en 2015", "date inconnue"."""
    words = {Precision.DAY: "le ", Precision.UNKNOWN: ""}.get(when.precision, "en ")
    return words + show_day(when)


def since(when: PartialDate) -> str:
    """Begin a span of time: "du 3 mars 2015 ", "d’avril 2015 ", "de 2015 "; "jusqu’" when it is unknown."""
    if when.precision is Precision.UNKNOWN:
        return "jusqu’"
    return (f"du {show_day(when)}" if when.precision is Precision.DAY else of_name(show_day(when))) + " "


def fields_of(when: PartialDate) -> tuple[str, str, str]:
    """Return what the three fields held: day, month, year."""
    known = _KNOWN[when.precision]
    year, month, day = (str(part) if place < known else "" for place, part in enumerate(_parts(when.day)))
    return day, month, year


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _year(text: str) -> int:
    if not text:
        raise DayError("year", "Écrivez l'année. Exemple : 2015")
    if not _NUMBER.match(text):
        raise DayError("year", "Écrivez l'année en chiffres. Exemple : 2015")
    if len(text) == 2:
        raise DayError("year", "Ajoutez les 2 premiers chiffres de l'année. Exemple : 2015")
    if len(text) != 4 or int(text) < 1:
        raise DayError("year", "Écrivez l'année avec ses 4 chiffres. Exemple : 2015")
    return int(text)


def _number(text: str, part: Part, last: int, *, optional: bool) -> int:
    name = {"day": "le jour", "month": "le mois"}[part]
    if not text:
        if optional:
            return 0
        raise DayError(part, f"Écrivez {name}. Exemple : 3")
    if not _NUMBER.match(text):
        raise DayError(part, f"Écrivez {name} en chiffres. Exemple : 3")
    if not 1 <= int(text) <= last:
        raise DayError(part, f"Vérifiez {name} : c'est un nombre de 1 à {last}. Exemple : 3")
    return int(text)


def _first_part_that_differs(found: date, today: date) -> Part:
    """Return the largest part that makes the day later than today: the one to correct."""
    if found.year > today.year:
        return "year"
    return "month" if found.month > today.month else "day"
