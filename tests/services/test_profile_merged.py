"""A child known twice turns out to be one: what was written in either profile is in that one's."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.services.test_merged import an_account, merge, registry, two
from tests.support.registry_database import Registry
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.profile.merged import carry_over
from webapp.profile.models import FirstQuestions, ProfileEntry
from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Author, add, correct, current, everything, versions
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState

__all__ = ["registry", "two"]

NONE = ABSENCE[Kind.ALLERGY]


@pytest.fixture(autouse=True)
def _both_open(registry: Registry, two: tuple[UUID, UUID]) -> None:
    """Nobody writes in a space that is not."""
    with writing(registry.engine) as session:
        for person in two:
            session.merge(
                HealthSpace(beneficiary_id=person, state=SpaceState.OPENED, changed_at=registry.clock)
            )


def write(registry: Registry, person: UUID, by: UUID, kind: Kind, **said: str) -> UUID:
    with writing(registry.engine) as session:
        return add(session, registry.clock, Author(person, by), kind, said)


def a_mother(registry: Registry) -> UUID:
    return an_account(registry, registry.find()[0].person_id)


def says(registry: Registry, person: UUID, kind: Kind) -> list[object]:
    with reading(registry.engine) as session:
        return sorted(one.said.get("name", "") for one in current(session, person, (kind,)))


def answers(registry: Registry, person: UUID, **said: str) -> None:
    with writing(registry.engine) as session:
        sealed = current_vault().seal(FirstQuestions.__tablename__, person, said)
        session.add(FirstQuestions(beneficiary_id=person, sealed=sealed, finished_at=registry.clock))


def answered(registry: Registry) -> dict[UUID, dict[str, str]]:
    with reading(registry.engine) as session:
        rows = session.execute(select(FirstQuestions.beneficiary_id, FirstQuestions.sealed)).all()
    table = FirstQuestions.__tablename__
    return {row.beneficiary_id: current_vault().unseal(table, row.beneficiary_id, row.sealed) for row in rows}


def test_every_version_follows_the_person(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    by = a_mother(registry)
    write(registry, hers, by, Kind.ALLERGY, name="Arachide")
    entry = write(registry, his, by, Kind.ALLERGY, name="Penicilline")
    with writing(registry.engine) as session:
        correct(session, registry.clock, Author(his, by), entry, 1, {"name": "Pénicilline"})
    merge(registry)
    assert says(registry, hers, Kind.ALLERGY) == ["Arachide", "Pénicilline"]
    with reading(registry.engine) as session:
        assert [one.said["name"] for one in versions(session, hers, entry)] == ["Penicilline", "Pénicilline"]
        assert list(everything(session, his)) == []
    with writing(registry.engine) as session:
        assert carry_over(session, registry.clock) == 0


def test_what_there_is_takes_the_place_of_the_statement_that_there_is_none(
    registry: Registry, two: tuple[UUID, UUID]
) -> None:
    """Nobody may read, once they are one, that there is no allergy beside the one that there is."""
    hers, his = two
    by = a_mother(registry)
    write(registry, hers, by, NONE)
    write(registry, his, by, Kind.ALLERGY, name="Pénicilline")
    merge(registry)
    assert says(registry, hers, NONE) == []
    assert says(registry, hers, Kind.ALLERGY) == ["Pénicilline"]


def test_a_statement_made_in_both_stands_once(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    by = a_mother(registry)
    write(registry, hers, by, NONE)
    write(registry, his, by, NONE)
    merge(registry)
    assert says(registry, hers, NONE) == [""]
    with reading(registry.engine) as session:
        assert len(session.scalars(select(ProfileEntry.id)).all()) == 3  # and how one was taken away


def test_the_first_questions_follow_the_person(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    answers(registry, his, **{"1": "answered"})
    merge(registry)
    assert answered(registry) == {hers: {"1": "answered"}}


def test_what_was_answered_under_their_own_number_stays(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    answers(registry, hers, **{"2": "skipped"})
    answers(registry, his, **{"1": "answered"})
    merge(registry)
    assert answered(registry) == {hers: {"2": "skipped"}}
