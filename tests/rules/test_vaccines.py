"""A vaccine is recognised by its name or by its disease; what could be two things is not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.profile.fields import Wrong
from webapp.profile.parts import BY_KIND
from webapp.profile.rules import Kind
from webapp.profile.vaccines import ABBREVIATIONS, brands, diseases, find_disease, named, recognise


@pytest.mark.parametrize(
    ("written", "covered"),
    [
        ("Revaxis", {"Diphtérie", "Tétanos", "Poliomyélite"}),
        ("revaxis (rappel)", {"Diphtérie", "Tétanos", "Poliomyélite"}),
        ("Comirnaty", {"Covid 19"}),
        ("Covid-19", {"Covid 19"}),
        ("ROR", {"Rougeole", "Oreillons", "Rubéole"}),
        ("Vaccin contre la grippe, 2024", {"Grippe saisonnière"}),
        ("tetanos", {"Tétanos"}),
        ("hépatite b", {"Hépatite B"}),
        ("Gardasil 9", {"Papillomavirus"}),
        ("Infanrix", set()),  # four vaccines of different diseases begin so
        ("un vaccin", set()),
        ("", set()),
        ("…", set()),
    ],
)
def test_what_a_vaccine_protects_against(written: str, covered: set[str]) -> None:
    assert set(named(recognise(written))) == covered


def test_every_name_that_is_proposed_is_a_name_and_not_a_dose() -> None:
    assert 60 < len(brands()) < 160
    assert "Revaxis" in brands()
    assert not [name for name in brands() if any(sign.isdigit() for sign in name)]


def test_every_disease_is_found_by_its_own_name_and_every_abbreviation_is_of_some() -> None:
    for code, name in diseases().items():
        assert find_disease(name.upper()) == (code,)
    for codes in ABBREVIATIONS.values():
        assert set(codes) <= diseases().keys()


def test_diseases_are_corrected_by_name_and_follow_the_vaccine_else() -> None:
    part = BY_KIND[Kind.VACCINATION]
    field = next(one for one in part.fields if one.name == "diseases")
    assert part.complete({"name": "Revaxis"})["diseases"] == list(recognise("Revaxis"))
    assert part.complete({"name": "Un vaccin"}) == {"name": "Un vaccin"}
    given_by_hand = field.read("tétanos ; ROR, Tétanos")
    assert named(given_by_hand["diseases"]) == ["Tétanos", "Rougeole", "Oreillons", "Rubéole"]
    assert part.complete({"name": "Revaxis", **given_by_hand})["diseases"] == given_by_hand["diseases"]
    assert field.show({"name": "Revaxis", "diseases": list(recognise("Revaxis"))}) == ""
    assert field.show({"name": "Autre", **given_by_hand}) == "Tétanos, Rougeole, Oreillons, Rubéole"
    with pytest.raises(Wrong, match="gastro"):
        field.read("tétanos, gastro")


@given(st.text(max_size=40) | st.sampled_from(brands()))
def test_what_is_recognised_is_a_disease(text: str) -> None:
    assert set(recognise(text)) <= diseases().keys()
