"""What the sheet and the card say of each kind of entry, and in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.summary import service
from webapp.summary.lines import MOST_DOSES, age_in_words, in_words, vaccines_in_words
from webapp.values.ids import new_id

THEN = datetime(2026, 3, 2, tzinfo=UTC)


def _entry(kind: Kind, **said: str) -> Entry:
    return Entry(new_id(), 1, kind, date(2015, 3, 1), said, new_id(), THEN)


def test_whom_to_call_is_on_the_card_with_a_number_to_dial() -> None:
    people = [
        _entry(Kind.PERSON, role="other", name="Léa"),
        _entry(Kind.PERSON, role="trusted", name="Paul", relation="frère"),
        _entry(Kind.PERSON, role="emergency", name="Anne", phone="+33639980001"),
    ]
    held = {Kind.PERSON: people}
    found = {section.title: section.lines for section in service._card(held)}
    assert found["Qui prévenir"] == (
        "À prévenir en cas d’urgence\u202f: Anne, 06\u202f39\u202f98\u202f00\u202f01",
        "Personne de confiance\u202f: Paul, frère",
    )


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("", "Tétanos, le 1er mars 2015"),
        ("month", "Tétanos, en mars 2015"),
        ("year", "Tétanos, en 2015"),
        ("unknown", "Tétanos"),
    ],
)
def test_of_a_day_only_what_is_known_is_said(precision: str, words: str) -> None:
    entry = _entry(Kind.HOSPITAL_STAY, name="Tétanos", **({"precision": precision} if precision else {}))
    assert in_words(entry).replace("\u00a0", " ") == words


def test_the_doses_of_a_vaccine_are_one_line_and_how_many_are_left_out_is_said() -> None:
    doses = [_entry(Kind.VACCINATION, name="Grippe", batch=f"L{number}") for number in range(MOST_DOSES + 2)]
    flu, mumps = vaccines_in_words([*doses, _entry(Kind.VACCINATION, name="ROR", precision="year")])
    assert flu.startswith("Grippe\u202f: le 1er\u00a0mars 2015, lot L0\u202f; le 1er")
    assert flu.endswith(f"lot L{MOST_DOSES - 1}\u202f; et 2 avant")
    assert mumps == "ROR\u202f: en 2015"


def test_what_is_grave_comes_first_and_what_is_over_stands_apart() -> None:
    said = (
        (Kind.ALLERGY, {"name": "Pollens"}),
        (Kind.ALLERGY, {"name": "Pénicilline", "criticality": "high", "reaction": "gonflement"}),
        (Kind.TREATMENT, {"name": "Amoxicilline", "state": "stopped"}),
        (Kind.TREATMENT, {"name": "Salbutamol", "since": "2015"}),
        (Kind.ILLNESS, {"name": "Fracture", "state": "resolved", "until": "2012"}),
    )
    held: dict[Kind, list[Entry]] = {}
    for kind, words in said:
        held.setdefault(kind, []).append(_entry(kind, **words))
    sheet = {one.title: one.lines for one in service._sections(held, date(1985, 9, 30))}
    assert list(sheet)[:3] == ["Allergies et intolérances", "Traitements", "Maladies et sujets de santé"]
    assert sheet["Allergies et intolérances"] == ("Pénicilline (grave\u202f: gonflement)", "Pollens")
    assert sheet["Traitements"] == ("Salbutamol, depuis 2015",)
    assert sheet["Maladies et sujets de santé"] == ()
    assert sheet["Traitements arrêtés"] == ("Amoxicilline (traitement arrêté)",)
    assert sheet["Maladies et sujets de santé passés"] == ("Fracture (c’est terminé), jusqu’en 2012",)
    card = {one.title: one.lines for one in service._card(held)}
    assert card["Traitements"] == ("Salbutamol, depuis 2015",)
    assert card["Allergies et intolérances"][0].startswith("Pénicilline (grave")


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2015, 3, 20), "moins d’un mois"), (date(2016, 5, 1), "14 mois"), (date(2040, 1, 1), "24 ans")],
)
def test_the_age_of_the_very_young_is_in_months(day: date, words: str) -> None:
    assert age_in_words(date(2015, 3, 1), day) == words
