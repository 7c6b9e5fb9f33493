"""One line of paper for one entry, and for all the doses of one vaccine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from webapp.profile.service import Entry
from webapp.profile.words import said, when
from webapp.values.ages import age_on
from webapp.values.partial_date import Precision

NNBSP = "\u202f"
MOST_DOSES = 8
"""Days of one vaccine that a line says, the newest."""


def in_words(entry: Entry) -> str:
    """ "Lévothyroxine, 75 microgrammes, depuis 2015", "Appendicite, Bellevue, de mai 2012 au 9 mai 2012"."""
    unknown = entry.said.get("precision") == Precision.UNKNOWN and not entry.said.get("until")
    day = "" if unknown else when(entry)
    return f"{said(entry)}, {day}" if day else said(entry)


def vaccines_in_words(entries: Iterable[Entry]) -> list[str]:
    """ "ROR (Rougeole, Oreillons, Rubéole) : le 30 janvier 1997, lot X12 ; en 1987": a line a vaccine, newest first."""
    doses: dict[str, list[str]] = {}
    for entry in entries:
        batch = entry.said.get("batch")
        bare = replace(entry, said={key: value for key, value in entry.said.items() if key != "batch"})
        doses.setdefault(said(bare), []).append(when(entry) + (f", lot {batch}" if batch else ""))
    return [f"{name}{NNBSP}: {_listed(days)}" for name, days in doses.items()]


def _listed(days: list[str]) -> str:
    more = len(days) - MOST_DOSES
    return f"{NNBSP}; ".join(days[:MOST_DOSES]) + (f"{NNBSP}; et {more} avant" if more > 0 else "")


def age_in_words(birth: date, day: date) -> str:
    """ "41 ans"; of the very young in months, "14 mois", since doses follow them; "moins d’un mois"."""
    years = age_on(birth, day)
    if years >= 2:
        return f"{years} ans"
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return f"{months} mois" if months else "moins d’un mois"
