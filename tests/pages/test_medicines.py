"""A treatment's name from the list of medicines: with a script, without one, and by one's own words."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.support.crowd import client_of
from webapp.db.work import reading, writing
from webapp.family import walks as family
from webapp.medicines.loading import load
from webapp.medicines.states import A_FEW, LIST, TREATMENTS, chosen, some
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import Kind
from webapp.profile.service import current
from webapp.web.states import World

pytestmark = pytest.mark.one_database("tests/services/test_medicines.py has both")
LONG = "Très longue préparation magistrale " * 5


def said(world: World) -> list[dict[str, str]]:
    """What the treatments of everybody say, the newest first."""
    with reading(world.app.extensions["engine"]) as session:
        people = session.scalars(select(ProfileEntry.beneficiary_id).distinct()).all()
        return [one.said for person in people for one in current(session, person, (Kind.TREATMENT,))]


def test_a_name_that_was_chosen_comes_back_into_the_form_and_is_known_by_its_code(world: World) -> None:
    chosen(world)
    assert world.walker.address == TREATMENTS
    form = world.walker.form("name")
    assert form.fields["name"] == A_FEW[0][1]
    world.walker.send(name=form.fields["name"])
    assert said(world) == [{"name": A_FEW[0][1], "cis": str(A_FEW[0][0])}]
    assert world.walker.open(TREATMENTS).form("name").fields["name"] == ""  # chosen once


def test_ones_own_words_are_always_taken(world: World) -> None:
    some(world)
    world.walker.open(TREATMENTS).send(name="Tisane de thym", action="")
    assert said(world) == [{"name": "Tisane de thym"}]


def test_a_correction_takes_the_code_of_another_medicine_away(world: World) -> None:
    chosen(world)
    world.walker.send(name=A_FEW[0][1])
    link = next(
        href for href, _ in world.walker.open(TREATMENTS).page.links if href.startswith(f"{TREATMENTS}/")
    )
    world.walker.open(link).send(name="Paracétamol, le soir")
    assert said(world) == [{"name": "Paracétamol, le soir"}]


def test_what_else_was_typed_is_carried_along(world: World) -> None:
    some(world)
    fields = world.walker.open(TREATMENTS).form("name").fields
    world.walker.post(LIST, {**fields, "name": "dolip", "dose": "1 le soir"})
    assert world.walker.page.text.count("DOLIPRANE") == 2
    assert "2 médicaments trouvés" in world.walker.page.text
    assert "Base de données publique des médicaments, mai 2026" in world.walker.page.text
    choice = world.walker.form(action=f"{LIST}/choix").fields
    assert choice["dose"] == "1 le soir"
    assert not any("dolip" in href.lower() for href, _ in world.walker.page.links)
    odd = {"cls": "x", "self": "x", "formdata": "x"}  # fields of no form
    world.walker.post(f"{LIST}/choix", {**choice, **odd, "name": "dolip"})
    assert world.walker.form("name").fields["dose"] == "1 le soir"


def test_the_part_that_comes_as_one_types_is_a_part_of_the_page(world: World) -> None:
    some(world)
    token = world.walker.open(TREATMENTS).form("name").fields["csrf_token"]
    client, typed = client_of(world), {"csrf_token": token, "name": "ŒSTRO"}
    part = client.post(f"{LIST}/propositions", data=typed, headers={"HX-Request": "true"}).text
    page = client.post(LIST, data=typed).text
    assert "ŒSTRODOSE" in part
    assert "<html" not in part
    padding = part.rindex("<!--")
    assert "".join(part[:padding].split()) in "".join(page.split())
    assert (
        len(
            re.findall(
                "<button",
                client.post(
                    f"{LIST}/propositions", data={**typed, "name": "parac"}, headers={"HX-Request": "true"}
                ).text,
            )
        )
        == 8
    )
    for nothing in ("", "d", LONG * 3):
        answer = client.post(
            f"{LIST}/propositions", data={**typed, "name": nothing}, headers={"HX-Request": "true"}
        )
        assert (answer.status_code, "<button" in answer.text) == (200, False)


def test_nothing_is_asked_for_whoever_saves_data(world: World) -> None:
    some(world)
    client = client_of(world)
    assert "hx-post" in client.get(TREATMENTS).text
    assert "hx-post" not in client.get(TREATMENTS, headers={"Save-Data": "on"}).text


def test_without_the_database_of_medicines_words_are_taken(signed_in: World) -> None:
    signed_in.walker.open(LIST).send(action=LIST, name="doliprane")
    assert "Aucun médicament trouvé" in signed_in.walker.page.text
    signed_in.walker.open(TREATMENTS).send(name="Doliprane", action="")
    assert said(signed_in) == [{"name": "Doliprane"}]


def test_a_choice_of_nothing_or_of_too_much_is_refused(world: World) -> None:
    some(world)
    fields = world.walker.open(LIST).form(action=f"{LIST}/choix").fields
    for name in ("", LONG * 3):
        assert world.walker.post(f"{LIST}/choix", {**fields, "name": name}).status == 422


def test_a_choice_for_oneself_is_not_offered_for_a_child(world: World) -> None:
    family.two_parents(world)
    with writing(world.app.extensions["engine"]) as session:
        load(session, A_FEW)
    world.walker.open(LIST).send(action=LIST, name="abacavir")
    fields = world.walker.form(action=f"{LIST}/choix").fields
    world.walker.post(f"{LIST}/choix", {**fields, "name": "Pour moi seul"})
    assert world.walker.form("name").fields["name"] == "Pour moi seul"
    family.go_in(world)
    assert world.walker.open(TREATMENTS).form("name").fields["name"] == ""
