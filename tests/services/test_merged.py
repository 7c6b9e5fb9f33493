"""A child known without a number decides, then turns out to be somebody already known: nothing decided is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.registry import FATHER, MOTHER, a_child, a_row, write_csv
from tests.support.registry_database import Registry, registry
from webapp.account.merged import carrying_over, hold_visits
from webapp.account.models import AccountSpace
from webapp.account.service import NewAccount, create_account, give_space
from webapp.activation.people import subject
from webapp.beneficiaries.importing import import_registry
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.family.merged import carry_over as carry_family
from webapp.profile.merged import carry_over as carry_profile
from webapp.spaces.merged import carry_over
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import Decided, open_space, oppose, receipt_of, spaces_of

__all__ = ["registry"]

HIS_CARD = {"insured_nir": FATHER, "card_serial": "40268137945"}
HERS = "camille@example.org"
"""The address that the mother's card has."""


def state(registry: Registry, person: UUID) -> SpaceState:
    with reading(registry.engine) as session:
        return spaces_of(session, [person])[person].state


def merge(registry: Registry) -> None:
    """The next file gives the number of the child on the father's card."""
    registry.clock += timedelta(days=30)
    file = write_csv(registry.folder / "next.csv", (a_row(), a_child(), a_child(**HIS_CARD)))
    follow(registry, file)


def follow(registry: Registry, file: Path) -> None:
    """Import a file as the command does."""
    settings = Settings(database_url="sqlite://", keys=registry.keys, var=registry.folder)
    steps = (hold_visits, carry_over, carrying_over(settings), carry_family, carry_profile)
    assert import_registry(registry.engine, file, registry.clock, None, steps).accepted


def an_account(registry: Registry, person: UUID, name: str = "camille.1", email: str = HERS) -> UUID:
    """An account whose codes go to this address."""
    with writing(registry.engine) as session:
        new = NewAccount(person, name, "", email, None, "", registry.clock)
        return create_account(session, registry.clock, new)


@pytest.fixture
def two(registry: Registry) -> tuple[UUID, UUID]:
    """The child as the mother's card knows them, and as the father's does, without a number."""
    registry.load(a_row(), a_child(), a_child(**HIS_CARD, person_nir=""))
    (hers,) = registry.find("2015-06-08")
    (his,) = registry.find("2015-06-08", FATHER, "40268137945")
    assert hers.person_id != his.person_id
    return hers.person_id, his.person_id


def test_an_opposition_follows_the_person(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    with writing(registry.engine) as session:
        reference = oppose(session, registry.clock, Decided(his, "Léo", FATHER, "guardian"))
    merge(registry)
    assert state(registry, hers) is SpaceState.OPPOSED
    with reading(registry.engine) as session:
        receipt = receipt_of(session, hers)
    assert receipt is not None
    assert receipt.reference == reference


def test_the_newer_decision_holds(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    with writing(registry.engine) as session:
        oppose(session, registry.clock, Decided(his, "Léo", FATHER, "guardian"))
    later = registry.clock + timedelta(days=1)
    with writing(registry.engine) as session:
        open_space(session, later, Decided(hers, "Léo", FATHER, "guardian"), later)
    merge(registry)
    assert state(registry, hers) is SpaceState.OPENED


def test_a_second_import_moves_nothing(registry: Registry, two: tuple[UUID, UUID]) -> None:
    with writing(registry.engine) as session:
        oppose(session, registry.clock, Decided(two[1], "Léo", FATHER, "guardian"))
    merge(registry)
    with writing(registry.engine) as session:
        assert carry_over(session, registry.clock) == 0


def test_the_guardian_keeps_reaching_the_child(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    (mother,) = registry.find()
    account_id = an_account(registry, mother.person_id)
    with writing(registry.engine) as session:
        give_space(session, registry.clock, account_id, his, "guardian")
    merge(registry)
    with reading(registry.engine) as session:
        assert session.scalars(select(AccountSpace.beneficiary_id)).all() == [hers]


def test_a_decision_under_way_is_that_of_whom_they_turned_out_to_be(
    registry: Registry, two: tuple[UUID, UUID]
) -> None:
    """Otherwise an opposition would be kept for somebody whom nobody finds, until the next import."""
    hers, his = two
    (card,) = registry.find("2015-06-08", FATHER, "40268137945")
    with writing(registry.engine) as session:
        oppose(session, registry.clock, Decided(hers, "Léo", MOTHER, "guardian"))
    merge(registry)
    with reading(registry.engine) as session:
        who = subject(session, his, card.id, registry.clock.date())
    assert who.person.id == hers
    assert who.space.state is SpaceState.OPPOSED
    assert who.represented
