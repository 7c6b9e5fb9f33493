"""The serial number of a carte Vitale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.card import CardType, SerialError, SerialProblem, parse_serial, serial_sentence

ALLOWED = {CardType.WITH_PHOTO: {11}, CardType.WITHOUT_PHOTO: set(range(8, 14))}


@given(st.from_regex(r"\A[0-9]{1,20}\Z"), st.sampled_from(CardType))
def test_only_the_length_of_the_kind_of_card_counts(digits: str, card_type: CardType) -> None:
    if len(digits) in ALLOWED[card_type]:
        assert parse_serial(digits, card_type) == digits
        return
    with pytest.raises(SerialError) as caught:
        parse_serial(digits, card_type)
    error = caught.value
    assert len(digits) + error.missing - error.extra in ALLOWED[card_type]
    assert error.problem is (SerialProblem.TOO_SHORT if error.missing else SerialProblem.TOO_LONG)


@pytest.mark.parametrize(
    "typed", ["00 123 456 789", "00.123.456.789", "00-123\u00a0456\u202f789", "00123456789\n"]
)
def test_separators_are_ignored_and_zeros_kept(typed: str) -> None:
    assert parse_serial(typed, CardType.WITH_PHOTO) == "00123456789"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", SerialProblem.EMPTY),
        (" - ", SerialProblem.EMPTY),
        ("1234567890A", SerialProblem.NOT_DIGITS),
        ("\u0661234567890", SerialProblem.NOT_DIGITS),
        ("²1234567890", SerialProblem.NOT_DIGITS),
    ],
)
def test_what_is_wrong_is_named(typed: str, problem: SerialProblem) -> None:
    with pytest.raises(SerialError) as caught:
        parse_serial(typed, CardType.WITH_PHOTO)
    assert caught.value.problem is problem


def sentence(typed: str, card_type: CardType) -> str:
    with pytest.raises(SerialError) as caught:
        parse_serial(typed, card_type)
    return serial_sentence(caught.value)


def test_sentences_count_what_is_missing_and_their_example_is_right() -> None:
    assert "a 11 chiffres\u202f: il en manque 1." in sentence("1234567890", CardType.WITH_PHOTO)
    assert "il y en a 2 de trop" in sentence("1" * 13, CardType.WITH_PHOTO)
    assert "de 8 à 13 chiffres\u202f: il en manque au moins 3." in sentence("12345", CardType.WITHOUT_PHOTO)
    assert "sans lettre" in sentence("12345678901x", CardType.WITHOUT_PHOTO)
    for card_type in CardType:
        for typed in ("", "x", "1", "1" * 30):
            example = sentence(typed, card_type).rpartition("Exemple\u202f: ")[2]
            assert parse_serial(example, card_type) == example
