"""The family: whose space one is in, two guardians, a disagreement, what a child keeps, the day of majority."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.activation import walks as journey
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.family.majority import hand_over
from webapp.family.models import SpaceInvitation
from webapp.family.walks import (
    FATHER,
    MOTHER,
    THEIRS,
    TWIN,
    answer,
    disagree,
    go_in,
    invite,
    other,
    shared,
    sign_in_as,
    two_parents,
)
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.models import OutboxRow
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

FATHERS_CARD = DEMO_PEOPLE[4]


pytestmark = pytest.mark.one_database(
    "what only a database decides (one answer to an invitation) is tested on both, in services"
)


def child_id(app: Flask) -> object:
    with reading(app.extensions["engine"]) as session:
        return session.scalars(
            select(AccountSpace.beneficiary_id).where(AccountSpace.role == "guardian")
        ).first()


def test_every_page_says_whose_space_it_is(world: World) -> None:
    two_parents(world)
    go_in(world)
    assert world.walker.page.h1.startswith("Espace d’")
    for address in ("/accueil", "/compte", "/famille", "/famille/activite", "/aide", "/nulle-part"):
        page = world.walker.open(address)
        assert "Je suis dans l’espace d’" in page.page.text, address
        assert 'class="band who"' in page.body, address
    world.walker.open("/accueil").send(action="/famille/retour")
    assert "Je suis dans l’espace" not in world.walker.page.text
    assert world.walker.page.h1.startswith("Bonjour Solène")


def test_nobody_goes_into_a_space_that_they_do_not_reach(world: World) -> None:
    father = two_parents(world)
    child = child_id(world.app)
    token = father.walker.open("/compte").page.forms[0].fields["csrf_token"]
    with reading(world.app.extensions["engine"]) as session:
        everybody = list(session.scalars(select(Beneficiary.id)))
    for person in (child, *everybody, uuid4(), "", "x", "None"):
        for path in ("/famille/espace", "/famille/desaccord", "/famille/accord", "/famille/inviter"):
            father.walker.post(path, {"person": str(person), "csrf_token": token, "confirm": "y"})
            assert father.walker.status == 404, (path, person)
    for path in ("/famille/invitation", "/famille/invitation/retirer"):
        father.walker.post(path, {"invitation": str(uuid4()), "answer": "accept", "csrf_token": token})
        assert father.walker.status == 422


def test_only_the_registrys_other_representative_can_be_invited(world: World) -> None:
    two_parents(world)
    form = world.walker.open("/famille").form(action="/famille/inviter")
    with reading(world.app.extensions["engine"]) as session:
        strangers = [str(one) for one in session.scalars(select(Beneficiary.id))]
    strangers.remove(form.fields["guardian"])
    for person in strangers:
        world.walker.post("/famille/inviter", {**form.fields, "guardian": person, "once": uuid4().hex})
        assert world.walker.status in (404, 429), person
    with reading(world.app.extensions["engine"]) as session:
        assert session.scalars(select(SpaceInvitation.id)).all() == []


def test_an_invitation_is_accepted_and_both_are_told(world: World) -> None:
    father = two_parents(world)
    invite(world)
    assert "peut accepter mon invitation" in world.walker.page.text
    letter = walks.newest_letter(world.app.extensions["engine"], "space-invitation")
    assert letter["to"] == "yann.hautcourtil@example.net" or letter["to"].startswith("+33")
    assert "m’invite à partager" in father.walker.open("/accueil").page.text
    answer(father, "accept")
    assert "Partagé avec Solène" in father.walker.page.text
    assert "Partagé avec Yann" in world.walker.open("/famille").page.text
    assert walks.newest_letter(world.app.extensions["engine"], "invitation-accepted")
    child = "Au sujet d’Anaïs" if "Anaïs" in father.walker.page.text else "Au sujet de Maëlys"
    assert child in father.walker.open("/compte/activite").page.text
    assert child in world.walker.open("/compte/activite").page.text
    go_in(father)
    assert father.walker.page.h1.startswith("Espace d’")


def test_an_invitation_refused_gives_nothing(world: World) -> None:
    father = two_parents(world)
    invite(world)
    answer(father, "refuse")
    assert "Aller dans l’espace" not in father.walker.page.text
    assert walks.newest_letter(world.app.extensions["engine"], "invitation-refused")


def test_an_invitation_ends_after_seven_days_and_may_be_sent_again(world: World) -> None:
    father = two_parents(world)
    invite(world)
    form = next(
        one for one in father.walker.open("/famille").page.forms if one.fields.get("answer") == "accept"
    )
    world.forward(timedelta(days=7, minutes=1))
    sign_in_as(father, THEIRS[1])
    assert "m’invite à partager" not in father.walker.open("/famille").page.text
    token = father.walker.page.forms[0].fields["csrf_token"]
    father.walker.post("/famille/invitation", {**form.fields, "csrf_token": token})
    assert father.walker.status == 422
    assert "ne vaut plus" in father.walker.page.text
    sign_in_as(world, THEIRS[0])
    invite(world)
    answer(father, "accept")
    assert "Partagé avec Solène" in father.walker.page.text


def test_an_invitation_taken_back_cannot_be_accepted(world: World) -> None:
    father = two_parents(world)
    invite(world)
    father.walker.open("/famille")
    world.walker.send(action="/famille/invitation/retirer")
    form = next(one for one in father.walker.page.forms if one.fields.get("answer") == "accept")
    father.walker.post("/famille/invitation", form.fields)
    assert father.walker.status == 422


def test_whoever_the_registry_no_longer_names_cannot_accept(world: World) -> None:
    father = two_parents(world)
    invite(world)
    father.walker.open("/famille")
    with writing(world.app.extensions["engine"]) as session:
        session.execute(delete(Guardianship))
    form = next(one for one in father.walker.page.forms if one.fields.get("answer") == "accept")
    father.walker.post("/famille/invitation", form.fields)
    assert father.walker.status == 422


def test_when_they_disagree_the_space_stays_as_it_is(world: World) -> None:
    father = shared(world)
    disagree(father)
    page = world.walker.open("/famille").page.text
    assert "Yann a dit" in page
    assert "reste comme il est" in page
    page = world.walker.open("/famille/desaccord").page.text
    for words in (
        "médiateur familial",
        "juge aux affaires familiales",
        "tant que cette personne ne le retire pas",
    ):
        assert words in page
    with reading(world.app.extensions["engine"]) as session:
        frozen = session.scalars(
            select(HealthSpace.frozen_at).where(HealthSpace.beneficiary_id == child_id(world.app))
        ).one()
    assert frozen is not None
    world.walker.post("/famille/accord", world.walker.form().fields | {"person": str(child_id(world.app))})
    assert "Yann a dit" in world.walker.open("/famille").page.text  # whoever said so takes it back
    father.walker.open("/famille/desaccord").send(action="/famille/accord")
    assert "a dit" not in world.walker.open("/famille").page.text
    assert walks.newest_letter(world.app.extensions["engine"], "disagreement-withdrawn")


def test_one_parents_opposition_is_not_undone_by_the_other(world: World) -> None:
    walks.make_account(world, FATHER, identifier=THEIRS[1])
    journey.prove(world, TWIN)
    if "person" in {name for form in world.walker.page.forms for name in form.names}:
        world.walker.send(person=world.walker.form("person").choices["person"][0])
    world.walker.send(decision="oppose").send(confirm="y")
    named = world.walker.open("/activation/opposition/faite").page.text
    father = other(world)
    journey.prove(father, FATHERS_CARD)
    choices = father.walker.form("person").choices["person"] if "person" in father.walker.body else []
    for person in choices or [""]:
        if choices:
            father.walker.open("/activation/personne").send(person=person)
        if "Une opposition est enregistrée" in father.walker.page.text:
            break
    father.walker.send(decision="activate").send(identifier=THEIRS[1], password=walks.PASSWORD)
    father.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert father.walker.status == 422, (named, father.walker.page.text)
    assert "juge aux affaires familiales" in father.walker.page.text


def test_what_a_minor_does_alone_is_seen_by_no_guardian(world: World) -> None:
    shared(world)
    go_in(world)
    before = world.walker.open("/famille/activite").page.text
    with writing(world.app.extensions["engine"]) as session:
        child = child_id(world.app)
        for event in Event:
            if event.value.startswith(("identity", "code", "receipt", "letter", "sign-in", "account")):
                record(session, event, now=world.app.extensions["clock"](), beneficiary_id=child)  # type: ignore[arg-type]
    assert world.walker.open("/famille/activite").page.text == before
    assert "L’espace a été ouvert." in before
    assert "Par l’autre représentant légal." in before
    assert "Par moi." in before


def test_the_day_of_majority_ends_the_guardians_access(world: World) -> None:
    father = shared(world)
    engine, settings = world.app.extensions["engine"], world.app.extensions["settings"]
    born = TWIN.birth_date
    clock = world.app.extensions["clock"]
    eve = clock().replace(year=born.year + 18, month=born.month, day=born.day) - timedelta(days=1)
    world.forward(eve - clock())
    sign_in_as(world, THEIRS[0])
    go_in(world)
    with writing(engine) as session:
        assert hand_over(session, clock(), settings) == 0
    world.forward(timedelta(hours=14))  # past midnight in Paris; nothing has swept yet
    sign_in_as(world, THEIRS[0])
    assert "Aller dans l’espace" not in world.walker.open("/famille").page.text
    with writing(engine) as session:
        assert hand_over(session, clock(), settings) == 1
        assert hand_over(session, clock(), settings) == 0
    with reading(engine) as session:
        assert session.scalars(select(AccountSpace.role).where(AccountSpace.role == "guardian")).all() == []
    assert "Vous avez 18 ans" in str(walks.newest_letter(engine, "space-handed-over")["text"])
    with reading(engine) as session:
        told = (OutboxRow.kind == "guardian-access-ended", OutboxRow.channel == "email")
        rows = session.scalars(select(OutboxRow).where(*told)).all()
    letters = [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed or b"") for row in rows]
    both = {"Bonjour Solène", "Bonjour Yann"}
    assert {words for words in both for one in letters if words in str(one["text"])} == both
    assert all("Votre accès à cet espace s’est arrêté" in str(one["text"]) for one in letters)
    assert len(letters) == 2
    young = other(world)
    journey.prove(young, TWIN)
    if young.walker.address == "/activation/personne":
        for person in young.walker.form("person").choices["person"]:
            young.walker.open("/activation/personne").send(person=person)
            if "choisis mes identifiants" in young.walker.page.text:
                break
    assert "je choisis mes identifiants" in young.walker.page.text
    assert "Je ferme l’espace" in young.walker.page.text
    assert father is not None


def test_a_form_of_the_family_acts_once(world: World) -> None:
    father = shared(world)
    fields = {**world.walker.open("/famille/desaccord").form("confirm").fields, "confirm": "y"}
    client = client_of(world)
    answers = [client.post("/famille/desaccord", data=fields).status_code for _ in range(2)]
    assert answers == [303, 303]
    with reading(world.app.extensions["engine"]) as session:
        from webapp.family.models import Disagreement

        assert len(session.scalars(select(Disagreement.id)).all()) == 1
    assert father is not None
    assert MOTHER.nir != FATHER.nir
