"""Two representatives with codes, a minor with a card of their own, a child come of age: what each can do and see."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.account.service import account_named, change
from webapp.activation import scenes_family as scenes
from webapp.activation import walks as journey
from webapp.activation.walks import TWINS, TWINS_AGAIN
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.registry_row import COLUMNS
from webapp.db.work import reading, writing
from webapp.family.disagreeing import declare, standing
from webapp.family.reach import family_of
from webapp.family.sight import count_events, events
from webapp.family.walks import (
    FATHER,
    MOTHER,
    THEIRS,
    answer,
    go_in,
    invite,
    other,
    shared,
    sign_in_as,
    two_parents,
)
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.spaces.models import HealthSpace
from webapp.values.card import CardType
from webapp.values.nir import nir_key
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what only a database decides is tested on both, in services")


def frozen(world: World) -> bool:
    with reading(world.app.extensions["engine"]) as session:
        return (
            session.scalar(select(HealthSpace.frozen_at).where(HealthSpace.frozen_at.is_not(None)))
            is not None
        )


def letters(world: World, kind: str) -> int:
    with reading(world.app.extensions["engine"]) as session:
        return len(session.scalars(select(OutboxRow.id).where(OutboxRow.kind == kind)).all())


def test_a_code_says_no_to_a_space_that_the_other_opened_and_takes_it_back(world: World) -> None:
    mother = other(world)
    two_parents(mother)
    scenes.choose(world, TWINS_AGAIN, "est déjà ouvert")
    world.walker.open("/activation/desaccord").send(confirm="n")
    assert world.walker.status == 422
    assert not frozen(world)
    world.walker.send(confirm="y")
    assert frozen(world)
    assert letters(world, "disagreement-raised") == 4  # each guardian, by e-mail and by SMS
    assert "Rien ne change" in world.walker.page.h1
    assert "Yann a dit" in mother.walker.open("/famille").page.text
    assert "Yann a signalé" in mother.walker.open("/famille/desaccord").page.text
    world.walker.open("/activation/desaccord").send(action="/activation/accord")
    assert not frozen(world)
    assert "a dit" not in mother.walker.open("/famille").page.text


def test_what_was_said_with_a_code_is_taken_back_from_an_account(world: World) -> None:
    walks.make_account(world, FATHER, identifier=THEIRS[1])
    scenes.mother_opposed(world)
    world.walker.open("/activation/representant").send(identifier=THEIRS[1], password=walks.PASSWORD)
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert world.walker.status == 422
    assert "Nous sommes de nouveau d’accord" in world.walker.page.text
    father = other(world)
    sign_in_as(father, THEIRS[1])
    assert "J’ai dit" in father.walker.open("/famille").page.text
    father.walker.open("/famille/desaccord").send(action="/famille/accord")
    assert not frozen(world)


def test_nothing_is_decided_about_a_frozen_space_by_anybody(world: World) -> None:
    scenes.mother_looks(world)
    assert "Rien ne change" in world.walker.page.h1
    assert "Nous sommes de nouveau d’accord" not in world.walker.page.text  # it was not she who said so
    for address in ("/activation/opposition", "/activation/conditions", "/activation/representant"):
        assert world.walker.open(address).page.h1.startswith("Rien ne change"), address
    token = world.walker.page.forms[0].fields["csrf_token"] if world.walker.page.forms else ""
    world.walker.post("/activation/accord", {"csrf_token": token})
    assert frozen(world)


def test_an_account_made_with_a_childs_card_answers_nothing(world: World) -> None:
    walks.make_account(world, FATHER, identifier=THEIRS[1], opens=())
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, THEIRS[1])
        assert known is not None
        change(session, known.id, email="a.child@example.org", phone=None)
    mother = other(world)
    walks.make_account(mother, MOTHER, identifier=THEIRS[0], opens=(MOTHER, TWINS))
    sign_in_as(mother, THEIRS[0])
    invite(mother)
    letter = walks.newest_letter(world.app.extensions["engine"], "space-invitation")
    assert letter["to"] != "a.child@example.org"
    sign_in_as(world, THEIRS[1])
    for said in ("refuse", "accept"):  # nor refuses: the parent would never know
        answer(world, said)
        assert world.walker.status == 422
        assert "ma propre carte Vitale" in world.walker.page.text
    with reading(world.app.extensions["engine"]) as session:
        rows = session.scalars(select(AccountSpace.account_id).where(AccountSpace.role == "guardian")).all()
    assert len(rows) == 1


def test_an_account_made_with_a_childs_card_takes_nothing_back_that_its_owner_said(world: World) -> None:
    walks.make_account(world, FATHER, identifier=THEIRS[1], opens=())
    walks.make_account(other(world), MOTHER, identifier=THEIRS[0], opens=(MOTHER, TWINS))
    clock, settings = world.app.extensions["clock"], world.app.extensions["settings"]
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, THEIRS[1])
        assert known is not None
        change(session, known.id, email="a.child@example.org", phone=None)
        child = session.scalars(
            select(AccountSpace.beneficiary_id).where(AccountSpace.role == "guardian")
        ).one()
        declare(session, clock(), settings, child, known.beneficiary_id)  # with a code of his own
    assert frozen(world)
    sign_in_as(world, THEIRS[1])
    assert "J’ai dit" not in world.walker.open("/famille").page.text
    assert world.walker.open("/famille/desaccord").address == "/famille"
    token = world.walker.form(action="/deconnexion").fields["csrf_token"]
    for address in ("/famille/accord", "/famille/desaccord"):
        world.walker.post(address, {"csrf_token": token, "person": str(child), "confirm": "y"})
        assert world.walker.status in (404, 422)
    assert frozen(world)


def test_a_young_adult_chooses_identifiers_or_closes_and_nobody_else_enters(world: World) -> None:
    scenes.come_of_age(world)
    labels = world.walker.page.text
    assert "ils n’y ont plus accès" in labels
    assert "ouvert automatiquement" not in labels
    world.walker.send(decision="activate").send(accept_terms="y")
    world.walker.send(identifier="anais.14", password="Cigale-bleue-7")
    assert world.walker.address == "/activation/terminee"
    with reading(world.app.extensions["engine"]) as session:
        roles = session.scalars(select(AccountSpace.role)).all()
    assert sorted(roles) == ["holder"] * 3  # both parents' own, and hers


def test_who_was_in_the_childs_space_is_back_in_their_own(world: World) -> None:
    two_parents(world)
    go_in(world)
    clock = world.app.extensions["clock"]
    born = TWINS.birth_date
    world.forward(clock().replace(year=born.year + 18, month=born.month, day=born.day, hour=0) - clock())
    world.forward(timedelta(hours=-3))  # still the eve in Paris
    sign_in_as(world, THEIRS[0])
    go_in(world)
    assert world.walker.page.h1.startswith("Espace d")
    for _ in range(20):
        world.forward(timedelta(minutes=14))
        world.walker.open("/accueil")
    assert world.walker.page.h1.startswith("Bonjour")
    assert "Je ne représente plus cet enfant" in world.walker.page.text


TEEN_NIR = "2100975991155" + nir_key("2100975991155")
TEEN = DemoPerson("Lila", "", TEEN_NIR, date(2010, 9, 12), CardType.WITH_PHOTO, "40157829788")


def teenager(world: World, folder: Path) -> None:
    """A child of sixteen of the first mother: on her card, and with a card and a contact of her own."""
    mother = DEMO_PEOPLE[1]
    common = {
        **dict.fromkeys(COLUMNS, ""),
        "person_nir": TEEN_NIR,
        "birth_date": TEEN.birth_date.isoformat(),
        "birth_rank": "1",
        "family_name": "BELOMBRIÈRE",
        "first_names": "Lila",
        "sex": "F",
        "card_type": "with_photo",
        "scheme": "CPAM",
        "guardians": mother.nir,
    }
    own = {"insured_nir": TEEN_NIR, "card_serial": TEEN.card_serial, "email": "lila@example.org"}
    hers = {
        "insured_nir": mother.nir,
        "card_serial": mother.card_serial,
        "email": "nadia.belombriere@example.org",
    }
    path = folder / "teen.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows([{**common, **hers}, {**common, **own}])
    report = import_registry(world.app.extensions["engine"], path, world.app.extensions["clock"]())
    assert report.accepted


def test_what_a_minor_of_sixteen_does_with_their_own_card_is_theirs(world: World, tmp_path: Path) -> None:
    teenager(world, tmp_path)
    mother = DEMO_PEOPLE[1]
    on_her_card = DemoPerson("", "", mother.nir, TEEN.birth_date, mother.card_type, mother.card_serial)
    walks.make_account(world, mother, identifier="nadia.85", opens=(mother, on_her_card))
    sign_in_as(world, "nadia.85")
    go_in(world)
    pages = ("/famille/activite", "/famille", "/accueil", "/compte/activite", "/compte")
    before = [seen(world, page) for page in pages]
    engine = world.app.extensions["engine"]
    with reading(engine) as session:
        entries = len(session.scalars(select(JournalEntry.seq)).all())
    young = other(world)
    journey.prove(young, TEEN)
    young.walker.open("/activation/profils")
    with reading(engine) as session:
        assert len(session.scalars(select(JournalEntry.seq)).all()) > entries  # it was written down
        assert walks.newest_letter(engine, "provisional-code")["to"] == "lila@example.org"
    assert [seen(world, page) for page in pages] == before
    with reading(engine) as session:
        known = account_named(session, "nadia.85")
        assert known is not None
        family = family_of(session, known.id, date(2026, 3, 2))
        assert family is not None
        (space,) = (one for one in family.children if one.person.nir == TEEN_NIR)
        assert count_events(session, space) == len(events(session, space)) == 1  # the opening alone
        assert standing(session, space.id) == []


def seen(world: World, page: str) -> str:
    """What a page shows, but for the hour at which the session would end."""
    return world.walker.open(page).page.text.rpartition("Sans activité")[0]


def test_four_queries_whatever_the_number_of_children(world: World) -> None:
    shared(world)
    sent: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    engine = world.app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", listen)
    counts = {}
    for inside in (False, True):
        if inside:
            go_in(world)
        pages = ("/famille", "/accueil", "/famille/desaccord", *(("/famille/activite",) if inside else ()))
        for page in pages:
            sent.clear()
            world.walker.open(page)
            counts[page, inside] = len([one for one in sent if one.lstrip().startswith(("SELECT", "WITH"))])
    event.remove(engine, "before_cursor_execute", listen)
    assert max(counts.values()) <= 4, counts


def test_a_parent_who_is_signed_in_opens_with_that_account(world: World) -> None:
    """Neither the password nor a code is asked again: both were given to sign in."""
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT,))
    walks.sign_in(world)
    journey.prove(world, walks.CHILD)
    world.walker.send(decision="activate")
    assert walks.IDENTIFIER in world.walker.page.text
    world.walker.send(action="/activation/representant/mon-compte")
    assert world.walker.address == "/activation/terminee"
    world.walker.click("Aller à Ma famille")
    assert "Aller dans l’espace de Léo" in world.walker.page.text
