"""How a date, an hour and a possessive are said in English, for letters. Always Paris time."""

from __future__ import annotations

from datetime import date, datetime

from webapp.values.clock import PARIS, paris_day
from webapp.values.french import APOSTROPHE, FIXED_SPACE

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def english_date(day: date) -> str:
    """ "3 February 2022". An aware moment is first brought to Paris; ValueError when it has no zone."""
    if isinstance(day, datetime):
        day = paris_day(day)
    return f"{day.day}{FIXED_SPACE}{_MONTHS[day.month - 1]} {day.year}"


def english_time(moment: datetime) -> str:
    """ "10:12", on 24 hours and with Paris named by whoever writes the sentence; ValueError when it has no zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be said in Paris time")
    return f"{moment.astimezone(PARIS):%H:%M}"


def english_datetime(moment: datetime) -> str:
    """ "3 February 2022 at 10:12 (Paris time)": whoever reads English may live elsewhere."""
    return f"{english_date(moment)} at {english_time(moment)} (Paris time)"


def possessive(name: str) -> str:
    """ "Léo’s", "Anaïs’s"."""
    return f"{name}{APOSTROPHE}s"


def english_device(words: str) -> str:
    """ "Firefox on Android", from the words of `device_name`."""
    return words.replace(" sur ", " on ")
