"""The home: what is left to do, and the newest of each part."""

from __future__ import annotations

import pytest

from webapp.account import walks
from webapp.documents.walks import put
from webapp.family.walks import go_in
from webapp.home.walks import fill
from webapp.news.states import publish
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what is shown is read by services that are tried on both")

TODO = "À faire maintenant"


@pytest.fixture
def parent(world: World) -> World:
    """A parent who is signed in, whose own space and the elder child's are open."""
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    return world


def home(world: World) -> str:
    return world.walker.open("/accueil").page.text.replace("\u202f", " ")


def test_only_what_is_left_is_asked_for(parent: World) -> None:
    first = home(parent)
    assert parent.walker.page.title.startswith("Accueil – ")  # as the menu calls it
    for said in (
        "il reste 5 questions sur 5",
        "Dire qui prévenir",
        "Ajouter un premier document",
        "1 non lu",
    ):
        assert said in first
    parent.walker.open("/bienvenue/question/1").send(height_m="1,72")
    assert "il reste 4 questions sur 5" in home(parent)
    parent.walker.open("/bienvenue").send(action="/bienvenue")
    assert "questions sur 5" not in home(parent)
    fill(parent)
    put(parent, "Analyse de sang")
    last = home(parent)
    assert "Dire qui prévenir" not in last
    assert "premier document" not in last
    assert TODO in last
    parent.walker.open("/messagerie").click("Bienvenue")
    assert TODO not in home(parent)


def test_an_empty_home_says_what_each_part_is_for(parent: World) -> None:
    text = home(parent)
    for said in ("Une photo d’ordonnance se range ici", "Un carnet de vaccination", "je les retrouve ici"):
        assert said in text
    parent.walker.open("/profil-medical/traitements").send(action="/profil-medical/traitements/aucun")
    assert "Aucun traitement : c’est noté." in home(parent)


def test_a_home_whose_treatments_are_over_does_not_say_that_there_was_none(parent: World) -> None:
    parent.walker.open("/profil-medical/traitements").send(name="Kinésithérapie")
    parent.walker.click("Kinésithérapie").send(until_year="2025")
    text = home(parent)
    assert "Les derniers traitements notés sont terminés." in text
    assert "Kinésithérapie" not in text
    assert "Voir les traitements" in text


def test_the_newest_of_each_part_of_the_space_one_is_in(parent: World) -> None:
    fill(parent)
    publish(parent, "Trois", "Deux", "La plus ancienne")
    text = home(parent)
    for said in ("Paracétamol", "Covid-19", "le 4 février 2022", "Trois", "Deux"):
        assert said in text
    assert "La plus ancienne" not in text
    go_in(parent)
    inside = home(parent)
    assert "Espace de Léo" in inside
    assert "Paracétamol" not in inside
    put(parent, "Carnet de santé", "Deuxième", "Troisième", "Quatrième")
    assert [name in home(parent) for name in ("Carnet de santé", "Quatrième")].count(True) == 1


def test_a_prescription_stands_with_the_treatments(parent: World) -> None:
    put(parent, *(f"Document {number}" for number in range(6)))  # each of another category, prescriptions too
    text = home(parent)
    assert text.count("Document du ") == 1
