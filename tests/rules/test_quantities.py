"""Heights and weights as people write them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.quantities import (
    HEAVIEST_G,
    LIGHTEST_G,
    SHORTEST_CM,
    TALLEST_CM,
    QuantityError,
    QuantityProblem,
    parse_height,
    parse_weight,
    show_height,
    show_weight,
)

HEIGHTS = st.integers(SHORTEST_CM, TALLEST_CM)


@pytest.mark.parametrize(
    "text",
    [
        *("1,72", "1.72", "172", "1m72", "1 m 72", "172 cm", "1,72 m", "172cm", " 1,72\u202fM ", "172,0"),
        *("1 mètre 72", "1,72 mètre", "1 metre 72", "1 m 72 cm", "172 centimètres", "1,72.", "1’72", "1;72"),
        "1,724",
    ],
)
def test_one_height_many_ways(text: str) -> None:
    assert parse_height(text) == 172


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 200),
        ("1,7", 170),
        ("1m7", 170),
        ("0,5", 50),
        ("50", 50),
        ("50,4 cm", 50),
        ("1m05", 105),
        ("1 m 5 cm", 105),
    ],
)
def test_short_ways(text: str, expected: int) -> None:
    assert parse_height(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", QuantityProblem.EMPTY),
        (" ", QuantityProblem.EMPTY),
        ("grand", QuantityProblem.SHAPE),
        ("1,72,3", QuantityProblem.SHAPE),
        ("1,5m72", QuantityProblem.SHAPE),
        ("172 cm 5", QuantityProblem.SHAPE),
        (".", QuantityProblem.EMPTY),
        ("172m", QuantityProblem.TOO_LARGE),
        ("5 cm", QuantityProblem.TOO_SMALL),
        ("3,5", QuantityProblem.TOO_SMALL),
        ("-172", QuantityProblem.SHAPE),
        ("१७२", QuantityProblem.SHAPE),
        ("9" * 400, QuantityProblem.SHAPE),
    ],
)
def test_what_is_no_height(text: str, problem: QuantityProblem) -> None:
    with pytest.raises(QuantityError) as error:
        parse_height(text)
    assert error.value.problem is problem


@given(HEIGHTS)
def test_what_is_read_back_is_the_same_height(height: int) -> None:
    assert parse_height(show_height(height)) == height
    assert parse_height(f"{height} cm") == height


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("70", 70_000), ("70,5", 70_500), ("70.5 kg", 70_500), ("3200 g", 3_200), ("3,25kilos", 3_250)),
        *(("72kg", 72_000), ("70,5 kg.", 70_500), ("72 kilogrammes", 72_000), ("3200 grammes", 3_200)),
        *(("3 kg 250", 3_250), ("72kg5", 72_500), ("3 kg 50 g", 3_050)),
    ],
)
def test_weights(text: str, expected: int) -> None:
    assert parse_weight(text) == expected


@pytest.mark.parametrize(
    "text", ["", "lourd", "0", "900", "70 m", "7,0,5", "70,5kg5", "3200 g 5", "1e3", "٧٠", "nan", "inf"]
)
def test_what_is_no_weight(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_weight(text)


@given(st.integers(LIGHTEST_G, HEAVIEST_G))
def test_what_is_read_back_is_the_same_weight(grams: int) -> None:
    assert parse_weight(show_weight(grams)) == grams


@given(st.text(max_size=30))
def test_anything_else_is_refused_in_words(text: str) -> None:
    for parse in (parse_height, parse_weight):
        with contextlib.suppress(QuantityError):
            assert parse(text) > 0
