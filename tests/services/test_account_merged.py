"""A person known twice, with an account made with each card: who enters their space once they turn out to be one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from tests.services.test_merged import HERS, an_account, follow, registry, state
from tests.support.registry import FATHER, MOTHER, a_row, write_csv
from tests.support.registry_database import Registry
from webapp.account.models import Account, AccountSpace
from webapp.account.service import give_space
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.family.reach import family_of
from webapp.mail.models import OutboxRow
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import Decided, open_space
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.web.models import VisitRow

__all__ = ["registry"]

HIS = "exmari@example.org"
ELSEWHERE = {
    "insured_nir": FATHER,
    "card_serial": "40268137945",
    "person_nir": "",
    "email": HIS,
    "phone": "+33799990077",
}


def twice(registry: Registry) -> tuple[UUID, UUID]:
    """Camille as her own card knows her, and as a dependant without a number on the card of another."""
    registry.load(a_row(), a_row(**ELSEWHERE))
    (known,) = registry.find()
    (left,) = registry.find("1987-04-12", FATHER, "40268137945")
    return known.person_id, left.person_id


def opened(registry: Registry, person: UUID, name: str, email: str) -> UUID:
    account_id = an_account(registry, person, name, email)
    with writing(registry.engine) as session:
        open_space(session, registry.clock, Decided(person, "C", MOTHER, "self"), registry.clock)
        give_space(session, registry.clock, account_id, person, "holder")
        row_id = new_id()
        session.add(
            VisitRow(
                id=row_id,
                token_digest=row_id.bytes * 2,
                sealed=current_vault().seal(VisitRow.__tablename__, row_id, {}),
                account_id=account_id,
                started_at=registry.clock,
                last_seen_at=registry.clock,
            )
        )
    return account_id


def become_one(registry: Registry) -> None:
    registry.clock += timedelta(days=30)
    hers = {**ELSEWHERE, "person_nir": MOTHER}
    follow(registry, write_csv(registry.folder / "next.csv", (a_row(), a_row(**hers))))


def reached(registry: Registry) -> list[tuple[UUID, UUID]]:
    with reading(registry.engine) as session:
        rows = session.execute(select(AccountSpace.account_id, AccountSpace.beneficiary_id))
        return [(row.account_id, row.beneficiary_id) for row in rows]


def told(registry: Registry) -> dict[str, str]:
    """To whom the letters that set an account apart go, and what they say."""
    with reading(registry.engine) as session:
        rows = session.execute(
            select(OutboxRow.id, OutboxRow.sealed).where(OutboxRow.kind == "account-set-apart")
        ).all()
    letters = [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed) for row in rows]
    return {one["to"]: one["text"] for one in letters}


def signed_in(registry: Registry) -> list[UUID]:
    with reading(registry.engine) as session:
        wanted = select(VisitRow.account_id).where(VisitRow.account_id.is_not(None))
        return [one for one in session.scalars(wanted) if one]


def test_whoever_has_the_card_of_another_does_not_enter_her_space(registry: Registry) -> None:
    """Otherwise he would read her number, her cards and her contacts."""
    known, left = twice(registry)
    hers = opened(registry, known, "camille.une", HERS)
    his = opened(registry, left, "faux.camille", HIS)
    become_one(registry)
    assert reached(registry) == [(hers, known)]
    assert signed_in(registry) == [hers]
    with reading(registry.engine) as session:
        found = family_of(session, his, paris_day(registry.clock))
    assert found is not None
    assert not found.own.is_open
    letters = told(registry)
    assert set(letters) == {HERS, HIS}
    assert "Vous n’avez rien à faire" in letters[HERS]
    assert "n’entre plus" in letters[HIS]
    assert state(registry, known) is SpaceState.OPENED


def test_without_an_account_of_her_own_his_enters_nothing_either_and_she_may_still_open(
    registry: Registry,
) -> None:
    known, left = twice(registry)
    his = opened(registry, left, "faux.camille", HIS)
    become_one(registry)
    assert reached(registry) == []
    assert signed_in(registry) == []
    assert set(told(registry)) == {HIS}
    with reading(registry.engine) as session:
        assert session.scalars(select(Account.beneficiary_id).where(Account.id == his)).one() == left
    assert state(registry, known) is SpaceState.OPENED_AUTOMATICALLY  # with a code she enters it, or says no


def test_whoever_made_an_account_with_their_own_contact_finds_their_space_in_it(registry: Registry) -> None:
    """Made with another card but with the address that the insurer knows by her own number: it is hers."""
    known, left = twice(registry)
    hers = opened(registry, left, "camille.une", HERS)
    become_one(registry)
    assert reached(registry) == [(hers, known)]
    assert signed_in(registry) == [hers]
    assert told(registry) == {}
    with reading(registry.engine) as session:
        assert session.scalars(select(Account.beneficiary_id)).all() == [known]
        found = family_of(session, hers, paris_day(registry.clock))
    assert found is not None
    assert found.own.state is SpaceState.OPENED


def test_a_second_import_tells_nobody_again(registry: Registry) -> None:
    known, left = twice(registry)
    opened(registry, known, "camille.une", HERS)
    opened(registry, left, "faux.camille", HIS)
    become_one(registry)
    with writing(registry.engine) as session:
        session.query(OutboxRow).delete()
    become_one(registry)
    assert told(registry) == {}
