"""How names of medicines are compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.medicines.rules import FROM_SUBSTANCE, LONGEST_WORD, asked, folded, in_order, places, words_of


def test_accents_capitals_and_signs_do_not_count() -> None:
    assert words_of("ŒSTRODOSE 0,06 POUR CENT") == ["oestrodose", "0", "06", "pour", "cent"]
    assert folded("Acétylcystéine  200 mg, granulés") == folded("ACETYLCYSTEINE 200 MG GRANULES")


@given(st.text(max_size=60))
def test_folding_is_done_once_for_all(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert all(0 < len(word) <= LONGEST_WORD for word in words_of(text))


def test_numbers_are_in_the_order_of_numbers() -> None:
    names = ["X 1000 mg", "X 500 mg", "X 500 mg, gel", "X"]
    assert sorted(names, key=in_order) == ["X", "X 500 mg", "X 500 mg, gel", "X 1000 mg"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_names_can_be_put_in_order(one: str, other: str) -> None:
    before, after = in_order(one), in_order(other)
    assert (before < after) + (after < before) + (before == after) == 1


def test_the_name_comes_before_the_substance() -> None:
    found = places("PARACETAMOL ARROW 500 mg, comprimé", "PARACÉTAMOL 500")
    assert (found["paracetamol"], found["arrow"], found["500"]) == (0, 1, 2)
    assert places("DOLIPRANE", "PARACÉTAMOL")["paracetamol"] == FROM_SUBSTANCE


def test_one_letter_is_too_little_to_look_for() -> None:
    assert asked(" d ") == []
    assert asked("d o") == ["d", "o"]
    assert len(asked("mot " * 50)) == 8
