"""A closed space whose person turns out to be somebody already known: its erasure day goes with it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from tests.services.test_merged import merge, registry, two
from tests.support.registry import FATHER
from tests.support.registry_database import Registry
from webapp.db.work import reading, writing
from webapp.spaces import closing
from webapp.spaces.models import HealthSpace
from webapp.spaces.service import Decided, open_space

__all__ = ["registry", "two"]


def test_a_closed_space_keeps_its_erasure_day(registry: Registry, two: tuple[UUID, UUID]) -> None:
    hers, his = two
    decided = Decided(his, "Léo Durand", FATHER, "guardian")
    with writing(registry.engine) as session:
        open_space(session, registry.clock, decided, registry.clock)
        day = closing.close(session, registry.clock, decided, early=True)
    merge(registry)
    with reading(registry.engine) as session:
        found = session.scalars(select(HealthSpace).where(HealthSpace.beneficiary_id == hers)).one()
    assert (found.state, found.erase_on) == ("closed", day)
