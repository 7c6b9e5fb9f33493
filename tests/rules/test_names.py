"""Names, from the capitals of the registry to the way people write theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.names import display_name, first_name, tidy_name


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("CAMILLE", "Camille"),
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("jean-pierre", "Jean-Pierre"),
        ("LE GALL", "Le Gall"),
        ("D'ARC", "D’Arc"),
        ("D’ARC", "D’Arc"),
        ("ÉLOÏSE", "Éloïse"),
        ("  MARTIN   DUPONT ", "Martin Dupont"),
        ("de Gaulle", "de Gaulle"),
        ("McKay", "McKay"),
        ("N'Diaye", "N’Diaye"),
        ("", ""),
    ],
)
def test_tidied(raw: str, tidy: str) -> None:
    assert tidy_name(raw) == tidy
    assert tidy_name(tidy) == tidy


@given(st.text("abcéïœçÿABCÉÏŒÇŸ -", max_size=30))
def test_tidying_keeps_every_letter(name: str) -> None:
    assert tidy_name(name).casefold().split() == name.casefold().split()


@pytest.mark.parametrize(
    ("first_names", "family_name", "used_name", "shown"),
    [
        ("CAMILLE MARIE", "DURAND", "", "Camille Durand"),
        ("CAMILLE, MARIE", "DURAND", "LE GALL", "Camille Le Gall"),
        ("JEAN-PIERRE PAUL", "DURAND", " ", "Jean-Pierre Durand"),
        ("", "DURAND", "", "Durand"),
        (" , ", "DURAND", "", "Durand"),
    ],
)
def test_shown(first_names: str, family_name: str, used_name: str, shown: str) -> None:
    assert display_name(first_names, family_name, used_name) == shown


def test_the_first_of_the_first_names() -> None:
    assert first_name("  ANNE-SOPHIE  LOUISE") == "Anne-Sophie"
    assert first_name("") == ""
