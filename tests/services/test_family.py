"""What only the database decides in a family: one answer, one invitation, one handing over, whoever comes at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tests.support.crowd import THREADS, Crowd, crowd
from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.account.service import AccountView, account_named
from webapp.beneficiaries.models import Guardianship
from webapp.db.work import reading, writing
from webapp.family.disagreeing import agree, declare, end_orphans, standing
from webapp.family.leaving import leave_sharing
from webapp.family.majority import hand_over
from webapp.family.models import Disagreement, SpaceInvitation
from webapp.family.sharing import answer, invitations, invite, sharing_accounts
from webapp.family.walks import FATHER, MOTHER, THEIRS, TWIN
from webapp.journal.checking import verify_chain
from webapp.mail.models import OutboxRow
from webapp.spaces.models import HealthSpace
from webapp.values.clock import paris_day
from webapp.web.states import World

__all__ = ["crowd"]

ROUNDS = 5


class House:
    """The twins' parents: the mother opened one twin's space, the father has an account."""

    def __init__(self, world: World) -> None:
        walks.make_account(world, MOTHER, identifier=THEIRS[0], opens=(MOTHER, TWIN))
        walks.make_account(world, FATHER, identifier=THEIRS[1])
        self.engine, self.settings = world.app.extensions["engine"], world.app.extensions["settings"]
        self.clock: Callable[[], datetime] = world.app.extensions["clock"]
        self.mother, self.father = (self._account(name) for name in THEIRS)
        with reading(self.engine) as session:
            self.child: UUID = session.scalars(
                select(AccountSpace.beneficiary_id).where(AccountSpace.role == "guardian")
            ).one()

    def _account(self, name: str) -> AccountView:
        with reading(self.engine) as session:
            found = account_named(session, name)
        assert found is not None
        return found

    def write(self, act: Callable[[Session], object]) -> None:
        with writing(self.engine) as session:
            act(session)

    def count(self, what: type, *where: object) -> int:
        with reading(self.engine) as session:
            return session.scalar(select(func.count()).select_from(what).where(*where)) or 0  # type: ignore[arg-type]

    def invite(self, session: Session) -> None:
        invite(session, self.clock(), self.settings, self.mother, self.child, self.father.beneficiary_id)

    def waiting(self) -> UUID:
        with reading(self.engine) as session:
            (one,) = invitations(session, self.clock(), self.father.beneficiary_id)
        return one.id


@pytest.fixture
def house(world: World) -> House:
    return House(world)


def test_one_answer_counts_whoever_sends_eight(house: House, crowd: Crowd) -> None:
    for _ in range(ROUNDS):
        house.write(lambda session: session.execute(delete(SpaceInvitation)))
        house.write(
            lambda session: session.execute(
                delete(AccountSpace).where(
                    AccountSpace.account_id == house.father.id, AccountSpace.role == "guardian"
                )
            )
        )
        house.write(house.invite)
        asked = house.waiting()

        def send(number: int, asked: UUID = asked) -> str:
            with writing(house.engine) as session:
                answer(session, house.clock(), house.settings, house.father, asked, accepted=number % 2 == 0)
                return "won"

        assert crowd(send) == {"won": 1, "InvitationOver": THREADS - 1}
        with reading(house.engine) as session:
            said = session.scalars(select(SpaceInvitation.answer)).one()
            shares = house.father.id in sharing_accounts(session, house.child)
            assert verify_chain(session) == []
        assert shares == (said == "accepted")


def test_of_invitations_sent_at_once_one_leaves(house: House, crowd: Crowd) -> None:
    def send(_number: int) -> str:
        with writing(house.engine) as session:
            house.invite(session)
            return "won"

    assert crowd(send)["won"] == 1
    assert house.count(SpaceInvitation) == 1
    assert house.count(OutboxRow, OutboxRow.kind == "space-invitation") == 2  # e-mail and SMS


def test_disagreeing_and_agreeing_at_once_leave_a_space_that_says_what_stands(
    house: House, crowd: Crowd
) -> None:
    for _ in range(3):

        def act(number: int) -> str:
            by = (house.mother, house.father)[number % 2].beneficiary_id
            with writing(house.engine) as session:
                if number < THREADS // 2:
                    declare(session, house.clock(), house.settings, house.child, by)
                else:
                    agree(session, house.clock(), house.settings, house.child, by)
                return "done"

        assert sum(crowd(act).values()) == THREADS
        with reading(house.engine) as session:
            frozen = session.scalars(
                select(HealthSpace.frozen_at).where(HealthSpace.beneficiary_id == house.child)
            ).one()
            said = [one.person_id for one in standing(session, house.child)]
        assert (frozen is not None) == bool(said)
        assert len(said) == len(set(said))


def test_a_space_is_handed_over_once_by_any_number_of_workers(house: House, crowd: Crowd) -> None:
    house.write(house.invite)
    house.write(
        lambda session: declare(
            session, house.clock(), house.settings, house.child, house.father.beneficiary_id
        )
    )
    house.write(lambda session: session.execute(update(AccountSpace).values(ends_on=None)))
    eve = datetime.combine(
        TWIN.birth_date.replace(year=TWIN.birth_date.year + 18), datetime.min.time(), house.clock().tzinfo
    )
    before, after = eve - timedelta(hours=4), eve + timedelta(hours=1)
    assert paris_day(before) < paris_day(after)
    house.write(lambda session: hand_over(session, before, house.settings))
    assert house.count(AccountSpace, AccountSpace.role == "guardian") == 1

    def sweep(_number: int) -> str:
        with writing(house.engine) as session:
            return str(hand_over(session, after, house.settings))

    assert crowd(sweep) == {"1": 1, "0": THREADS - 1}
    assert house.count(AccountSpace, AccountSpace.role == "guardian") == 0
    told = (OutboxRow.kind == "space-handed-over", OutboxRow.about == house.child)
    assert house.count(OutboxRow, *told) == 2  # the e-mail addresses of both cards
    with reading(house.engine) as session:
        space = session.scalars(select(HealthSpace).where(HealthSpace.beneficiary_id == house.child)).one()
        assert (space.state, space.frozen_at) == ("opened_automatically", None)
        assert invitations(session, after, house.father.beneficiary_id) == []
        assert standing(session, house.child) == []
        assert verify_chain(session) == []


def test_whoever_represents_a_child_no_more_keeps_nobody_from_deciding(house: House) -> None:
    house.write(
        lambda session: declare(
            session, house.clock(), house.settings, house.child, house.father.beneficiary_id
        )
    )
    house.write(lambda session: end_orphans(session, house.clock(), house.settings))
    assert house.count(Disagreement, Disagreement.withdrawn_at.is_(None)) == 1
    house.write(lambda session: session.execute(delete(Guardianship)))
    for ended in (1, 0):
        with writing(house.engine) as session:
            assert end_orphans(session, house.clock(), house.settings) == ended
    assert house.count(HealthSpace, HealthSpace.frozen_at.is_not(None)) == 0


def test_of_two_guardians_who_leave_at_once_one_stays(house: House, crowd: Crowd) -> None:
    house.write(house.invite)
    waiting = house.waiting()
    house.write(
        lambda session: answer(session, house.clock(), house.settings, house.father, waiting, accepted=True)
    )

    def leave(number: int) -> str:
        with writing(house.engine) as session:
            who = (house.mother, house.father)[number % 2]
            leave_sharing(session, house.clock(), house.settings, who, house.child)
            return "left"

    assert crowd(leave) == {"left": 1, "NotShared": THREADS - 1}
    assert house.count(AccountSpace, AccountSpace.role == "guardian") == 1
    with reading(house.engine) as session:
        assert verify_chain(session) == []
