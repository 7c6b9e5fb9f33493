"""A day in three fields, of which the year may be all one knows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.partial_date import (
    DayError,
    PartialDate,
    Precision,
    fields_of,
    on_day,
    parse_day,
    show_day,
    since,
)

TODAY, BORN = date(2026, 3, 2), date(1987, 4, 12)
D, M, Y = Precision.DAY, Precision.MONTH, Precision.YEAR


def read(day: str, month: str, year: str, *, partial: bool = True) -> PartialDate | None:
    return parse_day(day, month, year, today=TODAY, born=BORN, partial=partial)


@pytest.mark.parametrize(
    ("typed", "day", "precision", "words"),
    [
        (("3", "2", "2015"), date(2015, 2, 3), D, "le 3\u00a0février 2015"),
        ((" 03 ", "02", "2015"), date(2015, 2, 3), D, "le 3\u00a0février 2015"),
        (("", "2", "2015"), date(2015, 2, 1), M, "en février 2015"),
        (("", "", "2015"), date(2015, 1, 1), Y, "en 2015"),
        (("2", "3", "2026"), TODAY, D, "le 2\u00a0mars 2026"),
        (("12", "4", "1987"), BORN, D, "le 12\u00a0avril 1987"),
        (("", "4", "1987"), BORN, M, "en avril 1987"),
        (("", "", "1987"), BORN, Y, "en 1987"),
        (("", "", "2026"), date(2026, 1, 1), Y, "en 2026"),
    ],
)
def test_a_day_a_month_or_a_year(
    typed: tuple[str, str, str], day: date, precision: Precision, words: str
) -> None:
    found = read(*typed)
    assert found == PartialDate(day, precision)
    assert on_day(found) == words


@pytest.mark.parametrize(
    ("typed", "part", "words"),
    [
        (("3", "", "2015"), "month", "Écrivez le mois"),
        (("3", "2", ""), "year", "Écrivez l’année"),
        (("31", "4", "2015"), "day", "pas dans le calendrier"),
        (("29", "2", "2015"), "day", "pas dans le calendrier"),
        (("32", "1", "2015"), "day", "de 1 à 31"),
        (("1", "13", "2015"), "month", "de 1 à 12"),
        (("un", "1", "2015"), "day", "en chiffres"),
        (("١", "1", "2015"), "day", "en chiffres"),
        (("1", "1", "15"), "year", "2 premiers chiffres"),
        (("1", "1", "201"), "year", "4 chiffres"),
        (("1", "1", "0000"), "year", "4 chiffres"),
        (("3", "3", "2026"), "day", "pas encore arrivée"),
        (("", "4", "2026"), "month", "pas encore arrivée"),
        (("", "", "2027"), "year", "pas encore arrivée"),
        (("11", "4", "1987"), "year", "avant la naissance"),
        (("", "3", "1987"), "year", "avant la naissance"),
        (("", "", "1986"), "year", "avant la naissance"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(typed: tuple[str, str, str], part: str, words: str) -> None:
    with pytest.raises(DayError) as refused:
        read(*typed)
    assert refused.value.part == part
    assert words in refused.value.sentence


def test_where_the_whole_day_is_needed_it_is_asked_for() -> None:
    assert read("", " ", "", partial=False) is None
    with pytest.raises(DayError) as refused:
        read("", "", "2015", partial=False)
    assert refused.value.part == "month"


def test_a_span_of_time_begins_with_what_is_known() -> None:
    begun = [since(PartialDate(date(2015, 4, 3), precision)) for precision in (D, M, Y, Precision.UNKNOWN)]
    assert begun == ["du 3\u00a0avril 2015 ", "d’avril 2015 ", "de 2015 ", "jusqu’"]


def test_a_day_that_nobody_knows_is_said_so() -> None:
    unknown = PartialDate(TODAY, Precision.UNKNOWN)
    assert (on_day(unknown), fields_of(unknown)) == ("date inconnue", ("", "", ""))


@given(st.dates(BORN, TODAY), st.sampled_from([D, M, Y]))
def test_what_the_fields_held_is_read_again(day: date, precision: Precision) -> None:
    first = {D: day, M: day.replace(day=1), Y: day.replace(day=1, month=1)}[precision]
    when = PartialDate(max(first, BORN), precision)
    assert read(*fields_of(when)) == when
    assert str(day.year) in show_day(when)


@given(*(st.text(max_size=5) for _ in range(3)), st.booleans())
def test_no_text_is_a_fault(day: str, month: str, year: str, partial: bool) -> None:
    found: PartialDate | str | None
    try:
        found = read(day, month, year, partial=partial)
    except DayError as refused:
        found = refused.sentence
    if isinstance(found, PartialDate):
        assert BORN <= found.day <= TODAY
    else:
        assert found is None or found[0].isupper()
