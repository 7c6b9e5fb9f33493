"""The medical profile through its pages: added, corrected, taken away, and nobody else's."""

from __future__ import annotations

import pytest

from tests.support.archive import files
from tests.support.crowd import client_of
from tests.support.people import another_browser, enter, events, given
from webapp.account import walks
from webapp.family import walks as family
from webapp.journal.events import Event
from webapp.onboarding import service as onboarding
from webapp.profile import service
from webapp.profile.identity import birth_place_in_words
from webapp.profile.rules import PAGE
from webapp.profile.states import ILLNESSES, PROFILE, WEIGHT, add, first_entry, none
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web.states import World

pytestmark = pytest.mark.one_database("tests/services/test_profile.py has both")

OTHER = "quelquun.82"


def other_person(world: World) -> World:
    """Somebody else, signed in from another browser."""
    walks.make_account(world, walks.PARENT, identifier=OTHER, opens=(walks.PARENT,))
    them = another_browser(world)
    family.sign_in_as(them, OTHER)
    return them


def test_what_is_added_is_on_the_page_and_who_did_it_is_written_down(signed_in: World) -> None:
    add("  Asthme   léger ")(signed_in)
    assert signed_in.walker.address == ILLNESSES
    assert "Asthme léger" in signed_in.walker.open(PROFILE).page.text
    assert events(signed_in)[-1] == Event.PROFILE_CHANGED
    assert "Profil médical complété ou corrigé" in signed_in.walker.open("/compte/activite").page.text
    assert "Asthme" not in signed_in.walker.page.text


def test_who_one_is_for_the_insurer_is_read_only(signed_in: World) -> None:
    text = signed_in.walker.open(PROFILE).page.text
    for words in (
        "Prénoms Camille",
        "Nom de naissance CLAIRVERNAY",
        "Sexe Féminin",
        "12 avril 1987",
        "département 75",
    ):
        assert words in text
    assert "elle seule les corrige" in text
    assert not [form for form in signed_in.walker.page.forms if "first_names" in form.fields]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("2A272", "département 2A (code Insee 2A272)"),
        ("97411", "département 974 (code Insee 97411)"),
        ("99350", "à l’étranger (code Insee 99350)"),
        ("Maroc", "Maroc"),
        ("", ""),
    ],
)
def test_where_one_was_born_is_said_as_far_as_a_code_says_it(place: str, words: str) -> None:
    assert birth_place_in_words(place) == words


def test_a_correction_keeps_what_was_there(signed_in: World) -> None:
    add("70,5", at=WEIGHT, field="weight_kg")(signed_in)
    address = first_entry(signed_in, WEIGHT)
    assert signed_in.walker.open(address).form("weight_kg").fields["weight_kg"] == "70,5\u202fkg"
    signed_in.walker.send(weight_kg="71")
    text = signed_in.walker.open(address).page.text
    assert text.count("par moi") == 2
    assert "71 kg" in text
    assert "70,5 kg" in text
    before = len(events(signed_in))
    signed_in.walker.send(weight_kg="71 kg")  # the same value: nothing to correct
    assert len(events(signed_in)) == before
    assert signed_in.walker.open(address).page.text.count("par moi") == 2


def test_what_is_taken_away_can_still_be_read(signed_in: World) -> None:
    add("Asthme")(signed_in)
    address = first_entry(signed_in)
    signed_in.walker.open(address).send(action=f"{address}/retirer")
    assert "Asthme" not in signed_in.walker.open(PROFILE).page.text
    text = signed_in.walker.open(address).page.text
    assert "Retirée" in text
    assert "Asthme" in text
    assert not [form for form in signed_in.walker.page.forms if "name" in form.fields]
    signed_in.walker.open(ILLNESSES).click("Ce qui a été retiré")
    assert "Asthme" in signed_in.walker.page.text
    assert "par moi" in signed_in.walker.page.text
    assert signed_in.walker.click("Asthme").address == address
    them = other_person(signed_in)
    assert "Rien n’a été retiré" in them.walker.open(f"{ILLNESSES}/retirees").page.text
    assert them.walker.open(f"{ILLNESSES}/retirees?avant={address.rpartition('/')[2]}").status == 404


def test_what_was_taken_away_goes_on_over_pages(signed_in: World) -> None:
    add(*(f"Maladie {number}" for number in range(PAGE + 3)))(signed_in)
    for _ in range(PAGE + 3):
        address = first_entry(signed_in)
        signed_in.walker.open(address).send(action=f"{address}/retirer")
    signed_in.walker.open(f"{ILLNESSES}/retirees")
    seen = [words for href, words in signed_in.walker.page.links if href.startswith(f"{ILLNESSES}/0")]
    assert len(seen) == PAGE
    signed_in.walker.click("Voir plus ancien")
    seen += [words for href, words in signed_in.walker.page.links if href.startswith(f"{ILLNESSES}/0")]
    assert len({words.partition(" Retiré")[0] for words in seen}) == PAGE + 3


def test_that_there_is_none_can_be_unsaid_and_what_was_said_stays(signed_in: World) -> None:
    """Somebody who is no longer sure that there is none says neither that there is some."""
    none(signed_in)
    assert "c’est noté le" in signed_in.walker.open(ILLNESSES).page.text
    signed_in.walker.click("La retirer")
    address = signed_in.walker.address
    assert signed_in.walker.page.h1 == "Aucune maladie ni autre sujet de santé"
    forged = signed_in.walker.form(action=f"{address}/retirer").fields
    assert signed_in.walker.post(address, {**forged, "name": "Asthme"}).status == 404
    signed_in.walker.open(address).send(action=f"{address}/retirer")
    assert "Rien n’est encore noté ici" in signed_in.walker.page.text
    assert "Aucune maladie" not in signed_in.walker.open(PROFILE).page.text
    assert "Aucune maladie" in signed_in.walker.open(f"{ILLNESSES}/retirees").page.text
    none(signed_in)
    add("Asthme")(signed_in)
    assert signed_in.walker.open(f"{ILLNESSES}/retirees").page.text.count("Aucune maladie") == 2


def test_that_there_is_none_is_said_until_there_is_one(signed_in: World) -> None:
    none(signed_in)
    assert "Aucune maladie ni autre sujet de santé" in signed_in.walker.open(PROFILE).page.text
    assert f"{ILLNESSES}/aucun" not in signed_in.walker.open(ILLNESSES).body
    late = signed_in.walker.form("name").fields
    add("Asthme")(signed_in)
    assert "Aucune maladie" not in signed_in.walker.open(PROFILE).page.text
    signed_in.walker.post(f"{ILLNESSES}/aucun", late)
    assert "Asthme" in signed_in.walker.open(ILLNESSES).page.text
    assert signed_in.walker.post("/profil-medical/poids/aucun", late).status in (303, 404, 409)


def test_two_corrections_at_once_do_not_hide_each_other(signed_in: World) -> None:
    add("Asthme")(signed_in)
    address = first_entry(signed_in)
    signed_in.walker.open(address)
    late, away = (
        given(signed_in, name="Asthme sévère"),
        signed_in.walker.form(action=f"{address}/retirer").fields,
    )
    signed_in.walker.send(name="Asthme léger")
    signed_in.walker.post(address, late)
    assert signed_in.walker.status == 409
    assert "vient d’être changée ailleurs" in signed_in.walker.page.text
    assert "Asthme sévère" in signed_in.walker.body  # what was typed is still there
    for version in (away["version"], "9" * 30, "-1", "²"):  # what no page says is no version
        assert signed_in.walker.post(f"{address}/retirer", {**away, "version": version}).status == 409
    assert "Asthme léger" in signed_in.walker.open(PROFILE).page.text


@pytest.mark.parametrize(
    ("refusal", "status"), [(SpaceFrozen(), 409), (AlreadyDecided(SpaceState.CLOSED), 404)]
)
def test_a_space_frozen_or_closed_between_the_form_and_its_answer_says_so(
    signed_in: World, monkeypatch: pytest.MonkeyPatch, refusal: Exception, status: int
) -> None:
    def late(*_held: object) -> None:
        raise refusal

    monkeypatch.setattr(service, "hold_for", late)
    monkeypatch.setattr(onboarding, "hold_for", late)
    for page, said in ((ILLNESSES, {"name": "Asthme"}), ("/bienvenue/question/1", {"height_m": "1,72"})):
        signed_in.walker.open(page).send(**said)
        assert signed_in.walker.status == status
        assert "Asthme" not in signed_in.walker.body


@pytest.mark.parametrize("act", ["", "/retirer"])
def test_an_entry_of_somebody_else_is_not_there(signed_in: World, act: str) -> None:
    add("Asthme")(signed_in)
    address = first_entry(signed_in)
    them = other_person(signed_in)
    add("Diabète")(them)
    assert them.walker.open(address).status == 404
    own = them.walker.open(first_entry(them)).form("name").fields
    assert them.walker.post(address + act, {**own, "name": "Pris"}).status == 404
    assert "Asthme" not in them.walker.open(PROFILE).page.text
    stranger = another_browser(signed_in)
    assert stranger.walker.open(address).address == "/connexion"
    assert client_of(stranger).post(address + act).status_code == 403
    assert "Asthme" in signed_in.walker.open(PROFILE).page.text


def test_an_entry_is_found_in_its_own_part_only(signed_in: World) -> None:
    add("Asthme")(signed_in)
    entry_id = first_entry(signed_in).rpartition("/")[2]
    assert signed_in.walker.open(f"/profil-medical/allergies/{entry_id}").status == 404
    assert signed_in.walker.open("/profil-medical/nulle-part").status == 404


def test_a_space_that_is_closed_has_no_profile(proven: World) -> None:
    from webapp.closing.walks import close

    add("Asthme")(proven)
    close(proven)
    for address in (PROFILE, ILLNESSES):
        assert "espace est fermé" in proven.walker.open(address).page.text
        assert "Asthme" not in proven.walker.body


def test_a_guardian_writes_in_the_profile_of_the_child_alone(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)
    add("Varicelle")(world)
    assert "Profil médical d’Anaïs" in world.walker.open(PROFILE).page.text
    assert "Varicelle" in world.walker.page.text
    world.walker.send(action="/famille/retour")
    assert "Varicelle" not in world.walker.open(PROFILE).page.text


def test_everything_is_in_the_archive(signed_in: World) -> None:
    add("Asthme")(signed_in)
    signed_in.walker.open(first_entry(signed_in)).send(name="Asthme léger")
    walks.prove_again(signed_in)
    data, page = files(signed_in)
    assert [one["said"] for one in data["profile"]] == ["Asthme", "Asthme léger"]
    assert "Asthme léger" in page
    enter(other := another_browser(signed_in))
    assert [one["said"] for one in files(other)[0]["profile"]] == ["Asthme", "Asthme léger"]
