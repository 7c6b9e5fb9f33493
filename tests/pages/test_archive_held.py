"""What is in the archive: everything of a person, nothing that is secret, nothing of anybody else."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from tests.support.archive import files
from webapp.account import walks
from webapp.account.models import Account
from webapp.archive.sections import SECTIONS
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.closing.walks import close
from webapp.db.work import reading, writing
from webapp.factors.walks import SECRET, give_application, give_codes
from webapp.family.walks import disagree, go_in, invite, shared, two_parents
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import record
from webapp.passkeys.walks import give_passkeys
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what is read is tested with what wrote it")


def test_it_says_what_is_held(home: World) -> None:
    home.walker.open("/bienvenue/question/1").send(height_m="1,70")
    close(home)
    data, page = files(home)
    written = [(one["entry"], one["version"], one["said"], one["written_by_me"]) for one in data["profile"]]
    assert written == [(1, 1, "1,70\u202fm", True)], "a closed space holds it still"
    assert [one["answer"] for one in data["first_questions"]] == ["answered"]
    assert "Bienvenue dans votre espace" in [one["subject"] for one in data["messages"]]
    who = walks.ADULT
    assert data["account"]["identifier"] == walks.IDENTIFIER
    assert data["registry_person"]["birth_date"] == who.birth_date.isoformat()
    assert data["registry_cards"][0]["social_security_number"] == who.nir
    assert [one["kind"] for one in data["decisions"]] == ["opening", "closing"]
    assert [(one["role"], one["state"]) for one in data["spaces"]] == [("holder", "closed")]
    assert len(data["sessions"]) == 1
    assert "Espace fermé" in [one["event"] for one in data["activity"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", data["account"]["created_at"])
    for section in SECTIONS:
        for key, label in section.columns:
            assert f"<code>{section.key}.{key}</code>" in page
            assert label


def test_nothing_secret_and_nothing_of_anybody_else(home: World) -> None:
    with reading(home.app.extensions["engine"]) as session:
        hashes = list(session.scalars(select(Account.password_hash)))
    data, page = files(home)
    both = json.dumps(data, ensure_ascii=False) + page
    others = [one for one in DEMO_PEOPLE if one != walks.ADULT]
    secrets = [*hashes, walks.PASSWORD, "argon2", "quelquun.82", *(one.nir for one in others)]
    secrets += [name for one in others for name in one.name.split() if len(name) > 4]
    secrets += [one.card_serial for one in others]
    assert [one for one in secrets if one in both] == []


def test_a_guardian_sees_of_a_child_what_the_pages_show(world: World) -> None:
    shared(world)
    walks.prove_again(world)
    go_in(world)
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    data, _page = files(world)
    assert [(one["name"].split()[0], one["link"]) for one in data["registry_family"]] == [
        ("Anaïs", "child"),
        ("Maëlys", "child"),
    ]
    child = next(one for one in data["spaces"] if one["role"] == "guardian")
    assert child["state"] == "opened"
    before = data["children_events"]
    assert before
    with writing(engine) as session:
        kept = session.scalars(
            select(JournalEntry.beneficiary_id).where(JournalEntry.event == Event.SPACE_SHARED)
        )
        reached = session.scalars(select(HealthSpace.beneficiary_id)).all()
        for person in {*kept, *reached}:
            record(
                session, Event.CODE_REDEEMED, now=now, beneficiary_id=person, facts={"canary": "Zoé-secrète"}
            )
    data, page = files(world)
    assert data["children_events"] == before
    assert "Zoé-secrète" not in page
    assert "yann" not in page.lower()  # the other guardian


def test_an_account_made_with_a_child_s_card_tells_nothing_of_its_owner(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    walks.sign_in(world)
    walks.prove_again(world)
    data, page = files(world)
    assert data["registry_person"] is None
    assert (data["registry_cards"], data["decisions"]) == ([], [])
    assert walks.PARENT.nir not in page


def test_what_one_enters_with_is_named_and_its_secrets_are_not_there(home: World) -> None:
    give_application(home)
    printed = give_codes(home, used=2)
    give_passkeys(home, "La clé grise")
    data, page = files(home)
    kinds = [(one["kind"], one["name"], one["left"]) for one in data["factors"]]
    assert kinds == [
        ("application", None, None),
        ("recovery-codes", None, len(printed)),
        ("passkey", "La clé grise", None),
    ]
    both = json.dumps(data, ensure_ascii=False) + page
    assert [one for one in (SECRET, "nobody's", *printed) if one in both] == []


def test_an_invitation_that_waits_is_said_to_whom_it_is_for(world: World) -> None:
    father = two_parents(world)
    invite(world)
    walks.prove_again(father)
    data, _page = files(father)
    assert [(one["sender"], one["expires_at"] > data["made_at"]) for one in data["invitations"]] == [
        ("Solène", True)
    ]
    assert [one["role"] for one in data["spaces"]] == ["holder"]


def test_a_space_that_a_disagreement_keeps_still_is_said_to_be(world: World) -> None:
    shared(world)
    disagree(world)
    walks.prove_again(world)
    data, _page = files(world)
    assert [(one["role"], one["frozen"]) for one in data["spaces"]] == [("holder", False), ("guardian", True)]
