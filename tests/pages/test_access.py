"""Who may open what: every route of the map, every stage of the journey, and what is not declared is refused."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.crowd import client_of, hidden
from tests.support.people import another_browser
from webapp.account.models import Account, AccountSpace
from webapp.activation import scenes, walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.models import Beneficiary
from webapp.db.work import reading
from webapp.spaces.models import Decision
from webapp.web.access import SIGNED_IN, requirement_of
from webapp.web.states import World

CODE, IDENTIFY, DECISION = "/activation/code", "/activation/nouveau-code", "/activation/decision"

STAGES: dict[str, Callable[[World], object]] = {
    "visitor": lambda _world: None,
    "identified": walks.identify,
    "sent": walks.ask_code,
    "proven": lambda world: walks.prove(world, walks.TWINS),
    "chosen": walks.prove,
}
REACHED = {  # stage → what it may open beyond what everyone may
    "visitor": set(),
    "identified": {"identified"},
    "sent": {"identified"},
    "proven": {"code proven"},
    "chosen": {"code proven", "person chosen"},
}
INSTEAD = {
    "identified": IDENTIFY,
    "invitation code recognised": CODE,
    "code proven": CODE,
    "person chosen": CODE,
    "terms accepted": "/activation/conditions",
    "guardian signing in": "/activation/representant",
}


pytestmark = pytest.mark.one_database("who may pass is decided before it")


def journey_routes(app: Flask) -> list[tuple[str, str, str]]:
    """Method, address and requirement of every route of the journey."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/activation") and not rule.arguments:
            with app.app_context():
                name = requirement_of(rule.endpoint).name
            found += [
                (method, rule.rule, name)
                for method in sorted(rule.methods or ())
                if method in ("GET", "POST")
            ]
    return found


def test_every_route_is_declared_or_asks_to_sign_in(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        with app.app_context():
            declared = hasattr(app.view_functions[rule.endpoint], "requirement")
            assert declared or requirement_of(rule.endpoint) is SIGNED_IN
        if not declared and "GET" in (rule.methods or ()) and not rule.arguments:
            assert client.get(rule.rule).status_code in (303, 403), rule.rule


def test_what_is_not_declared_is_refused(new_app: Flask) -> None:
    new_app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with new_app.app_context():
        assert requirement_of("forgotten") is SIGNED_IN
    answer = new_app.test_client().get("/forgotten")
    assert answer.status_code in (303, 403)
    assert b"secret" not in answer.data


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_opens_what_it_reached(world: World, stage: str) -> None:
    STAGES[stage](world)
    client = client_of(world)
    for method, address, needs in journey_routes(world.app):
        if needs == "everyone" or needs in REACHED[stage] or address == "/activation/fin":
            continue
        page = client.get(CODE).get_data(as_text=True)
        fields = {
            "csrf_token": hidden(page, "csrf_token"),
            "confirm": "y",
            "accept_terms": "y",
            "person": "x",
        }
        answer = client.open(address, method=method, data=fields if method == "POST" else None)
        where = INSTEAD[needs]
        if needs in ("terms accepted", "guardian signing in"):
            assert answer.status_code == 303, (stage, method, address)
            assert answer.headers["Location"] in (where, CODE)
        else:
            assert (answer.status_code, answer.headers["Location"]) == (303, where), (stage, method, address)
    nothing_decided(world)


@pytest.mark.parametrize("stage", ["visitor", "identified", "sent"])
def test_without_a_proven_code_every_later_page_leads_to_the_code(world: World, stage: str) -> None:
    STAGES[stage](world)
    early = {"identified", "everyone"}
    for method, address, needs in journey_routes(world.app):
        if method == "GET" and needs not in early:
            world.walker.open(address)
            assert world.walker.address == CODE, (address, world.walker.address)


def nothing_decided(world: World) -> None:
    with reading(world.app.extensions["engine"]) as session:
        for model in (Decision, Account, AccountSpace):
            assert session.scalars(select(model)).all() == []


def everybody(world: World) -> list[UUID]:
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(Beneficiary.id)))


@pytest.mark.parametrize("address", ["/activation/personne", "/activation/profils"])
def test_other_people_cannot_be_chosen(world: World, address: str) -> None:
    walks.prove(world, walks.TWINS)
    form = world.walker.open(address).form("person")
    own = set(form.choices["person"])
    strangers = [str(person) for person in everybody(world) if str(person) not in own]
    assert strangers
    for person in (*strangers, str(uuid4()), "", "None", "' OR 1=1"):
        form = world.walker.open(address).form("person")
        world.walker.post(address, {**form.fields, "person": person})
        assert world.walker.status == 422, person
        assert world.walker.address == address


def test_adult_relatives_are_named_and_cannot_be_managed(world: World) -> None:
    scenes.register(world)
    walks.prove(world, scenes.MOTHER_OF_ADULT)
    page = world.walker.open("/activation/profils")
    assert "Basile" in page.page.text
    assert "ROQUELAINE" not in page.page.text.upper().split("BASILE", 1)[1][:20]  # by the first name alone
    own = set(page.form("person").choices["person"])
    for person in everybody(world):
        if str(person) in own:
            continue
        form = world.walker.open("/activation/profils").form("person")
        world.walker.post("/activation/profils", {**form.fields, "person": str(person)})
        assert world.walker.status == 422
    assert len(own) == 1


def act(world: World, address: str, **fields: str) -> None:
    """Post to an address as it is, with a genuine token and no form of its page."""
    token = hidden(world.walker.open(CODE).body, "csrf_token")
    world.walker.post(address, {"csrf_token": token, **fields})


ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    (DECISION, {"decision": "activate"}),
    (DECISION, {"decision": "oppose"}),
    ("/activation/opposition", {"confirm": "y"}),
    ("/activation/conditions", {"accept_terms": "y"}),
    ("/activation/identifiants", {"identifier": walks.IDENTIFIER, "password": walks.PASSWORD}),
    ("/activation/representant/nouveau-compte", {}),
    ("/activation/representant/mon-compte", {}),
    ("/activation/representant", {"identifier": walks.IDENTIFIER, "password": walks.PASSWORD}),
    ("/activation/representant/code", {"code": "123456"}),
)


def test_nobody_decides_for_a_minor_whom_they_do_not_represent(world: World) -> None:
    walks.open_space(world)  # an account exists, of somebody else
    with reading(world.app.extensions["engine"]) as session:
        before = session.scalars(select(Decision.id)).all()
    lone = another_browser(world)
    walks.prove(lone, walks.ALONE)
    for _ in range(2):  # in any order, twice over
        for address, fields in ACTS:
            act(lone, address, **fields)
            assert lone.walker.status in (200, 422), address
    with reading(world.app.extensions["engine"]) as session:
        assert session.scalars(select(Decision.id)).all() == before
        assert len(session.scalars(select(AccountSpace.beneficiary_id)).all()) == 1
    for address in (
        "/activation/terminee",
        "/activation/opposition/faite",
        "/activation/opposition/justificatif",
    ):
        assert lone.walker.open(address).address == DECISION


@pytest.mark.parametrize("who", [walks.ADULT, walks.CHILD], ids=["adult", "child"])
def test_no_step_is_skipped(world: World, who: DemoPerson) -> None:
    walks.prove(world, who)
    for address, fields in ACTS:
        if address in (DECISION, "/activation/conditions", "/activation/representant/nouveau-compte"):
            continue
        act(world, address, **fields)
        nothing_decided(world)
    act(world, "/activation/conditions", accept_terms="y")
    if who is walks.CHILD:  # terms of one's own do not open a child's space
        assert world.walker.address == DECISION
        act(world, "/activation/identifiants", identifier=walks.IDENTIFIER, password=walks.PASSWORD)
        nothing_decided(world)


def test_an_adult_needs_no_guardian(world: World) -> None:
    walks.prove(world)
    for address in ("/activation/representant/nouveau-compte", "/activation/representant"):
        act(world, address, identifier="x", password="x")
        assert world.walker.address == DECISION


def test_a_foreign_account_does_not_open_a_child(world: World) -> None:
    walks.open_space(world)
    parent = another_browser(world)
    walks.prove(parent, walks.CHILD)
    parent.walker.send(decision="activate")
    parent.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    parent.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert parent.walker.status == 422
    assert "représentant légal" in parent.walker.page.text
    with reading(world.app.extensions["engine"]) as session:
        assert len(session.scalars(select(AccountSpace.beneficiary_id)).all()) == 1


def test_nothing_personal_in_addresses(app: Flask) -> None:
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    random = {"document", "entry_id", "message"}
    assert names <= {"path", "reference", "filename", "name", "number", "topic", "slug"} | random
