"""Every route that names something × every role, with real ids: one's own is there, anybody else's is as good as none.

`test_matrix.py` has the routes without a variable. A route with a variable that no table here knows fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.pages.test_matrix import SIGN_IN
from tests.support.crowd import client_of, hidden
from tests.support.people import another_browser
from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.db.work import reading, writing
from webapp.documents import walks as documents
from webapp.documents.models import Document
from webapp.family import walks as family
from webapp.family.models import SpaceInvitation
from webapp.family.walks import go_in, sign_in_as
from webapp.inbox.models import Message
from webapp.inbox.walks import receive
from webapp.passkeys.models import Passkey
from webapp.passkeys.walks import give_passkeys
from webapp.profile import service as profile
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import Kind
from webapp.profile.service import Author
from webapp.values.ids import new_id
from webapp.web.access import requirement_of
from webapp.web.models import VisitRow
from webapp.web.states import World

pytestmark = pytest.mark.one_database("who may pass is decided before it")

NADIA, THIRD = "nadia.belombriere", "ventacciani.58"
OF_AN_OBJECT: dict[str, type[Any]] = {"document": Document, "message": Message, "entry_id": ProfileEntry}
"""The variables that name something of somebody, and in which table it is."""
PLACES = {"slug": "poids", "number": 2}
"""Those that name a place that is the same for everybody."""
ELSEWHERE = {"profile.none": {"slug": "maladies"}}
PUBLIC = {"public.help_topic", "receipts.check"}
"""Routes with a variable that anybody may open: one that is added to them is looked at twice."""


@dataclass(frozen=True)
class Named:
    """One method of one route that has variables, with what its variables are called."""

    method: str
    endpoint: str
    variables: frozenset[str]
    needs: str

    def address(self, ids: dict[str, UUID]) -> str:
        """Return where it is, for these objects."""
        values: dict[str, Any] = {**PLACES, **ELSEWHERE.get(self.endpoint, {}), **ids}
        return url_for(self.endpoint, **{name: values[name] for name in self.variables})

    @property
    def of_an_object(self) -> bool:
        """Whether it names something of somebody."""
        return bool(self.variables & OF_AN_OBJECT.keys())


def named(app: Flask) -> Iterator[Named]:
    """Every route with a variable, static files apart; what asks comes before what acts."""
    with app.app_context():
        for method in ("GET", "POST"):
            for rule in app.url_map.iter_rules():
                if rule.arguments and method in (rule.methods or set()):
                    needs = requirement_of(rule.endpoint).name
                    yield Named(method, rule.endpoint, frozenset(rule.arguments), needs)


def test_no_route_and_no_method_is_left_out(app: Flask) -> None:
    known = OF_AN_OBJECT.keys() | PLACES.keys()
    routes = list(named(app))
    assert {one.endpoint for one in routes if one.needs == "everyone"} == PUBLIC
    assert {one.endpoint: one.variables - known for one in routes if one.endpoint not in PUBLIC} == {
        one.endpoint: frozenset() for one in routes if one.endpoint not in PUBLIC
    }
    assert {one.needs for one in routes} == {"everyone", "signed in"}, "another need wants a line below"
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "POST", "HEAD", "OPTIONS"}


@pytest.fixture
def spaces(world: World) -> dict[str, dict[str, UUID]]:
    """Three spaces that hold a document, a message and an entry each, and an account without one: name → ids.

    `kept`: what the child keeps from the guardians.
    """
    walks.make_account(world)
    walks.make_account(world, walks.PARENT, identifier=NADIA, opens=(walks.PARENT, walks.CHILD))
    walks.make_account(world, DEMO_PEOPLE[5], identifier=THIRD, opens=())
    now = world.app.extensions["clock"]()
    for kept in (False, True):
        documents.put(world, "À lire", confidential=kept)
        receive(world, 1, confidential=kept)
    found: dict[str, dict[str, UUID]] = {}
    by_role = (AccountSpace.account_id, AccountSpace.role.desc())
    with writing(world.app.extensions["engine"]) as session:
        reached = session.execute(select(AccountSpace).order_by(*by_role)).scalars().all()
        for name, one in zip(("adult", "parent", "child"), reached, strict=True):
            by = Author(one.beneficiary_id, one.account_id)
            entries = [profile.add(session, now, by, Kind.WEIGHT, {"value": 70_000}) for _ in range(3)]
            found[name] = {"entry_id": entries[0]}
            for variable, table in (("document", Document), ("message", Message)):
                here = (table.beneficiary_id == one.beneficiary_id, table.confidential)
                for whose in (name, "kept"):
                    ids = select(table.id).where(here[0], here[1].is_(whose == "kept"))
                    found.setdefault(whose, {"entry_id": new_id()})[variable] = session.scalars(ids).all()[-1]
    return found


def _nobody(_world: World) -> None:
    """Nothing was done."""


def _adult(world: World) -> None:
    sign_in_as(world, walks.IDENTIFIER)


def _parent(world: World) -> None:
    sign_in_as(world, NADIA)


def _in_child(world: World) -> None:
    _parent(world)
    go_in(world)


def _without_a_space(world: World) -> None:
    sign_in_as(world, THIRD)


def _signed_out(world: World) -> None:
    _adult(world)
    world.walker.open("/deconnexion").send(action="/deconnexion")


ROLES: dict[str, tuple[Callable[[World], None], str | None]] = {
    "visitor": (_nobody, None),
    "signed out": (_signed_out, None),
    "holder": (_adult, "adult"),
    "guardian, in their own space": (_parent, "parent"),
    "guardian, in the child's": (_in_child, "child"),
    "other holder": (_without_a_space, None),
}
"""How each role comes in, and in whose space it then is."""


NOT_OPEN = "mon espace, qui n’est pas encore ouvert"
NOTHING_THERE = {(404, ""), (303, "/accueil"), (200, NOT_OPEN)}
"""What somebody without a space finds at a place in it: nothing, or the way back. Objects are never there."""


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_its_own_and_nobody_elses(
    world: World, spaces: dict[str, dict[str, UUID]], role: str
) -> None:
    come_in, mine = ROLES[role]
    come_in(world)
    client, inside = client_of(world), role not in ("visitor", "signed out")
    token = hidden(client.get("/compte" if inside else SIGN_IN).text, "csrf_token")
    with world.app.test_request_context():
        routes = [one for one in named(world.app) if one.needs != "everyone"]
        asked = [(one, whose, one.address(ids)) for one in routes for whose, ids in spaces.items()]
    before = _everything(world)
    wrong = []
    for route, whose, address in asked:
        if whose == mine or (inside and mine and not route.of_an_object):
            continue
        said = _ask(client, route, address, token)
        if said not in (NOTHING_THERE if inside else {(303, SIGN_IN)}) or (
            said[1] and route.of_an_object and inside
        ):
            wrong.append((route, whose, said))
    assert wrong == []
    assert _everything(world) == before
    for route, whose, address in asked:
        if whose == mine:
            status, went = _ask(client, route, address, token)
            if status not in (200, 303, 422) or went == SIGN_IN:
                wrong.append((route, whose, (status, went)))
    assert wrong == []
    assert (_everything(world) != before) == (mine is not None), "what acts was really asked to"


def _ask(client: FlaskClient, route: Named, address: str, token: str) -> tuple[int, str]:
    data = {"csrf_token": token, "name": "Pris", "category": "10", "version": "1"}
    answer = client.open(address, method=route.method, data=data if route.method == "POST" else None)
    if NOT_OPEN in answer.get_data(as_text=True):
        return answer.status_code, NOT_OPEN
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0]


def _everything(world: World) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    with reading(world.app.extensions["engine"]) as session:
        for table in OF_AN_OBJECT.values():
            found += sorted(tuple(row) for row in session.execute(select(*table.__table__.columns)))
    return found


def test_what_a_form_or_a_list_names_is_ones_own(world: World, spaces: dict[str, dict[str, UUID]]) -> None:
    """Ids that are posted, and places in a list, of other people and of what is real."""
    father = family.two_parents(world)
    family.invite(world)
    give_passkeys(world, "La clé grise")
    walks.prove_again(father)
    with reading(world.app.extensions["engine"]) as session:
        invitation = session.scalars(select(SpaceInvitation)).one()
        visits = session.scalars(select(VisitRow.id).where(VisitRow.account_id == invitation.from_account_id))
        session_id = visits.one()
        (key, sealed) = session.execute(select(Passkey.id, Passkey.sealed)).one()
        child = session.scalars(
            select(AccountSpace.beneficiary_id).where(AccountSpace.role == "guardian")
        ).first()
    client = client_of(father)
    token = {"csrf_token": hidden(client.get("/compte").text, "csrf_token")}
    person = {"person": str(child), "guardian": str(invitation.to_person_id), "confirm": "y"}
    posted = {
        ("/famille/espace", 404): person,
        ("/famille/desaccord", 404): person,
        ("/famille/accord", 404): person,
        ("/famille/quitter", 404): person,
        ("/famille/inviter", 404): person,
        ("/famille/invitation/retirer", 422): {"invitation": str(invitation.id)},
        ("/compte/connexions", 404): {"session": str(session_id)},
        ("/compte/cles/nom", 404): {"key": str(key), "name": "Pris"},
        ("/compte/cles/retirer", 404): {"key": str(key)},
    }
    for (address, status), fields in posted.items():
        assert client.post(address, data=fields | token).status_code == status, address
    stranger = another_browser(world)
    sign_in_as(stranger, walks.IDENTIFIER)
    token = {"csrf_token": hidden(client_of(stranger).get("/compte").text, "csrf_token")}
    said = {"invitation": str(invitation.id), "answer": "accept"}
    assert client_of(stranger).post("/famille/invitation", data=said | token).status_code == 422
    childs = spaces["child"]
    for address, place in (
        ("/documents", childs["document"]),
        ("/documents/corbeille", childs["document"]),
        ("/messagerie", childs["message"]),
        ("/profil-medical/poids", childs["entry_id"]),
    ):
        assert client_of(stranger).get(f"{address}?avant={place}").status_code == 404, address
    with reading(world.app.extensions["engine"]) as session:
        assert session.scalars(select(SpaceInvitation.answered_at)).one() is None
        assert session.get(VisitRow, session_id) is not None
        assert session.scalars(select(Passkey.sealed)).all() == [sealed]
