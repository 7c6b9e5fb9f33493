"""The body mass index of adults, with the ranges of the World Health Organization; nothing is said under eighteen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from webapp.profile.body_mass import body_mass_index, height_for, say_index, say_range

BORN, WEIGHED = date(1987, 4, 12), date(2026, 3, 2)
CHILD = date(2016, 5, 1)


@pytest.mark.parametrize(
    ("grams", "centimetres", "words", "range_said"),
    [
        (54_700, 172, "18,5", "normale"),
        (54_500, 172, "18,4", "maigreur"),
        (73_800, 172, "24,9", "normale"),
        (74_000, 172, "25,0", "surpoids"),
        (88_700, 172, "30,0", "obésité"),
        (88_500, 172, "29,9", "surpoids"),
    ],
)
def test_an_index_is_said_with_its_range(grams: int, centimetres: int, words: str, range_said: str) -> None:
    index = body_mass_index(grams, centimetres)
    assert say_index(index) == words
    said = say_range(index, BORN, WEIGHED)
    assert range_said in said
    assert "médecin" in said


def test_no_range_is_said_under_eighteen() -> None:
    for index in ("12", "22", "35"):
        said = say_range(Decimal(index), CHILD, WEIGHED)
        assert "OMS" not in said
        assert "carnet de santé" in said
    assert "OMS" in say_range(Decimal(22), CHILD, date(2034, 5, 1))


def test_the_height_of_the_time_is_used() -> None:
    heights = [(date(2020, 1, 1), 173), (date(2010, 1, 1), 172)]
    for day, found in ((WEIGHED, 173), (date(2015, 1, 1), 172), (date(2008, 1, 1), 172)):
        assert height_for(day, heights, BORN) == found
    assert height_for(WEIGHED, [], BORN) is None


def test_a_child_grows_and_an_old_height_says_nothing() -> None:
    assert height_for(WEIGHED, [(date(2026, 1, 1), 140)], CHILD) == 140
    assert height_for(WEIGHED, [(date(2025, 6, 1), 135)], CHILD) is None
    assert height_for(date(2035, 1, 1), [(date(2026, 1, 1), 140)], CHILD) is None, "grown up since"
