"""What a medical profile is made of. Plain values only."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """One kind of entry."""

    ILLNESS = "illness"
    TREATMENT = "treatment"
    ALLERGY = "allergy"
    NO_ILLNESS = "no-illness"
    NO_TREATMENT = "no-treatment"
    NO_ALLERGY = "no-allergy"
    """That there is none is a statement of its own: not the same as saying nothing."""
    VACCINATION = "vaccination"
    HOSPITAL_STAY = "hospital-stay"
    FAMILY_HISTORY = "family-history"
    WAY_OF_LIFE = "way-of-life"
    PERSON = "person"
    WISH = "wish"
    HEIGHT = "height"
    WEIGHT = "weight"
    BLOOD_PRESSURE = "blood-pressure"
    GLUCOSE = "glucose"
    TEMPERATURE = "temperature"
    PAIN = "pain"
    HEART_RATE = "heart-rate"
    OXYGEN = "oxygen"


ABSENCE = {
    Kind.ILLNESS: Kind.NO_ILLNESS,
    Kind.TREATMENT: Kind.NO_TREATMENT,
    Kind.ALLERGY: Kind.NO_ALLERGY,
}
"""The statement that there is none, by what there is none of."""
MEASURES = (
    Kind.WEIGHT,
    Kind.HEIGHT,
    Kind.BLOOD_PRESSURE,
    Kind.GLUCOSE,
    Kind.TEMPERATURE,
    Kind.HEART_RATE,
    Kind.OXYGEN,
    Kind.PAIN,
)
"""Kinds that are measured: numbers with a day. The others hold words."""
LONGEST = 200
"""Characters of one entry's name."""
LONGEST_WORDS = 500
"""Characters of what is told in a few sentences."""
MOST_AT_ONCE = 20
"""Entries that one answer may add."""
PAGE = 15
"""Entries of one page of a part: with its form and the names it proposes, they stay within the weight of a page."""
SUMMED_UP = 50
"""Measures of a kind that a summary as a file holds, the newest; the page that gives it says so."""
PLOTTED = 366
"""Measures that the plot of a part's page goes back to, at most: one a day for a year; a page of its own has all."""
