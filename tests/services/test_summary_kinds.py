"""The sheet and the card know kinds by their value: those that a profile does not have yet are shown once it has."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from webapp.profile.days import day_in_words

from webapp.profile.service import Entry
from webapp.summary import service
from webapp.values.ids import new_id

THEN = datetime(2026, 3, 2, tzinfo=UTC)


class _Kind:
    """A kind that is known by its value alone."""

    def __init__(self, value: str) -> None:
        self.value = value


def _entry(value: str, **said: str) -> Entry:
    kind: Any = _Kind(value)
    return Entry(new_id(), 1, kind, date(2015, 3, 1), said, new_id(), THEN)


def test_whom_to_call_is_on_the_card_with_a_number_to_dial() -> None:
    people = [
        _entry("person", role="other", name="Léa"),
        _entry("person", role="trusted", name="Paul", relation="frère"),
        _entry("person", role="emergency", name="Anne", phone="+33639980001"),
    ]
    held: Any = {people[0].kind: people}
    found = {section.title: section.lines for section in service._card(held)}
    assert found["Qui prévenir"] == (
        "À prévenir en cas d’urgence\u202f: Anne, 06\u202f39\u202f98\u202f00\u202f01",
        "Personne de confiance\u202f: Paul, frère",
    )


@pytest.mark.parametrize(
    ("precision", "words"), [("", "1er mars 2015"), ("month", "mars 2015"), ("year", "2015"), ("unknown", "")]
)
def test_of_a_day_only_what_is_known_is_said(precision: str, words: str) -> None:
    entry = _entry("vaccination", name="Tétanos", **({"precision": precision} if precision else {}))
    assert day_in_words(entry).replace("\u00a0", " ") == words
