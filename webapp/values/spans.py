"""Since when and until when, as an entry keeps it: ISO dates of which the month or the day may be missing."""

from __future__ import annotations

from datetime import date

from webapp.values.clock import french_date
from webapp.values.partial_date import PartialDate, Precision, on_day, show_day, since

_SIGNS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
_BY_SIGNS = {length: precision for precision, length in _SIGNS.items()}


def written(when: PartialDate) -> str:
    """ "2015-03-01", "2015-03", "2015"; empty when nothing is known."""
    return when.day.isoformat()[: _SIGNS.get(when.precision, 0)]


def read(text: str) -> PartialDate | None:
    """Read it again; None for what is no such date."""
    precision = _BY_SIGNS.get(len(text))
    if precision is None:
        return None
    try:
        return PartialDate(date.fromisoformat(text + "-01-01"[: 10 - len(text)]), precision)
    except ValueError:
        return None


def comes_before(first: PartialDate, other: PartialDate) -> bool:
    """Whether it is sure that `first` comes before `other`: "2019" does not come before "mars 2019"."""
    known = min(len(written(first)), len(written(other)))
    return written(first)[:known] < written(other)[:known]


def lasting(began: str, ended: str, *, over: bool = False) -> str:
    """ "depuis mars 2015", "de 2015 à mars 2016", "jusqu’en 2016"; once over, of which the end is unknown: "en 2015".

    Empty when neither is known.
    """
    first, last = read(began), read(ended)
    if last is not None:
        return f"{since(first)}{_to(last)}" if first else f"jusqu’{_to(last, alone=True)}"
    if first is None:
        return ""
    return (
        on_day(first)
        if over
        else f"depuis {'le ' if first.precision is Precision.DAY else ''}{show_day(first)}"
    )


def _to(last: PartialDate, *, alone: bool = False) -> str:
    if last.precision is Precision.DAY:
        return f"au {french_date(last.day)}"
    return f"{'en' if alone else 'à'} {show_day(last)}"
