"""The first questions: answered, skipped, left and taken up again; what was said becomes entries of the profile."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.people import another_browser
from webapp.account import walks
from webapp.account.models import Account
from webapp.db.vault import Vault
from webapp.db.work import reading, writing
from webapp.family.walks import disagree, go_in, shared
from webapp.onboarding.states import ANSWERS, answer
from webapp.profile import service as profile
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import Kind
from webapp.web.states import World

QUESTION = "/bienvenue/question/{}"


pytestmark = pytest.mark.one_database("the services are tested on both")


def entries(app: Flask, *kinds: Kind) -> list[profile.Entry]:
    with reading(app.extensions["engine"]) as session:
        person = session.scalars(select(Account.beneficiary_id)).one()
        return profile.current(session, person, kinds)


def names(app: Flask, kind: Kind) -> set[str]:
    return {one.said["name"] for one in entries(app, kind)}


def test_five_answers_are_read_back_and_are_in_the_profile(signed_in: World) -> None:
    walker = signed_in.walker.open("/bienvenue")
    assert "5 questions" in walker.page.text
    for number, fields in enumerate(ANSWERS, 1):
        walker.open(QUESTION.format(number))
        assert f"Question {number} sur 5" in walker.page.text
        walker.send(**fields)
        assert walker.status == 200
    assert walker.address == "/bienvenue/merci"
    for words in (
        "1,72 m",
        "70,5 kg",
        "Asthme, Opération du genou en 2019",
        "Aucun traitement",
        "Pénicilline",
    ):
        assert words in walker.page.text, words
    assert [one.said for one in entries(signed_in.app, Kind.HEIGHT, Kind.WEIGHT)] == [
        {"value": 70_500},
        {"value": 172},
    ]
    assert len(entries(signed_in.app, Kind.NO_TREATMENT)) == 1
    assert names(signed_in.app, Kind.ALLERGY) == {"Pénicilline", "Arachide"}


@pytest.mark.parametrize("said", [{"answer": "yes", "details": "Arachide"}, {"answer": "no", "details": ""}])
def test_what_was_added_since_the_page_was_shown_stays(signed_in: World, said: dict[str, str]) -> None:
    """An allergy that another tab, or the other parent, has added meanwhile was not on the page to be taken away."""
    answer(4)(signed_in)
    walker = signed_in.walker.open(QUESTION.format(5)).send(answer="yes", details="Pollen")
    stale = walker.open(QUESTION.format(5)).form("answer").fields
    signed_in.forward(timedelta(seconds=1))
    walker.open("/profil-medical/allergies").send(name="Pénicilline")
    walker.post(QUESTION.format(5), {**stale, **said})
    assert names(signed_in.app, Kind.ALLERGY) == {"Pénicilline", *filter(None, [said["details"]])}
    assert not entries(signed_in.app, Kind.NO_ALLERGY)
    walker.open(QUESTION.format(5)).send(answer="no")  # now it was on the page
    assert not names(signed_in.app, Kind.ALLERGY)
    for odd in ("", "x", "9" * 40, "-1"):
        walker.open(QUESTION.format(5)).send(answer="yes", details="Pollen")
        walker.post(
            QUESTION.format(5),
            {**walker.open(QUESTION.format(5)).form("answer").fields, "answer": "no", "seen": odd},
        )
        assert names(signed_in.app, Kind.ALLERGY) == {"Pollen"}


def test_one_goes_on_where_one_stopped(signed_in: World) -> None:
    answer(2)(signed_in)
    assert signed_in.walker.open("/bienvenue").page.text.count("Reprendre à la question 3") == 1
    assert signed_in.walker.open(QUESTION.format(5)).address == QUESTION.format(3)
    assert signed_in.walker.open("/bienvenue/merci").address == QUESTION.format(3)
    assert 'value="1,72' in signed_in.walker.open(QUESTION.format(1)).body


def test_one_question_is_skipped_and_may_be_answered_later(signed_in: World) -> None:
    signed_in.walker.open(QUESTION.format(1)).send(skip="y")
    assert signed_in.walker.address == QUESTION.format(2)
    signed_in.walker.open(QUESTION.format(1)).send(height_m="1m72")
    assert entries(signed_in.app, Kind.HEIGHT)[0].said == {"value": 172}


def test_all_are_skipped_at_once_and_taken_up_again(signed_in: World) -> None:
    answer(1)(signed_in)
    assert signed_in.walker.open(QUESTION.format(2)).send(skip="all").address == "/accueil"
    said = signed_in.walker.open("/bienvenue/merci").page.text
    assert "1,72 m" in said
    assert said.count("Pas de réponse") == 4
    signed_in.walker.open("/accueil").click("Répondre aux questions passées")
    assert "4 questions ont été passées" in signed_in.walker.page.text
    signed_in.walker.click("Reprendre à la question 2").send(weight_kg="72kg")
    assert signed_in.walker.address == QUESTION.format(3)
    signed_in.walker.send(skip="y")
    signed_in.walker.send(answer="no")
    assert signed_in.walker.send(answer="no").address == "/bienvenue/merci"
    assert signed_in.walker.page.text.count("Pas de réponse") == 1


def test_whoever_skipped_all_is_not_told_that_something_is_recorded(signed_in: World) -> None:
    signed_in.walker.open("/bienvenue").send(action="/bienvenue")
    assert "Rien n’est enregistré" in signed_in.walker.open("/bienvenue/merci").page.text
    assert "C’est enregistré" not in signed_in.walker.page.text


def test_one_answer_is_changed_from_the_thank_you_page_which_comes_back(signed_in: World) -> None:
    answer(5)(signed_in)
    signed_in.walker.open("/bienvenue/merci").click("Poids")
    assert signed_in.walker.send(weight_kg="3 kg 250").address == "/bienvenue/merci"
    assert "3,25 kg" in signed_in.walker.page.text


def test_whoever_names_something_has_said_yes(signed_in: World) -> None:
    answer(2)(signed_in)
    signed_in.walker.open(QUESTION.format(3)).send(details="Asthme")
    assert signed_in.walker.address == QUESTION.format(4)
    assert names(signed_in.app, Kind.ILLNESS) == {"Asthme"}


def test_nothing_is_asked_about_a_space_that_is_not_open(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    walks.sign_in(world)
    for page in ("/bienvenue", QUESTION.format(1), "/bienvenue/merci"):
        assert world.walker.open(page).address == "/accueil"


def test_nothing_is_asked_about_a_child_whose_space_stays_as_it_is(world: World) -> None:
    disagree(shared(world))
    go_in(world)
    assert world.walker.open("/bienvenue").address == "/accueil"
    assert "À faire maintenant" not in world.walker.page.text


def test_in_a_child_s_space_the_questions_are_about_the_child(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    go_in(world)
    world.walker.open("/accueil").click("Compléter le profil médical")
    assert world.walker.page.h1 == "Premières questions pour Léo"
    for number, fields in enumerate(ANSWERS, 1):
        world.walker.open(QUESTION.format(number))
        assert "Léo" in world.walker.page.h1
        assert not re.search(
            r"\b(je|mon|moi)\b", world.walker.body.partition("<h1")[2].partition('<p class="go')[0]
        )
        world.walker.send(**fields)
    assert "le profil médical de Léo" in world.walker.page.text
    world.walker.open("/accueil").send(action="/famille/retour")
    assert "Commencer" in world.walker.open("/bienvenue").page.text


def test_another_answer_takes_the_place_of_the_first_which_is_kept(signed_in: World) -> None:
    answer(5)(signed_in)
    signed_in.walker.open(QUESTION.format(5)).send(answer="yes", details="- Pénicilline\n\n• Latex")
    assert names(signed_in.app, Kind.ALLERGY) == {"Pénicilline", "Latex"}
    signed_in.walker.open(QUESTION.format(4)).send(answer="yes", details="Insuline")
    assert entries(signed_in.app, Kind.NO_TREATMENT) == []
    signed_in.walker.open(QUESTION.format(4)).send(answer="no", details="Insuline")
    assert names(signed_in.app, Kind.TREATMENT) == set()
    assert len(entries(signed_in.app, Kind.NO_TREATMENT)) == 1
    with reading(signed_in.app.extensions["engine"]) as session:
        written = session.scalars(
            select(ProfileEntry.version).where(ProfileEntry.kind == Kind.TREATMENT)
        ).all()
    assert sorted(written) == [1, 2]


def test_the_same_answer_again_adds_nothing(signed_in: World) -> None:
    for _ in range(2):
        answer(5)(signed_in)
    with reading(signed_in.app.extensions["engine"]) as session:
        assert len(session.scalars(select(ProfileEntry.id)).all()) == 7


@pytest.mark.parametrize(
    ("number", "fields", "words"),
    [
        (1, {"height_m": ""}, "Écrivez la taille"),
        (1, {"height_m": "17,2 m"}, "trop grande"),
        (2, {"weight_kg": "0,1"}, "trop petit"),
        (3, {"answer": ""}, "oui ou par non"),
        (3, {"answer": "maybe"}, "oui ou par non"),
        (3, {"answer": "yes", "details": " \n- \n"}, "au moins un nom"),
        (3, {"answer": "yes", "details": "\n".join(f"n{n}" for n in range(21))}, "20 lignes au plus"),
        (3, {"answer": "yes", "details": "x" * 201}, "200 signes"),
    ],
)
def test_mistakes_are_said_and_what_was_typed_stays(
    signed_in: World, number: int, fields: dict[str, str], words: str
) -> None:
    answer(number - 1)(signed_in)
    walker = signed_in.walker.open(QUESTION.format(number))
    walker.post(QUESTION.format(number), {**walker.form(next(iter(fields))).fields, **fields})
    assert walker.status == 422
    assert words in walker.page.text
    assert walker.page.title.startswith("Erreur")


def test_a_long_profile_is_answered_again_without_losing_a_line(signed_in: World) -> None:
    answer(2)(signed_in)
    for first in (0, 20):
        shown = signed_in.walker.open(QUESTION.format(3)).body.partition("<textarea")[2]
        known = shown.partition(">")[2].partition("<")[0].strip()
        more = [f"Sujet {number}" for number in range(first, first + 20)]
        signed_in.walker.send(answer="yes", details="\n".join([*known.splitlines(), *more]))
        assert signed_in.walker.status == 200
    assert len(names(signed_in.app, Kind.ILLNESS)) == 40
    signed_in.walker.open("/bienvenue").send(action="/bienvenue")
    assert "Sujet 39 et d’autres" in signed_in.walker.open("/bienvenue/merci").page.text


def test_years_of_measures_cost_the_questions_nothing(
    signed_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(5)(signed_in)
    engine, now = signed_in.app.extensions["engine"], signed_in.app.extensions["clock"]()
    with writing(engine) as session:
        account = session.scalars(select(Account)).one()
        by = profile.Author(account.beneficiary_id, account.id)
        for grams in range(70_000, 70_060):
            profile.add(session, now, by, Kind.WEIGHT, {"value": grams})
    opened: list[str] = []
    unseal = Vault.unseal

    def note(one: Vault, table: str, *rest: Any) -> Any:
        opened.append(table)
        return unseal(one, table, *rest)

    monkeypatch.setattr(Vault, "unseal", note)
    for page in (QUESTION.format(2), "/bienvenue/merci"):
        opened.clear()
        assert signed_in.walker.open(page).status == 200
        assert opened.count("profile_entries") < 30


def test_what_people_write_is_text(signed_in: World) -> None:
    answer(2)(signed_in)
    signed_in.walker.open(QUESTION.format(3)).send(answer="yes", details='<b hx-get="/">Asthme</b>')
    for page in (QUESTION.format(3), "/bienvenue"):
        assert "<b hx" not in signed_in.walker.open(page).body


@pytest.mark.parametrize("number", ["0", "6", "99", "-1", "x"])
def test_there_are_five_questions(signed_in: World, number: str) -> None:
    assert signed_in.walker.open(QUESTION.format(number)).status == 404


def test_an_account_reaches_its_own_answers_only(signed_in: World) -> None:
    answer(5)(signed_in)
    other = another_browser(signed_in)
    walks.make_account(other, walks.PARENT, identifier="autre.parent")
    other.walker.open("/connexion").send(identifier="autre.parent", password=walks.PASSWORD, channel="email")
    other.walker.send(code=walks.newest_access_code(other.app.extensions["engine"]))
    assert "Commencer" in other.walker.open("/bienvenue").page.text
    assert "Pénicilline" not in other.walker.open(QUESTION.format(5)).body
