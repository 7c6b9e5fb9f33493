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
    HEIGHT = "height"
    WEIGHT = "weight"


ABSENCE = {
    Kind.ILLNESS: Kind.NO_ILLNESS,
    Kind.TREATMENT: Kind.NO_TREATMENT,
    Kind.ALLERGY: Kind.NO_ALLERGY,
}
"""The statement that there is none, by what there is none of."""
MEASURES = (Kind.HEIGHT, Kind.WEIGHT)
"""Kinds whose entries hold a `value` (centimetres, grams); the others hold a `name`, and words as one writes them."""
LONGEST = 200
"""Characters of one entry's name."""
MOST_AT_ONCE = 20
"""Entries that one answer may add."""
