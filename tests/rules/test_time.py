"""Dates and hours as they are said, ages, majority."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.ages import age_on, is_minor, majority_day
from webapp.values.clock import (
    french_date,
    french_datetime,
    french_time,
    minutes_left,
    paris_day,
    time_left,
    utc_now,
)

DAYS = st.dates(date(1880, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 2, 3), "3\u00a0février 2022"),
        (date(2022, 3, 1), "1er\u00a0mars 2022"),
        (date(1999, 12, 31), "31\u00a0décembre 1999"),
        (date(2024, 8, 11), "11\u00a0août 2024"),
        (datetime(2022, 12, 31, 23, 30, tzinfo=UTC), "1er\u00a0janvier 2023"),
    ],
)
def test_dates(day: date, said: str) -> None:
    assert french_date(day) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2022, 2, 3, 9, 12, tzinfo=UTC), "10\u202fh\u202f12"),  # winter: one hour ahead
        (datetime(2022, 7, 3, 9, 5, tzinfo=UTC), "11\u202fh\u202f05"),  # summer: two
        (datetime(2022, 7, 3, 22, 0, tzinfo=UTC), "0\u202fh\u202f00"),
        (datetime(2024, 3, 31, 0, 59, tzinfo=UTC), "1\u202fh\u202f59"),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), "3\u202fh\u202f00"),  # the hour that does not exist
        (datetime(2022, 2, 3, 4, 12, tzinfo=timezone(timedelta(hours=-5))), "10\u202fh\u202f12"),
    ],
)
def test_hours_are_those_of_paris(moment: datetime, said: str) -> None:
    assert french_time(moment) == said


def test_date_and_hour_speak_of_the_same_day() -> None:
    moment = datetime(2022, 2, 2, 23, 5, tzinfo=UTC)
    assert french_datetime(moment) == "3\u00a0février 2022 à 0\u202fh\u202f05"
    assert paris_day(moment) == date(2022, 2, 3)


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2022, 2, 3, 10, 12)  # noqa: DTZ001
    for say in (french_time, french_datetime, french_date, paris_day):
        with pytest.raises(ValueError, match="time zone"):
            say(naive)


def test_now_is_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= utc_now() <= datetime.now(UTC)
    assert utc_now().utcoffset() == timedelta(0)


@given(st.integers(-10_000_000, 10_000_000_000))
def test_minutes_left_never_says_0_to_who_has_time(microseconds: int) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    minutes = minutes_left(now, now + timedelta(microseconds=microseconds))
    assert minutes * 60_000_000 >= microseconds
    assert (minutes - 1) * 60_000_000 < microseconds or minutes == 0
    assert (minutes == 0) == (microseconds <= 0)


def test_minutes_left_by_example() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    said = {seconds: minutes_left(now, now + timedelta(seconds=seconds)) for seconds in (-900, 0, 1, 60, 61)}
    assert said == {-900: 0, 0: 0, 1: 1, 60: 1, 61: 2}


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 6, 15), date(2018, 6, 14), 17),
        (date(2000, 6, 15), date(2018, 6, 15), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2000, 6, 15), date(2000, 6, 15), 0),
        (date(1900, 1, 1), date(2026, 1, 1), 126),
    ],
)
def test_ages(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age
    assert is_minor(birth, day) == (age < 18)


@given(DAYS, DAYS)
def test_a_minor_is_whoever_has_not_completed_18_years(birth: date, day: date) -> None:
    if day < birth:
        with pytest.raises(ValueError, match="before the birth"):
            age_on(birth, day)
        assert is_minor(birth, day)
        return
    assert is_minor(birth, day) == (age_on(birth, day) < 18) == (day < majority_day(birth))


@given(DAYS)
def test_majority_comes_once_on_one_day(birth: date) -> None:
    first = majority_day(birth)
    assert not is_minor(birth, first)
    assert is_minor(birth, first - timedelta(days=1))
    assert first.year == birth.year + 18


def test_time_left_by_example() -> None:
    now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    end = "jusqu’à 10\u202fh\u202f"
    assert time_left(now, now + timedelta(minutes=15)) == f"15\u00a0minutes, {end}15 (heure de Paris)"
    assert time_left(now, now + timedelta(seconds=40)) == f"1\u00a0minute, {end}00 (heure de Paris)"
