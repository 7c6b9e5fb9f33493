"""Every address of the profile that names an entry or a part × every role, for an entry of each kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.pages.test_profile_measures import queries
from tests.support.crowd import client_of, hidden
from tests.support.people import another_browser
from webapp.account.models import Account, AccountSpace
from webapp.db.work import reading, writing
from webapp.family import walks as family
from webapp.family.rules import Role
from webapp.profile import service
from webapp.profile.models import ProfileEntry
from webapp.profile.parts import PARTS, Part
from webapp.profile.rules import Kind
from webapp.profile.service import Author
from webapp.profile.states import ILLNESSES, add, first_entry
from webapp.web.states import World

pytestmark = pytest.mark.one_database("tests/services/test_profile.py has both")

SAID: dict[Kind, dict[str, Any]] = {
    Kind.BLOOD_PRESSURE: {"systolic": 120, "diastolic": 80},
    Kind.FAMILY_HISTORY: {"relation": "MTH", "name": "Canari"},
    Kind.PERSON: {"role": "emergency", "name": "Canari", "phone": "+33712345678"},
    Kind.WAY_OF_LIFE: {"topic": "food", "name": "Canari"},
    Kind.WISH: {"topic": "other", "name": "Canari"},
    Kind.PAIN: {"value": 4},
    Kind.TEMPERATURE: {"value": 372},
    Kind.OXYGEN: {"value": 97},
}


ACTS = ("", "/retirer")
WRITTEN = ("maladies", "poids", "proches")


def one_of_each(world: World, identifier: str, of: Role) -> dict[str, str]:
    """Write an entry of each kind into the space that this account reaches so; return their addresses."""
    now = world.app.extensions["clock"]()
    with writing(world.app.extensions["engine"]) as session:
        newest = select(Account.id).order_by(Account.id)
        accounts = list(session.scalars(newest))
        account = accounts[0 if identifier == family.THEIRS[0] else 1]
        space = session.scalars(
            select(AccountSpace.beneficiary_id).where(
                AccountSpace.account_id == account, AccountSpace.role == of
            )
        ).one()
        made = {
            part.slug: service.add(session, now, Author(space, account), part.kind, said_of(part))
            for part in PARTS
        }
    return {slug: f"/profil-medical/{slug}/{entry}" for slug, entry in made.items()}


def said_of(part: Part) -> dict[str, Any]:
    return SAID.get(part.kind) or ({"value": 1_000} if part.measured else {"name": "Canari"})


def opened(world: World, addresses: dict[str, str]) -> set[int]:
    """The statuses of all these pages, none of which says what is noted unless it is shown."""
    found = set()
    for address in addresses.values():
        answer = client_of(world).get(address)
        found.add(answer.status_code)
        assert answer.status_code == 200 or "Canari" not in answer.text
    return found


def written(world: World, addresses: dict[str, str]) -> set[int]:
    """The statuses of correcting and removing some of each look, with a token of one's own."""
    client = client_of(world)
    token = hidden(client.get("/compte").text, "csrf_token")
    found = set()
    for number, address in enumerate(addresses[slug] for slug in WRITTEN):
        for act in ACTS:
            data = {"csrf_token": token, "once": f"{number}{act}", "name": "Pris", "version": "1"}
            found.add(client.post(address + act, data=data).status_code)
    return found


def rows(world: World) -> list[tuple[UUID, int]]:
    with reading(world.app.extensions["engine"]) as session:
        return [tuple(row) for row in session.execute(select(ProfileEntry.entry_id, ProfileEntry.version))]  # type: ignore[misc]


def test_an_entry_of_each_kind_is_there_for_those_of_its_space_alone(world: World) -> None:
    father = family.two_parents(world)
    theirs = one_of_each(world, family.THEIRS[0], Role.HOLDER)
    childs = one_of_each(world, family.THEIRS[0], Role.GUARDIAN)
    his = one_of_each(world, family.THEIRS[1], Role.HOLDER)
    before = sorted(rows(world))
    stranger = another_browser(world)
    assert opened(stranger, theirs | childs) == {303}
    assert opened(father, theirs) == opened(father, childs) == {404}
    assert written(father, theirs) == written(father, childs) == {404}
    assert opened(father, his) == {200}
    assert opened(world, theirs) == {200}
    assert opened(world, childs) == opened(world, his) == {404}, (
        "in one's own space, the child's is elsewhere"
    )
    assert written(world, childs) == {404}
    family.go_in(world)
    assert opened(world, childs) == {200}
    assert opened(world, theirs) == {404}, "in the child's space, one's own is elsewhere"
    assert written(world, theirs) == {404}
    for slug in childs:
        elsewhere = childs[slug].replace(
            f"/{slug}/", "/traitements/" if slug != "traitements" else "/allergies/"
        )
        assert client_of(world).get(elsewhere).status_code == 404
    assert sorted(rows(world)) == before


def test_a_second_guardian_reads_and_writes_until_two_disagree(world: World) -> None:
    father = family.shared(world)
    childs = one_of_each(world, family.THEIRS[0], Role.GUARDIAN)
    family.go_in(father)
    assert opened(father, childs) == {200}
    assert "Canari" in client_of(father).get("/profil-medical").text
    family.disagree(father)
    before = sorted(rows(world))
    family.go_in(world)
    for someone in (father, world):
        assert opened(someone, childs) == {200}
        assert written(someone, childs) == {409}
        assert not [
            form for form in someone.walker.open(childs["poids"]).page.forms if "weight_kg" in form.names
        ]
        for part in PARTS:
            assert "Deux représentants" in client_of(someone).get(f"/profil-medical/{part.slug}").text
    assert sorted(rows(world)) == before


def test_signing_out_ends_all_of_it(signed_in: World) -> None:
    from webapp.profile.walks import measured

    measured(signed_in, Kind.WEIGHT, [{"value": 70_000}] * 3)
    addresses = {part.slug: f"/profil-medical/{part.slug}" for part in PARTS}
    curves = {part.slug: f"/profil-medical/{part.slug}/courbe" for part in PARTS if part.measured}
    assert opened(signed_in, addresses | {f"{slug} plot": at for slug, at in curves.items()}) == {200}
    signed_in.walker.open("/deconnexion").send(action="/deconnexion")
    assert opened(signed_in, addresses | {f"{slug} plot": at for slug, at in curves.items()}) == {303}


def test_whoever_shares_a_space_reads_who_wrote_what(world: World) -> None:
    father = family.shared(world)
    family.go_in(world)
    add("Varicelle")(world)
    assert "par moi" not in world.walker.open(ILLNESSES).page.text
    family.go_in(father)
    text, wrote = father.walker.open(ILLNESSES).page.text, "par Solène"
    assert wrote in text
    assert wrote in father.walker.open(first_entry(father)).page.text
    add("Rougeole")(father)
    assert max(queries(father, one) for one in (ILLNESSES, first_entry(father), f"{ILLNESSES}/retirees")) <= 4
