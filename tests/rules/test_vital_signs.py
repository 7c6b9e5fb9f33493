"""What is measured at home, understood however it is written, and read back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.profile.fields import Wrong
from webapp.profile.measures import MEASURES
from webapp.values import vital_signs as signs
from webapp.values.quantities import QuantityError, QuantityProblem

P = QuantityProblem


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((typed, (120, 80)) for typed in ("12/8", "12,8", "12.8", "12 8", "120/80", "120 80", "12 sur 8")),
        *((typed, (120, 80)) for typed in (" 120 / 80 mmHg", "12/8 cmHg", "12-8", "12\u202f/\u202f8")),
        ("12,5/8", (125, 80)),
        ("90/30", (90, 30)),
        ("30/20", (300, 200)),
        ("8/12", P.ORDER),
        ("12/12", P.ORDER),
        ("3/2", P.TOO_SMALL),
        ("31/8", P.TOO_SMALL),
        ("320/80", P.TOO_LARGE),
        *((typed, P.SHAPE) for typed in ("12", "12/8/5", "douze/huit", "12//8", "-12/8", "١٢/٨")),
        (" ", P.EMPTY),
    ],
)
def test_a_blood_pressure_is_understood_as_it_is_said_aloud_or_shown(typed: str, found: Any) -> None:
    assert _read(signs.parse_pressure, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((typed, 1100) for typed in ("1,10", "1.1", "1,1 g/L", "110", "110 mg/dL", "1,1 g")),
        *((typed, 1099) for typed in ("6,1 mmol/L", "6.1mmol")),
        ("7", P.UNIT),
        ("6,1", P.UNIT),
        ("39,9", P.UNIT),
        ("40", 400),
        ("2,99", 2990),
        ("7 g/L", 7000),
        ("0,05", P.TOO_SMALL),
        ("90 mmol/L", P.TOO_LARGE),
        ("beaucoup", P.SHAPE),
        ("", P.EMPTY),
    ],
)
def test_a_blood_glucose_is_understood_in_three_units_and_never_guessed(typed: str, found: Any) -> None:
    assert _read(signs.parse_glucose, typed) == found


@pytest.mark.parametrize(
    ("parse", "typed", "found"),
    [
        *((signs.parse_temperature, typed, 372) for typed in ("37,2", "37.2", "37°2", "37,2 °C", "37,2c")),
        (signs.parse_temperature, "38", 380),
        (signs.parse_temperature, "24,9", P.TOO_SMALL),
        (signs.parse_temperature, "45,1", P.TOO_LARGE),
        (signs.parse_temperature, "372", P.SHAPE),
        *((signs.parse_pain, typed, 4) for typed in ("4", "4/10", "4 sur 10")),
        (signs.parse_pain, "11", P.TOO_LARGE),
        (signs.parse_pain, "-1", P.SHAPE),
        *((signs.parse_heart_rate, typed, 72) for typed in ("72", "72 bpm", "72 battements", "72/min")),
        (signs.parse_heart_rate, "19", P.TOO_SMALL),
        (signs.parse_heart_rate, "301", P.TOO_LARGE),
        *((signs.parse_oxygen, typed, 97) for typed in ("97", "97 %", "97,0")),
        (signs.parse_oxygen, "101", P.TOO_LARGE),
        (signs.parse_oxygen, "29", P.TOO_SMALL),
    ],
)
def test_other_measures_are_understood(parse: Callable[[str], int], typed: str, found: Any) -> None:
    assert _read(parse, typed) == found


BOUNDS: dict[Callable[[str], int], tuple[tuple[int, int], Callable[[int], str]]] = {
    signs.parse_glucose: (signs.GLUCOSE_MG_L, signs.show_glucose),
    signs.parse_temperature: (signs.TENTHS_OF_DEGREE, signs.show_temperature),
    signs.parse_pain: (signs.PAIN, signs.show_pain),
    signs.parse_heart_rate: (signs.HEART_RATE, signs.show_heart_rate),
    signs.parse_oxygen: (signs.OXYGEN, signs.show_oxygen),
}


@given(st.data(), st.sampled_from(list(BOUNDS)))
def test_what_is_read_back_is_understood_again(data: st.DataObject, parse: Callable[[str], int]) -> None:
    bounds, show = BOUNDS[parse]
    value = data.draw(st.integers(*bounds))
    assert parse(show(value)) == value


@given(st.integers(*signs.SYSTOLIC), st.integers(*signs.DIASTOLIC))
def test_a_pressure_that_is_read_back_is_understood_again(high: int, low: int) -> None:
    if low < high:
        assert signs.parse_pressure(signs.show_pressure(high, low)) == (high, low)


@given(st.text(max_size=20), st.sampled_from([one.field for one in MEASURES.values()]))
def test_no_text_is_a_fault(text: str, field: Any) -> None:
    try:
        said = field.read(text)
    except Wrong as refused:
        said = str(refused)
    assert "xemple" in said if isinstance(said, str) else field.read(field.show(said)) == said


def _read(parse: Callable[[str], Any], typed: str) -> Any:
    try:
        return parse(typed)
    except QuantityError as error:
        return error.problem
