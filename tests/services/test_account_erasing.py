"""Which accounts go with a space that is erased: every one that served for it alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.services.test_account_merged import HIS, become_one, opened, registry, twice
from tests.services.test_merged import HERS
from tests.support.clock import Clock
from tests.support.registry import MOTHER
from tests.support.registry_database import Registry
from webapp.account import walks
from webapp.account.erasing import erasing_accounts, hold_visits
from webapp.account.models import Account, AccountSpace
from webapp.account.service import AccountView, account_named
from webapp.config import Settings
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.family.majority import hand_over
from webapp.mail.models import OutboxRow
from webapp.spaces import closing
from webapp.spaces.service import Decided
from webapp.web.states import World

__all__ = ["registry"]


@pytest.fixture(autouse=True)
def erasers(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """What the worker registers for accounts."""
    monkeypatch.setattr(closing, "_erasers", [erasing_accounts(settings)])
    monkeypatch.setattr(closing, "_holders", [hold_visits])


def accounts(registry: Registry) -> list[UUID]:
    with reading(registry.engine) as session:
        return list(session.scalars(select(Account.id)))


def erase(registry: Registry, person: UUID) -> None:
    with writing(registry.engine) as session:
        closing.close(session, registry.clock, Decided(person, "C", MOTHER, "self"), early=True)
    with writing(registry.engine) as session:
        assert closing.erase_due(session, registry.clock + timedelta(days=40)) == 1


def told(registry: Registry, kind: str = "space-erased") -> dict[str, str]:
    with reading(registry.engine) as session:
        rows = session.execute(select(OutboxRow.id, OutboxRow.sealed).where(OutboxRow.kind == kind)).all()
    letters = [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed) for row in rows]
    return {one["to"]: one["text"] for one in letters}


def test_both_accounts_of_a_person_known_twice_go(registry: Registry) -> None:
    known, left = twice(registry)
    opened(registry, known, "camille.une", HERS)
    opened(registry, left, "camille.deux", HIS)
    become_one(registry)
    erase(registry, known)
    assert accounts(registry) == []
    letters = told(registry)
    assert set(letters) == {HERS}  # the other one no longer entered it
    assert set(told(registry, "account-erased")) == {HIS}
    assert "votre espace santé" in letters[HERS]


def test_two_that_entered_the_same_space_are_both_told_that_it_was_theirs(registry: Registry) -> None:
    """As a merge left them before accounts were set apart."""
    known, left = twice(registry)
    opened(registry, known, "camille.une", HERS)
    second = opened(registry, left, "camille.deux", HIS)
    with writing(registry.engine) as session:
        session.query(AccountSpace).filter(AccountSpace.account_id == second).update(
            {"beneficiary_id": known}, synchronize_session=False
        )
    erase(registry, known)
    assert accounts(registry) == []
    assert set(told(registry)) == {HERS, HIS}
    assert not any("enfant" in one for one in told(registry).values())


def parent(world: World) -> AccountView | None:
    with reading(world.app.extensions["engine"]) as session:
        return account_named(session, walks.IDENTIFIER)


@pytest.mark.parametrize("closes", [True, False])
def test_an_account_kept_for_a_child_goes_when_the_child_comes_of_age(
    world: World, clock: Clock, settings: Settings, closes: bool
) -> None:
    """Its own space was erased: nothing is left for which an identifier and addresses would be kept."""
    engine = world.app.extensions["engine"]
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    known = parent(world)
    assert known is not None
    if closes:
        with writing(engine) as session:
            who = Decided(known.beneficiary_id, "P", walks.PARENT.nir, "self")
            closing.close(session, clock.now, who, early=True)
        with writing(engine) as session:
            assert closing.erase_due(session, clock.now + timedelta(days=40)) == 1
    assert parent(world) is not None

    def sweep(at: datetime) -> int:
        with writing(engine) as session:
            return hand_over(session, at, settings)

    assert sweep(clock.now + timedelta(days=60)) == 0
    assert parent(world) is not None
    of_age = clock.now.replace(year=walks.CHILD.birth_date.year + 19)
    assert sweep(of_age) == 1
    assert (parent(world) is None) == closes
    with reading(engine) as session:
        told = session.scalars(select(OutboxRow.kind).where(OutboxRow.kind == "account-erased")).all()
    assert bool(told) == closes
    assert sweep(of_age) == 0
