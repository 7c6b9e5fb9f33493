"""A child known twice turns out to be one: the invitation and the disagreement about either hold for that one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from tests.services.test_merged import HIS_CARD, an_account, follow, registry, two
from tests.support.registry import a_child, a_row, write_csv
from tests.support.registry_database import Registry
from webapp.db.work import reading, writing
from webapp.family.merged import carry_over
from webapp.family.models import Disagreement, SpaceInvitation
from webapp.spaces.service import freeze, spaces_of
from webapp.values.ids import new_id

__all__ = ["registry", "two"]


def test_what_guardians_said_follows_the_child(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    (mother,) = registry.find()
    account_id = an_account(registry, mother.person_id)
    with writing(registry.engine) as session:
        freeze(session, registry.clock, his, frozen=True)
        session.add(
            Disagreement(
                id=new_id(), beneficiary_id=his, person_id=mother.person_id, raised_at=registry.clock
            )
        )
        session.add(
            SpaceInvitation(
                id=new_id(),
                beneficiary_id=his,
                from_account_id=account_id,
                to_person_id=mother.person_id,
                sent_at=registry.clock,
                expires_at=registry.clock + timedelta(days=40),
            )
        )
    registry.clock += timedelta(days=30)
    file = write_csv(registry.folder / "next.csv", (a_row(), a_child(), a_child(**HIS_CARD)))
    follow(registry, file)
    with reading(registry.engine) as session:
        assert session.scalars(select(Disagreement.beneficiary_id)).all() == [hers]
        assert session.scalars(select(SpaceInvitation.beneficiary_id)).all() == [hers]
        assert spaces_of(session, [hers])[hers].frozen
    with writing(registry.engine) as session:
        assert carry_over(session, registry.clock) == 0
