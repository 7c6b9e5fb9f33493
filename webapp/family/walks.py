"""Ways to the pages of the family: the twins of the demonstration have two legal representatives."""

from __future__ import annotations

from datetime import date

from webapp.account import walks
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.web.states import World, known_way
from webapp.web.walker import Place, walk_in_process

TWIN = DEMO_PEOPLE[3]
"""Anaïs, on her mother's card."""


def _parent(name: str, card: DemoPerson, born: date) -> DemoPerson:
    return DemoPerson(name, "", card.nir, born, card.card_type, card.card_serial)


MOTHER = _parent("Solène Kergerbault", DEMO_PEOPLE[3], date(1982, 3, 17))
FATHER = _parent("Yann Hautcourtil", DEMO_PEOPLE[4], date(1980, 11, 2))
THEIRS = "kergerbault.82", "hautcourtil.80"
"""Their identifiers."""


def other(world: World) -> World:
    """Another browser in the same world."""
    return World(walk_in_process(world.app.test_client()), world.app, world.forward)


@known_way
def sign_in_as(world: World, identifier: str) -> None:
    """Sign in to one of several accounts."""
    world.walker.open("/connexion").send(identifier=identifier, password=walks.PASSWORD, channel="email")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))


def invite(world: World) -> None:
    """Invite the other guardian of the first child who can be shared."""
    world.walker.open("/famille").send(action="/famille/inviter")


def answer(world: World, said: str) -> None:
    """Accept or refuse the first invitation."""
    walker = world.walker.open("/famille")
    form = next(one for one in walker.page.forms if one.fields.get("answer") == said)
    walker.post("/famille/invitation", form.fields)


def two_parents(world: World) -> World:
    """The mother opened a twin's space and is signed in; the father has an account. Returns the father's browser."""
    return _father(world, _two_parents(world))


def shared(world: World) -> World:
    """The father accepted the mother's invitation. Returns his browser."""
    return _father(world, _shared(world))


@known_way
def _two_parents(world: World) -> Place:
    walks.make_account(world, MOTHER, identifier=THEIRS[0], opens=(MOTHER, TWIN))
    walks.make_account(world, FATHER, identifier=THEIRS[1])
    father = walk_in_process(world.app.test_client())
    sign_in_as(World(father, world.app, world.forward), THEIRS[1])
    sign_in_as(world, THEIRS[0])
    return father.place()


@known_way
def _shared(world: World) -> Place:
    father = walk_in_process(world.app.test_client()).go_on(_two_parents(world))
    invite(world)
    answer(World(father, world.app, world.forward), "accept")
    return father.place()


def _father(world: World, place: Place) -> World:
    return World(walk_in_process(world.app.test_client()).go_on(place), world.app, world.forward)


@known_way
def disagree(world: World) -> None:
    """Say that one does not agree."""
    world.walker.open("/famille/desaccord").send(confirm="y")


@known_way
def go_in(world: World) -> None:
    """Go into the first child's space."""
    world.walker.open("/famille").send(action="/famille/espace")
