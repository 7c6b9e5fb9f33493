"""The identifier to sign in with."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.identifier import IdentifierError, IdentifierProblem, identifier_sentence, parse_identifier

ALLOWED = string.ascii_letters + string.digits + ".-_"


def refused(text: str) -> IdentifierError:
    with pytest.raises(IdentifierError) as caught:
        parse_identifier(text)
    return caught.value


@given(st.text(ALLOWED, min_size=8, max_size=64), st.sampled_from(["", " ", "\n", "\u00a0"]))
def test_taken_whatever_its_case(text: str, around: str) -> None:
    assert parse_identifier(around + text.upper() + around) == text.lower()


@given(st.text(ALLOWED, min_size=1, max_size=90))
def test_only_the_length_counts_for_allowed_characters(text: str) -> None:
    if 8 <= len(text) <= 64:
        assert parse_identifier(text) == text.lower()
        return
    error = refused(text)
    assert len(text) + error.missing - error.extra in {8, 64}


@given(st.text(ALLOWED, min_size=8, max_size=60), st.characters(), st.integers(1, 60))
def test_any_other_character_is_named(text: str, character: str, place: int) -> None:
    if character in ALLOWED:
        return
    error = refused(text[:place] + character + text[place:] + "x")  # the end is not stripped
    assert (error.problem, error.character) == (IdentifierProblem.CHARACTERS, character)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", IdentifierProblem.EMPTY),
        (" \n", IdentifierProblem.EMPTY),
        ("camille", IdentifierProblem.TOO_SHORT),
        ("c" * 65, IdentifierProblem.TOO_LONG),
        ("camille durand", IdentifierProblem.CHARACTERS),
        ("hélène.durand", IdentifierProblem.CHARACTERS),
        ("\u212aamille.durand", IdentifierProblem.CHARACTERS),  # the Kelvin sign, which lowers to k
        ("camille@durand", IdentifierProblem.CHARACTERS),
        ("camille\ndurand", IdentifierProblem.CHARACTERS),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: IdentifierProblem) -> None:
    assert refused(text).problem is problem


def test_sentences_say_what_to_do_and_their_example_is_right() -> None:
    assert identifier_sentence(refused("camille")).startswith(
        "Ajoutez 1 caractère\u202f: l’identifiant en a 8 ou plus."
    )
    assert identifier_sentence(refused("cam")).startswith("Ajoutez 5 caractères\u202f:")
    assert identifier_sentence(refused("c" * 65)).startswith("Enlevez 1 caractère\u202f:")
    assert identifier_sentence(refused("hélène.durand")).startswith("Remplacez «\u00a0é\u00a0»\u202f:")
    assert "sans espace" in identifier_sentence(refused("camille durand"))
    for text in ("", "cam", "c" * 70, "hélène.durand", "a b", "camille\x00durand"):
        sentence = identifier_sentence(refused(text))
        assert "\x00" not in sentence
        assert parse_identifier(sentence.rpartition("Exemple\u202f: ")[2]) == "camille.durand75"
