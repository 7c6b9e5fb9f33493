"""How French is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.french import listed, of_name, plural, typeset


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Exemple : 3", "Exemple\u202f: 3"),
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Oui ! Non ; si", "Oui\u202f! Non\u202f; si"),
        ("Exemple\u00a0: 3", "Exemple\u202f: 3"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("l'espace d'Anne", "l’espace d’Anne"),
        ("http://127.0.0.1:8000/?a=b", "http://127.0.0.1:8000/?a=b"),
        ("5' 6", "5' 6"),
    ],
)
def test_typeset(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


@given(st.text(st.sampled_from(" \u00a0\u202f:;!?«»'’ab1")))
def test_typesetting_twice_changes_nothing_more_and_keeps_the_length(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert len(once) == len(text)


def test_plural() -> None:
    assert [plural(n, "essai", "essais") for n in (0, 1, 2, 5)] == ["essai", "essai", "essais", "essais"]


def test_listed() -> None:
    assert [listed(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a et b", "a, b et c"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anaïs", "d’Anaïs"),
        ("Éléonore", "d’Éléonore"),
        ("Hélène", "d’Hélène"),
        ("Yves", "d’Yves"),
        ("Léo", "de Léo"),
        ("Yann", "de Yann"),
        ("Hamza", "de Hamza"),
        ("", "de "),
    ],
)
def test_a_name_after_de(name: str, said: str) -> None:
    assert of_name(name) == said
