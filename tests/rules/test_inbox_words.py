"""Words of messages, and how many are unread, as plain values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.inbox.rules import COUNTED, count_in_figures, count_in_words, matches
from webapp.values.plain_words import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Été, sœur", ["ete", "soeur"]),
        ("L’ŒUF de Ça", ["l", "oeuf", "de", "ca"]),
        ("K7QM-2XWD_9HTA", ["k7qm", "2xwd", "9hta"]),
        ("10\u202fh\u202f12", ["10", "h", "12"]),
        ("ﬁn Straße", ["fin", "strasse"]),
        ("… —", []),
    ],
)
def test_a_text_is_cut_into_bare_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_each_word_begins_a_word_of_the_text() -> None:
    assert matches(["just", "ferm"], "Justificatif de fermeture")
    assert matches(["fermeture"], "Justificatif de fermeture")
    assert not matches(["fermetures"], "Justificatif de fermeture")
    assert not matches(["meture"], "Justificatif de fermeture")
    assert not matches(["just", "opposition"], "Justificatif de fermeture")


@given(st.text(max_size=60))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    words = words_of(text)
    assert matches(words, text)
    assert all(matches([word[:3]], text) for word in words)


@pytest.mark.parametrize(
    ("count", "words", "figures"),
    [
        (0, "", "0"),
        (1, "1 message non lu", "1"),
        (2, "2 messages non lus", "2"),
        (COUNTED - 1, "99 messages non lus", "99"),
        (COUNTED, "99+ messages non lus", "99+"),
    ],
)
def test_a_count_is_said(count: int, words: str, figures: str) -> None:
    assert (count_in_words(count), count_in_figures(count)) == (words, figures)
