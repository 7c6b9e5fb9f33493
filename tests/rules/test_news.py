"""The news file: what is understood, and what an administrator is told."""

from __future__ import annotations

from datetime import date

import pytest

from webapp.news.rules import EXAMPLE, LONGEST_TITLE, News, NewsProblem, parse_news

PIECE = '[[actualite]]\ndate = {day}\ntitre = "{title}"\ntexte = "{text}"\n'


def piece(day: str = "2026-03-01", title: str = "Un titre", text: str = "Un texte") -> str:
    return PIECE.format(day=day, title=title, text=text)


def test_the_newest_comes_first_and_an_empty_line_makes_a_paragraph() -> None:
    found = parse_news(piece() + piece("2026-03-02", " Deux ", "Un.\\n\\nDeux\\nlignes."))
    assert found == (
        News(date(2026, 3, 2), "Deux", ("Un.", "Deux lignes.")),
        News(date(2026, 3, 1), "Un titre", ("Un texte",)),
    )


def test_what_the_demonstration_begins_with_is_right() -> None:
    assert len(parse_news(EXAMPLE.format(today="2026-03-02"))) == 1
    assert parse_news("") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[actualite", "it is not TOML"),
        ("titre = 'x'", "« titre » is unknown"),
        ("actualite = 3", "begins with"),
        ("actualite = [3]", "piece 1 needs"),
        (piece() + "auteur = 'x'\n", "piece 1 needs"),
        (piece() + "[[actualite]]\ntitre = 'x'\n", "piece 2 needs"),
        (piece("'hier'"), "the date of piece 1"),
        (piece("2026-03-01T10:00:00"), "the date of piece 1"),
        (piece(title=" "), "the titre of piece 1"),
        (piece(title="x" * (LONGEST_TITLE + 1)), "the titre of piece 1"),
        (piece(text=""), "the texte of piece 1"),
        (piece() * 51, "50 at most"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(NewsProblem, match=said):
        parse_news(text)
