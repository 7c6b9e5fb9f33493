"""The social security number: read however it is typed, refused when it cannot be."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.nir import EXAMPLE, NirError, NirProblem, group_nir, nir_key, nir_sentence, parse_nir

MONTHS = [*range(1, 13), *range(20, 43), *range(50, 100)]
DEPARTMENTS = [f"{number:02d}" for number in range(1, 100)] + ["2A", "2B"]


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """The 13 characters of a number that may exist."""
    return (
        draw(st.sampled_from("123478"))
        + f"{draw(st.integers(0, 99)):02d}"
        + f"{draw(st.sampled_from(MONTHS)):02d}"
        + draw(st.sampled_from(DEPARTMENTS))
        + f"{draw(st.integers(1, 999)):03d}{draw(st.integers(1, 999)):03d}"
    )


def key_by_hand(body: str) -> str:
    """The rule as the decree's circulars give it, computed without the library."""
    digits = body.replace("2A", "19").replace("2B", "18") if body[5:7] in ("2A", "2B") else body
    return f"{97 - int(digits) % 97:02d}"


def refused(text: str) -> NirError:
    with pytest.raises(NirError) as caught:
        parse_nir(text)
    return caught.value


@given(bodies())
def test_every_number_with_its_key_is_taken(body: str) -> None:
    assert nir_key(body) == key_by_hand(body)
    assert parse_nir(body + key_by_hand(body)) == body + key_by_hand(body)


@given(bodies(), st.integers(0, 99))
def test_any_other_key_is_refused(body: str, key: int) -> None:
    if f"{key:02d}" != key_by_hand(body):
        assert refused(f"{body}{key:02d}").problem is NirProblem.KEY


@given(bodies(), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: str, position: int, shift: int) -> None:
    if not body[position].isdigit() or position in (5, 6):
        return
    wrong = body[:position] + str((int(body[position]) + shift) % 10) + body[position + 1 :]
    assert refused(wrong + key_by_hand(body)).problem in {NirProblem.KEY, NirProblem.SHAPE}


@given(
    bodies(),
    st.lists(st.sampled_from([" ", "\u00a0", "\u202f", ".", "-", "\u2011", "\u2013", ""]), min_size=16),
)
def test_separators_and_small_letters_change_nothing(body: str, separators: list[str]) -> None:
    number = body + key_by_hand(body)
    typed = "".join(a + b for a, b in zip(separators, number.lower() + " ", strict=False))
    assert parse_nir(typed) == number


@given(bodies())
def test_grouped_as_on_the_card_and_back(body: str) -> None:
    number = body + key_by_hand(body)
    grouped = group_nir(number)
    assert [len(group) for group in grouped.split("\u202f")] == [1, 2, 2, 2, 3, 3, 2]
    assert parse_nir(grouped) == number


def test_corsica_by_example() -> None:
    assert parse_nir("2 53 07 2b 073 004 70") == "253072B07300470"
    assert parse_nir("2 53 07 2a 073 004 43") == "253072A07300443"
    assert refused("253072A07300470").problem is NirProblem.KEY


def test_example_of_the_pages() -> None:
    assert group_nir(parse_nir(EXAMPLE)) == "1\u202f55\u202f12\u202f75\u202f056\u202f001\u202f46"


@pytest.mark.parametrize(
    "body",
    [
        "0551275056001", "5551275056001", "6551275056001", "9551275056001",  # first digit
        "1550075056001", "1551375056001", "1551975056001", "1554375056001", "1554975056001",  # months
        "1551200056001", "155122C056001", "15512A5056001", "155127505600A",  # places
        "1551275000001", "1551275056000",  # commune and order start at 1
    ],
)  # fmt: skip
def test_shapes_that_do_not_exist(body: str) -> None:
    digits = re.sub("[A-Z]", "0", body)
    assert refused(body + key_by_hand(digits)).problem is NirProblem.SHAPE


@pytest.mark.parametrize(
    "body", ["1551297101001", "2551297411023", "1551298735001", "1552075056001", "7555099000000"]
)
def test_overseas_incomplete_records_and_waiting_numbers(body: str) -> None:
    assert parse_nir(body + key_by_hand(body)).startswith(body)


@pytest.mark.parametrize(
    ("text", "problem", "missing", "extra"),
    [
        ("", NirProblem.EMPTY, 0, 0),
        (" \u202f-. \n", NirProblem.EMPTY, 0, 0),
        ("1551275056001", NirProblem.TOO_SHORT, 2, 0),
        ("1", NirProblem.TOO_SHORT, 14, 0),
        ("1551275056001461", NirProblem.TOO_LONG, 0, 1),
        ("1551275O5600146", NirProblem.SHAPE, 0, 0),  # a letter O
        ("\u0661551275056001", NirProblem.SHAPE, 0, 0),  # an Arabic-Indic 1
        ("²551275056001461", NirProblem.SHAPE, 0, 0),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: NirProblem, missing: int, extra: int) -> None:
    error = refused(text)
    assert (error.problem, error.missing, error.extra) == (problem, missing, extra)


@given(st.text())
def test_nothing_typed_makes_anything_but_a_named_error(text: str) -> None:
    with suppress(NirError):
        assert len(parse_nir(text)) == 15


def test_the_error_never_repeats_the_number() -> None:
    error = refused("1 55 12 75 056 001 47")
    assert "1551275" not in repr(error) + str(error)


def test_sentences_say_what_to_do_and_their_example_is_right() -> None:
    short = nir_sentence(refused("1551275056001"))
    assert short.startswith("Le numéro doit avoir 15 caractères\u202f: il en manque 2.")
    assert "il y en a 3 de trop" in nir_sentence(refused(EXAMPLE + "123"))
    assert "chiffre par chiffre" in nir_sentence(refused(EXAMPLE[:-1] + "7"))
    assert "2A ou 2B" in nir_sentence(refused("x"))
    assert "carte Vitale" in nir_sentence(refused(""))
    for typed in ("", "x", "1", EXAMPLE + "1", EXAMPLE[:-1] + "7"):
        assert parse_nir(nir_sentence(refused(typed)).rpartition("Exemple\u202f:")[2]) == EXAMPLE
