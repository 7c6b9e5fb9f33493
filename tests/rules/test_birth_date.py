"""A birth date in three fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.birth_date import BirthDateError, BirthDateProblem, birth_date_sentence, parse_birth_date

TODAY = date(2026, 3, 15)


def refused(day: str, month: str, year: str) -> BirthDateError:
    with pytest.raises(BirthDateError) as caught:
        parse_birth_date(day, month, year, TODAY)
    return caught.value


@given(st.dates(date(1880, 1, 1), TODAY), st.booleans(), st.sampled_from(["", " ", "\u00a0"]))
def test_every_past_day_is_taken_with_or_without_zeros(birth: date, zeros: bool, around: str) -> None:
    day, month = (f"{birth.day:02d}", f"{birth.month:02d}") if zeros else (str(birth.day), str(birth.month))
    assert parse_birth_date(around + day, month + around, around + str(birth.year), TODAY) == birth


@given(st.dates(date(2026, 3, 16), date(9999, 12, 31)))
def test_no_day_to_come_is_taken(birth: date) -> None:
    error = refused(str(birth.day), str(birth.month), str(birth.year))
    assert error.problem is BirthDateProblem.FUTURE
    assert getattr(birth, error.part) > getattr(TODAY, error.part)


@pytest.mark.parametrize(
    ("day", "month", "year", "problem", "part"),
    [
        ("", "2", "1975", BirthDateProblem.EMPTY, "day"),
        ("3", " ", "1975", BirthDateProblem.EMPTY, "month"),
        ("3", "2", "", BirthDateProblem.EMPTY, "year"),
        ("x", "", "", BirthDateProblem.NOT_A_NUMBER, "day"),
        ("3", "mars", "1975", BirthDateProblem.NOT_A_NUMBER, "month"),
        ("3", "2", "-975", BirthDateProblem.NOT_A_NUMBER, "year"),
        ("\u0663", "2", "1975", BirthDateProblem.NOT_A_NUMBER, "day"),
        ("9" * 5000, "2", "1975", BirthDateProblem.NOT_A_NUMBER, "day"),
        ("0", "2", "1975", BirthDateProblem.OUT_OF_RANGE, "day"),
        ("32", "2", "1975", BirthDateProblem.OUT_OF_RANGE, "day"),
        ("3", "13", "1975", BirthDateProblem.OUT_OF_RANGE, "month"),
        ("3", "0", "1975", BirthDateProblem.OUT_OF_RANGE, "month"),
        ("3", "2", "975", BirthDateProblem.OUT_OF_RANGE, "year"),
        ("3", "2", "19750", BirthDateProblem.OUT_OF_RANGE, "year"),
        ("3", "2", "75", BirthDateProblem.TWO_DIGIT_YEAR, "year"),
        ("3", "2", "1879", BirthDateProblem.TOO_OLD, "year"),
        ("31", "4", "1975", BirthDateProblem.NO_SUCH_DAY, "day"),
        ("29", "2", "1975", BirthDateProblem.NO_SUCH_DAY, "day"),
        ("29", "2", "1900", BirthDateProblem.NO_SUCH_DAY, "day"),
        ("16", "3", "2026", BirthDateProblem.FUTURE, "day"),
        ("1", "4", "2026", BirthDateProblem.FUTURE, "month"),
        ("1", "1", "2027", BirthDateProblem.FUTURE, "year"),
    ],
)
def test_the_part_that_is_wrong_is_named(
    day: str, month: str, year: str, problem: BirthDateProblem, part: str
) -> None:
    error = refused(day, month, year)
    assert (error.problem, error.part) == (problem, part)
    assert "Exemple\u202f: " in birth_date_sentence(error)


def test_leap_day_and_today_are_taken() -> None:
    assert parse_birth_date("29", "02", "2000", TODAY) == date(2000, 2, 29)
    assert parse_birth_date("15", "3", "2026", TODAY) == TODAY


def test_sentences() -> None:
    assert birth_date_sentence(refused("3", "2", "75")) == (
        "Ajoutez les 2 premiers chiffres de l’année. Exemple\u202f: 1975"
    )
    assert birth_date_sentence(refused("3", "2", "975")).startswith("Écrivez l’année avec ses 4 chiffres")
    assert "commence à 1880" in birth_date_sentence(refused("3", "2", "1879"))
    assert birth_date_sentence(refused("3", "13", "1975")).startswith(
        "Vérifiez le mois\u202f: c’est un nombre de 1 à 12"
    )
    assert birth_date_sentence(refused("32", "1", "1975")).startswith(
        "Vérifiez le jour\u202f: c’est un nombre de 1 à 31"
    )
    assert birth_date_sentence(refused("31", "4", "1975")).startswith("Vérifiez le jour et le mois")
    assert birth_date_sentence(refused("1", "1", "2027")).startswith("Vérifiez l’année\u202f: cette date")
    assert birth_date_sentence(refused("", "1", "1975")).startswith("Écrivez le jour de naissance")
