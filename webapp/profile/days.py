"""The day of an entry in words, as much of it as is known."""

from __future__ import annotations

from webapp.profile.service import Entry
from webapp.values.clock import french_date

PRECISION = "precision"
"""Of what an entry says: `month`, `year` or `unknown`, when the whole day is not known."""


def day_in_words(entry: Entry) -> str:
    """ "3 mars 2015", "mars 2015", "2015"; nothing when the day is not known."""
    known = str(entry.said.get(PRECISION, "day"))
    whole = french_date(entry.happened_on)
    month = whole.replace("\u00a0", " ").partition(" ")[2]
    return {"day": whole, "month": month, "year": month.rpartition(" ")[2]}.get(known, "")
