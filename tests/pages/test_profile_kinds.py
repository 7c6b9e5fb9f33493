"""Each kind of entry through its page: what is typed, what is said of it, what is refused, who may say it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.support.archive import files
from tests.support.people import given
from webapp.account import walks
from webapp.family import walks as family
from webapp.profile.states import (
    ALLERGIES,
    FAMILY,
    ILLNESSES,
    PEOPLE,
    PROFILE,
    STAYS,
    TREATMENTS,
    VACCINES,
    WISHES,
    add,
    first_entry,
)
from webapp.profile.vaccines import diseases
from webapp.web.states import World

pytestmark = pytest.mark.one_database("tests/services/test_profile_listing.py has both")
HABITS = "/profil-medical/mode-de-vie"
SAID = (
    (
        VACCINES,
        {"name": "Revaxis", "batch": "X12", "day": "4", "month": "2", "year": "2022"},
        "Revaxis, lot X12 (",
    ),
    (VACCINES, {"name": "ROR", "year": "1998"}, "ROR (Rougeole, Oreillons, Rubéole), en 1998"),
    (VACCINES, {"name": "Un vaccin"}, "Un vaccin, date inconnue"),
    (
        STAYS,
        {
            "name": "Appendicite",
            "place": "Bellevue",
            "month": "5",
            "year": "2012",
            "until_day": "9",
            "until_month": "5",
            "until_year": "2012",
        },
        "Appendicite, Bellevue, de mai 2012 au 9 mai 2012",
    ),
    (
        TREATMENTS,
        {"name": "Lévothyroxine", "dose": "75 µg le matin", "since_month": "4", "since_year": "2015"},
        "Lévothyroxine, 75 µg le matin, depuis avril 2015",
    ),
    (ILLNESSES, {"name": "Asthme", "since_year": "1999"}, "Asthme, depuis 1999"),
    (ALLERGIES, {"name": "Latex", "reaction": "malaise", "criticality": "high"}, "Latex (grave : malaise)"),
    (FAMILY, {"relation": "MTH", "name": "Diabète"}, "Mère : Diabète"),
    (HABITS, {"topic": "tobacco", "name": "Arrêté\nen 2015"}, "Tabac et vapotage : Arrêté en 2015"),
    (
        PEOPLE,
        {"role": "emergency", "name": "Nadia", "relation": "fille", "phone": "+33 7 12 34 56 78"},
        "À prévenir en cas d’urgence : Nadia, fille, 07 12 34 56 78",
    ),
    (PEOPLE, {"role": "trusted", "name": "Paul"}, "Personne de confiance : Paul"),
    (
        WISHES,
        {"topic": "advance-directives", "name": "Chez ma fille"},
        "Directives anticipées : Chez ma fille",
    ),
)


def test_what_is_noted_is_on_the_page_of_the_profile_and_in_the_archive_in_words(signed_in: World) -> None:
    for at, fields, _words in SAID:
        signed_in.walker.open(at).send(**fields)
        assert (signed_in.walker.status, signed_in.walker.address) == (200, at)
    text = signed_in.walker.open(PROFILE).page.text
    for _at, _fields, words in SAID:
        assert words in text
    walks.prove_again(signed_in)
    data, page = files(signed_in)
    told = {one["said"]: one for one in data["profile"]}
    assert told["ROR (Rougeole, Oreillons, Rubéole)"]["happened_on"] == "1998"
    assert told["Revaxis, lot X12 (Diphtérie, Poliomyélite, Tétanos)"]["happened_on"] == "2022-02-04"
    assert told["Un vaccin"]["happened_on"] == "date inconnue"
    assert told["Asthme"]["happened_on"] == "depuis 1999"
    for words in (
        "mai 2012",
        "Mère\u202f: Diabète",
        "Nadia, fille, 07\u202f12\u202f34\u202f56\u202f78",
        "date inconnue",
    ):
        assert words in page
    assert '"+33' not in page


@pytest.mark.parametrize(
    ("at", "fields", "words"),
    [
        (VACCINES, {"name": ""}, "Écrivez au moins un mot"),
        (VACCINES, {"name": "ROR", "diseases": "gastro"}, "n’est pas dans la liste"),
        (VACCINES, {"name": "ROR", "year": "2027"}, "pas encore arrivée"),
        (VACCINES, {"name": "ROR", "year": "1950"}, "avant la naissance"),
        (STAYS, {"name": "Opération", "year": "2012", "until_day": "3"}, "Écrivez l’année"),
        (
            STAYS,
            {"name": "Opération", "year": "2012", "until_day": "3", "until_month": "1", "until_year": "2011"},
            "avant le premier",
        ),
        (TREATMENTS, {"name": "Insuline", "since_year": "1950"}, "avant la naissance"),
        (ALLERGIES, {"name": "Latex", "criticality": "terrible"}, "Choisissez une réponse"),
        (FAMILY, {"relation": "", "name": "Diabète"}, "Choisissez une réponse"),
        (FAMILY, {"relation": "CAT", "name": "Diabète"}, "Choisissez une réponse"),
        (HABITS, {"name": "Rien"}, "Choisissez une réponse"),
        (HABITS, {"topic": "food", "name": "x" * 501}, "500 signes au plus"),
        (PEOPLE, {"role": "other", "name": "Nadia", "phone": "12"}, "numéro de téléphone"),
    ],
)
def test_mistakes_are_said_and_what_was_typed_stays(
    signed_in: World, at: str, fields: dict[str, str], words: str
) -> None:
    walker = signed_in.walker.open(at)
    walker.post(at, given(signed_in, **fields))
    assert walker.status == 422
    assert words in walker.page.text
    assert walker.page.title.startswith("Erreur")
    chosen = ("relation", "topic", "role", "criticality")
    kept = "\n".join(value for name, value in fields.items() if name not in chosen)
    assert all(value in walker.body for value in kept.splitlines())
    assert words not in signed_in.walker.open(at).page.text


def test_a_correction_shows_what_was_noted_and_keeps_each_version_with_its_day(signed_in: World) -> None:
    add("Revaxis", at=VACCINES, year="2022")(signed_in)
    address = first_entry(signed_in, VACCINES)
    fields = signed_in.walker.open(address).form("name").fields
    assert {name: fields[name] for name in ("name", "day", "year", "diseases")} == {
        "name": "Revaxis",
        "day": "",
        "year": "2022",
        "diseases": "",
    }
    signed_in.walker.send(name="ROR", day="4", month="2")
    text = signed_in.walker.open(address).page.text
    assert "ROR (Rougeole, Oreillons, Rubéole), le 4 février 2022" in text
    assert "Revaxis (Diphtérie, Poliomyélite, Tétanos), en 2022" in text
    signed_in.walker.send(action=f"{address}/retirer")
    assert "Revaxis" not in signed_in.walker.open(PROFILE).page.text
    assert "Revaxis" in signed_in.walker.open(address).page.text


def test_the_same_again_is_no_correction(signed_in: World) -> None:
    for at, fields, _words in SAID:
        signed_in.walker.open(at).send(**fields)
        links = signed_in.walker.open(at).page.links
        address = next(href for href, words in links if " ".join(fields["name"].split()) in words)
        signed_in.walker.open(address)
        typed_again = ("name", "topic") if at in (HABITS, WISHES) else ("name", "relation", "criticality")
        chosen = {name: fields[name] for name in typed_again if name in fields}
        signed_in.walker.send(**chosen)
        assert signed_in.walker.open(address).page.text.count("par moi") == 1, at


def test_every_disease_that_is_listed_is_taken(signed_in: World) -> None:
    body = signed_in.walker.open(VACCINES).click("maladies évitées").body
    names = [unescape(name) for name in re.findall("<li>([^<]+)</li>", body)]
    assert len(names) == len(diseases())
    add("Voyage", at=VACCINES, diseases=", ".join(names))(signed_in)
    assert signed_in.walker.status == 200
    assert all(name in signed_in.walker.page.text for name in names)


def test_what_no_field_shows_stays_as_long_as_the_name_does(signed_in: World) -> None:
    from webapp.profile.forms import kept
    from webapp.profile.parts import BY_KIND
    from webapp.profile.rules import Kind

    part, before = BY_KIND[Kind.TREATMENT], {"name": "Doliprane", "cis": "60234100"}
    assert kept(part, before, {"name": "Doliprane", "dose": "1 g"}) == {**before, "dose": "1 g"}
    assert kept(part, before, {"name": "Insuline"}) == {"name": "Insuline"}


def test_a_childs_profile_reads_as_the_childs(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)
    add("Mamie", at=PEOPLE, role="emergency")(world)
    text = world.walker.open(PROFILE).page.text
    for words in ("Profil médical d’Anaïs", "Sa santé", "Ses mesures", "Son entourage", "Mamie"):
        assert words in text
    assert "Autour de moi" not in text
    for at in (PEOPLE, VACCINES, "/profil-medical/poids"):
        assert "Profil médical d’Anaïs" in world.walker.open(at).page.text
        assert "Mon profil" not in world.walker.page.text


def test_what_only_those_of_full_age_may_say_is_neither_offered_nor_taken_of_a_child(world: World) -> None:
    family.two_parents(world)
    for at, field, code in ((PEOPLE, "role", "trusted"), (WISHES, "topic", "advance-directives")):
        assert code in world.walker.open(at).form(field).choices[field]
    family.go_in(world)
    for at, field, code in ((PEOPLE, "role", "trusted"), (WISHES, "topic", "advance-directives")):
        assert code not in world.walker.open(at).form(field).choices[field]
        world.walker.post(at, given(world, **{field: code, "name": "Quelqu’un"}))
        assert world.walker.status == 422
        assert "confiance" not in world.walker.page.text
        assert "1111-11" not in world.walker.page.text


def test_the_page_says_the_newest_few_and_how_many_there_are(signed_in: World) -> None:
    add(*(f"Maladie {number}" for number in range(1, 8)))(signed_in)
    text = signed_in.walker.open(PROFILE).page.text
    assert "Voir les 7" in text
    assert "Maladie 3" in text
    assert "Maladie 2" not in text


def test_what_became_of_it_is_said_once_it_is_there(signed_in: World) -> None:
    """A last day says that it is over; what is over says so wherever it is read."""
    add("Amoxicilline", at=TREATMENTS, since_year="2019")(signed_in)
    assert "state" not in signed_in.walker.form("name").fields
    address = first_entry(signed_in, TREATMENTS)
    walker = signed_in.walker.open(address)
    walker.post(address, given(signed_in, until_year="2018"))
    assert (walker.status, "avant le premier" in walker.page.text) == (422, True)
    walker.open(address).send(until_month="3", until_year="2019")
    assert "Amoxicilline (traitement arrêté), de 2019 à mars 2019" in walker.open(PROFILE).page.text
    assert walker.open(address).form("name").fields["state"] == "stopped"
    add("Rougeole")(signed_in)
    walker.open(first_entry(signed_in)).send(state="remission")
    assert "Rougeole (en rémission)" in walker.open(PROFILE).page.text
    walk = walker.open(first_entry(signed_in))
    walk.send(state="")
    assert "Rougeole" in walker.open(PROFILE).page.text
    assert "rémission" not in walker.page.text
