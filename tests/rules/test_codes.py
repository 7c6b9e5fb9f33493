"""The provisional code: made, read back however it was copied, grouped."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.codes import (
    ALPHABET,
    CODE_LENGTH,
    code_in,
    group_code,
    has_code_shape,
    new_code,
    normalise_code,
)

CODES = st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u202f", "\u2011", "\t", "\r\n", "  "])


def test_the_alphabet_has_no_look_alikes() -> None:
    assert set(ALPHABET) <= set(string.digits + string.ascii_uppercase)
    assert len(set(ALPHABET)) == len(ALPHABET) == 25
    for twins in ("0O", "1IL", "8B", "5S", "2Z", "VUY", "FE"):
        assert len(set(twins) & set(ALPHABET)) <= 1


def test_new_codes_use_the_whole_alphabet_and_do_not_repeat() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(has_code_shape(code) for code in codes)
    for place in range(CODE_LENGTH):  # 500 draws miss one of 25 characters once in 30 million
        assert {code[place] for code in codes} == set(ALPHABET)


@given(CODES, st.lists(SEPARATORS, min_size=CODE_LENGTH + 1, max_size=CODE_LENGTH + 1), st.booleans())
def test_copied_in_any_way_it_is_the_same_code(code: str, separators: list[str], small: bool) -> None:
    written = code.lower() if small else code
    typed = separators[0] + "".join(a + b for a, b in zip(written, separators[1:], strict=True))
    assert normalise_code(typed) == code


@given(CODES)
def test_grouped_by_four_and_back(code: str) -> None:
    grouped = group_code(code)
    assert [len(group) for group in grouped.split(" ")] == [4, 4, 4]
    assert normalise_code(grouped) == code


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_code(text)
    if once.isascii():
        assert normalise_code(once) == once


def test_look_alikes_with_one_reading_are_put_right_and_no_others() -> None:
    assert normalise_code("bszuye") == "852VVF"
    assert normalise_code("0o1il") == "0O1IL"
    assert group_code("K7QM2XWD9HTA") == "K7QM 2XWD 9HTA"


@pytest.mark.parametrize(
    "text",
    ["", "K7QM2XWD9HT", "K7QM2XWD9HTAA", "K7QM2XWD9HTA\n", "K7QM2XWD9HT0", "k7qm2xwd9hta", "K7QM 2XWD 9H"],
)
def test_what_has_not_the_shape(text: str) -> None:
    assert not has_code_shape(text)


@given(CODES, st.integers(0, 999_999))
def test_a_code_is_found_in_the_message_that_brings_it(code: str, number: int) -> None:
    """Pasted whole into a field of one line, which drops the ends of lines."""
    sms = f"Mon espace santé, site non officielCode :{group_code(code)}15 min, une foisAide : https://espace.example/aide"
    assert code_in(sms) == group_code(code)
    six = f"{number:06}"
    sms = f"Mon espace santéCode d'accès :{six}15 min, une foisAide : https://x.example/aide@x.example #{six}"
    assert code_in(sms, six_digits=True) == six


def test_what_is_no_message_or_holds_two_codes_stays_as_it_is() -> None:
    for typed in ("284 913", "code 284913", "K7QM-2XWD-9HTA", f"un code 284913 {'x' * 30} et l’autre 284914"):
        assert code_in(typed, six_digits=True) == typed
        assert code_in(typed) == typed
