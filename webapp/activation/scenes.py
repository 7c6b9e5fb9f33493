"""What happens before a page of the journey shows a certain state: people added, time gone by, codes tried."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from webapp.activation import walks
from webapp.activation.walks import ADULT, PARENT
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.generator_names import VERY_LONG
from webapp.beneficiaries.generator_rows import Holder, Member, rows_of
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.registry_row import COLUMNS
from webapp.beneficiaries.service import find_cards
from webapp.db.work import writing
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.values.card import CardType
from webapp.web.states import Arrange, World

OVER = timedelta(minutes=16)
"""Longer than a visit, and than a code."""
_HOME = ("3 rue du Puits-Salé", "75011", "Paris", "CPAM")
_LONG = Holder(
    Member("2700175990120", date(1970, 1, 5), "75111", "F", "Marie-Antoinette", VERY_LONG.upper()),
    *(CardType.WITH_PHOTO, "40157829700", "nom.long@example.org", "+33799990020"),
    *_HOME,
)
_MOTHER = Holder(
    Member("2620575990121", date(1962, 5, 14), "75111", "F", "Hélène", "ROQUELAINE"),
    *(CardType.WITH_PHOTO, "40157829701", "helene.roquelaine@example.org", ""),
    *_HOME,
)
_GROWN = Member("1020975990122", date(2002, 9, 3), "75111", "M", "Basile", "ROQUELAINE")


def _person(name: str, holder: Holder) -> DemoPerson:
    who = holder.member
    return DemoPerson(name, "", who.nir, who.birth_date, holder.card_type, holder.card_serial)


LONG_NAME = _person("un nom très long", _LONG)
MOTHER_OF_ADULT = _person("une mère et son fils majeur", _MOTHER)


def register(world: World) -> None:
    """Add to the registry a person with a very long name, and a mother whose grown son is on her card."""
    now = world.app.extensions["clock"]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows_of([_LONG]) + rows_of([_MOTHER], [_GROWN], []))
        assert import_registry(world.app.extensions["engine"], path, now).accepted


def proven(who: DemoPerson) -> Arrange:
    """A right code was entered."""
    return lambda world: walks.prove(world, who)


def proven_addition(who: DemoPerson) -> Arrange:
    """A right code was entered by somebody added to the registry."""

    def arrange(world: World) -> None:
        register(world)
        walks.prove(world, who)

    return arrange


def identified(who: DemoPerson) -> Arrange:
    """Somebody was identified."""
    return lambda world: walks.identify(world, who)


def then_idle(arrange: Callable[[World], Mapping[str, str] | None]) -> Arrange:
    """The visit ended after a while without a request."""

    def and_wait(world: World) -> None:
        arrange(world)
        world.forward(OVER)

    return and_wait


def set_state(state: SpaceState, who: DemoPerson = ADULT) -> Arrange:
    """A code was entered by somebody whose space is in a state that others put it in."""

    def arrange(world: World) -> None:
        at = world.app.extensions["clock"]() - timedelta(days=3)
        with writing(world.app.extensions["engine"]) as session:
            held = find_cards(session, who.nir, who.birth_date, who.card_type, who.card_serial)
            session.add(HealthSpace(beneficiary_id=held[0].person_id, state=state, changed_at=at))
        walks.prove(world, who)

    return arrange


def mistaken_identities(world: World) -> None:
    """Five identities that match nobody: the next one has to wait."""
    for _ in range(5):
        world.walker.open("/activation/nouveau-code").send(
            **walks.identity(ADULT) | {"card_serial": "40157829635"}
        )


def all_sends(world: World) -> None:
    """As many codes as a day allows, and one more time identified."""
    for _ in range(5):
        walks.ask_code(world)
    walks.identify(world)


def wrong_codes(count: int) -> Arrange:
    """A code was asked for, and others entered."""

    def arrange(world: World) -> None:
        walks.ask_code(world)
        for _ in range(count):
            world.walker.send(code="K7QM2XWD9HTA")

    return arrange


def expired_code(world: World) -> Mapping[str, str]:
    """A code is entered too late."""
    code = walks.ask_code(world)
    world.forward(OVER)
    return {"code": code}


def used_code(world: World) -> Mapping[str, str]:
    """A code is entered twice."""
    code = walks.ask_code(world)
    world.walker.send(code=code)
    return {"code": code}


def replaced_code(world: World) -> Mapping[str, str]:
    """A code is entered after a newer one was sent."""
    code = walks.ask_code(world)
    walks.ask_code(world)
    return {"code": code}


def invited(world: World) -> None:
    """An invitation code was entered."""
    world.walker.open("/activation/code").send(code=walks.invite(world))


def guardian_making_account(world: World) -> None:
    """A child's opening goes through an account that is being made."""
    walks.prove(world, walks.CHILD)
    world.walker.send(decision="activate").send(action="/activation/representant/nouveau-compte")


def guardian_agreed(world: World) -> None:
    """The terms were accepted for that account."""
    guardian_making_account(world)
    world.walker.send(accept_terms="y")


def child_opened(world: World) -> None:
    """A child's space is open, before the parent's."""
    guardian_agreed(world)
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)


def child_opposed(world: World) -> None:
    """An opposition for a child."""
    walks.oppose(world, walks.CHILD)


def child_waits_for_account(world: World) -> None:
    """A child is to be opened from an account; none was used in this visit."""
    walks.prove(world, walks.CHILD)
    world.walker.send(decision="activate")


def known_account(world: World) -> None:
    """A parent has just opened their own space, and goes on with a child's."""
    walks.parent_account(world)
    world.walker.send(decision="activate")


def stranger_account(world: World) -> Mapping[str, str]:
    """The account of somebody who does not represent the child, and its right access code."""
    walks.open_space(world, ADULT)
    child_waits_for_account(world)
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    return {"code": walks.newest_access_code(world.app.extensions["engine"])}


def access_code_sent(world: World) -> None:
    """The guardian's identifier and password were right."""
    known_account(world)
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)


def dead_access_code(world: World) -> Mapping[str, str]:
    """A wrong access code was entered until none counts any more."""
    access_code_sent(world)
    right = walks.newest_access_code(world.app.extensions["engine"])
    for _ in range(5):
        world.walker.open("/activation/representant/code").send(code=f"{(int(right) + 1) % 1_000_000:06}")
    return {"code": right}


def identifier_taken(world: World) -> None:
    """Somebody else has the identifier that will be chosen."""
    walks.open_space(world, PARENT)
    walks.to_identifiers(world, ADULT)


def family_decided(world: World) -> None:
    """A parent opened their own space, and opposed for one child."""
    walks.parent_account(world)
    world.walker.send(decision="oppose").send(confirm="y")


def finished(world: World) -> None:
    """The visit was ended with its button."""
    walks.oppose(world)
    world.walker.send(action="/activation/fin")


def receipt_reference(world: World) -> Mapping[str, str]:
    """An opposition, and the reference of its receipt."""
    walks.oppose(world)
    return {"reference": _check_address(world)[0]}


def receipt_proof(world: World) -> Mapping[str, str]:
    """An opposition, and the proof that its receipt carries in its drawing."""
    walks.oppose(world)
    return {"reference": _check_address(world)[1]}


def _check_address(world: World) -> tuple[str, str]:
    from webapp.pdf.receipt_keys import receipt_keys
    from webapp.spaces.models import Decision
    from webapp.spaces.receipt_rules import proof_token

    with writing(world.app.extensions["engine"]) as session:
        decision = session.query(Decision).one()
        key = receipt_keys(world.app.extensions["settings"].keys.receipt)[0]
        return decision.reference, proof_token(decision.reference, decision.decided_at, key)
