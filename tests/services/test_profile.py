"""A medical profile on both databases: versions, statements, two writers at once, erasing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from tests.support.crowd import Crowd
from webapp.account import walks
from webapp.account.models import Account
from webapp.db.work import reading, writing
from webapp.ips.rules import Line
from webapp.ips.service import add_lines
from webapp.onboarding import service as onboarding
from webapp.onboarding.rules import QUESTIONS
from webapp.profile import service
from webapp.profile.authors import by_whom
from webapp.profile.erasing import erase_profiles
from webapp.profile.models import FirstQuestions, ProfileEntry
from webapp.profile.rules import PAGE, Kind
from webapp.profile.service import Author, ChangedMeanwhile, NotNone
from webapp.profile.withdrawn import withdrawn
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web.states import World


@pytest.fixture
def engine(world: World) -> Engine:
    walks.make_account(world)
    engine: Engine = world.app.extensions["engine"]
    return engine


@pytest.fixture
def by(engine: Engine) -> Author:
    with reading(engine) as session:
        row = session.execute(select(Account.beneficiary_id, Account.id)).one()
    return Author(*row)


def test_every_version_stays_with_who_and_when(engine: Engine, by: Author, now: datetime) -> None:
    with writing(engine) as session:
        entry_id = service.add(session, now, by, Kind.ILLNESS, {"name": "Asthme"})
        service.correct(session, now, by, entry_id, 1, {"name": "Asthme léger"})
        service.remove(session, now, by, entry_id, 2)
    with reading(engine) as session:
        found = service.versions(session, by.beneficiary_id, entry_id)
        assert [(one.version, one.said.get("name"), one.removed) for one in found] == [
            (1, "Asthme", False),
            (2, "Asthme léger", False),
            (3, None, True),
        ]
        assert {(one.account_id, one.written_at) for one in found} == {(by.account_id, now)}
        assert service.current(session, by.beneficiary_id, (Kind.ILLNESS,)) == []
        assert service.versions(session, by.account_id, entry_id) == []
        stored = b"".join(session.scalars(select(ProfileEntry.sealed)))
    assert b"Asthme" not in stored


def test_nothing_is_written_in_a_space_that_was_frozen_or_closed_meanwhile(
    engine: Engine, by: Author, now: datetime
) -> None:
    asked = QUESTIONS[0]
    with writing(engine) as session:
        entry_id = service.add(session, now, by, Kind.ILLNESS, {"name": "Asthme"})
    acts: tuple[Callable[[Session], object], ...] = (
        lambda session: service.add(session, now, by, Kind.ALLERGY, {"name": "Pollen"}),
        lambda session: service.correct(session, now, by, entry_id, 1, {"name": "Asthme léger"}),
        lambda session: service.remove(session, now, by, entry_id, 1),
        lambda session: onboarding.measure(session, now, by, asked, 172),
        lambda session: onboarding.skip_all(session, now, by.beneficiary_id),
        lambda session: add_lines(session, now, by, [Line("allergy", {"name": "Pollen"})]),
    )
    mine = update(HealthSpace).where(HealthSpace.beneficiary_id == by.beneficiary_id)
    for change, refusal in (
        ({"frozen_at": now}, SpaceFrozen),
        ({"frozen_at": None, "state": SpaceState.CLOSED}, AlreadyDecided),
    ):
        with writing(engine) as session:
            session.execute(mine.values(change))
        for act in acts:
            with pytest.raises(refusal), writing(engine) as session:
                act(session)
    with reading(engine) as session:
        assert len(list(service.everything(session, by.beneficiary_id))) == 1
        assert session.scalar(select(func.count()).select_from(FirstQuestions)) == 0


def test_what_was_taken_away_is_found_in_the_order_it_went(engine: Engine, by: Author, now: datetime) -> None:
    kinds, gone = (Kind.ALLERGY, Kind.NO_ALLERGY), []
    with writing(engine) as session:
        service.add(session, now, by, Kind.NO_ALLERGY, {})
        for number in range(PAGE + 1):
            moment = now + timedelta(minutes=number)
            gone.append(service.add(session, moment, by, Kind.ALLERGY, {"name": f"Pollen {number}"}))
            service.remove(session, moment, by, gone[-1], 1)
    with reading(engine) as session:
        first = withdrawn(session, by.beneficiary_id, kinds)
        assert [one.entry.entry_id for one in first.entries] == gone[:0:-1]
        assert first.entries[0].entry.said == {"name": f"Pollen {PAGE}"}
        rest = withdrawn(session, by.beneficiary_id, kinds, first.older)
        assert {one.entry.kind for one in rest.entries} == set(kinds)
        assert (len(rest.entries), rest.older) == (2, None)
        assert withdrawn(session, by.account_id, kinds).entries == []
        assert by_whom(session, by.account_id, [by.account_id]) == {by.account_id: "par moi"}
        other = UUID(int=7)
        assert by_whom(session, other, [by.account_id, UUID(int=8)]) == {
            by.account_id: "par Camille Clairvernay",
            UUID(int=8): "par un autre compte",
            other: "par moi",
        }


def test_a_version_that_is_no_longer_the_last_is_refused(engine: Engine, by: Author, now: datetime) -> None:
    with writing(engine) as session:
        entry_id = service.add(session, now, by, Kind.ALLERGY, {"name": "Pollen"})
        service.correct(session, now, by, entry_id, 1, {"name": "Pollens"})
        for version in (0, 1, 3):
            with pytest.raises(ChangedMeanwhile):
                service.correct(session, now, by, entry_id, version, {"name": "Autre"})
        with pytest.raises(LookupError):
            service.correct(session, now, by, UUID(int=7), 1, {"name": "Autre"})


def test_none_and_some_are_never_said_together(engine: Engine, by: Author, now: datetime) -> None:
    kinds = (Kind.ALLERGY, Kind.NO_ALLERGY)
    with writing(engine) as session:
        first = service.add(session, now, by, Kind.NO_ALLERGY, {})
        assert service.add(session, now, by, Kind.NO_ALLERGY, {}) == first
        service.add(session, now, by, Kind.ALLERGY, {"name": "Pollen"})
        assert [one.kind for one in service.current(session, by.beneficiary_id, kinds)] == [Kind.ALLERGY]
        with pytest.raises(NotNone):
            service.add(session, now, by, Kind.NO_ALLERGY, {})


def test_of_eight_corrections_at_once_one_is_kept(
    engine: Engine, by: Author, now: datetime, crowd: Crowd
) -> None:
    for number in range(10):
        with writing(engine) as session:
            entry_id = service.add(session, now, by, Kind.ILLNESS, {"name": f"Maladie {number}"})

        def correct(thread: int, entry_id: UUID = entry_id) -> str:
            with writing(engine) as session:
                service.correct(session, now, by, entry_id, 1, {"name": f"De {thread}"})
            return "kept"

        assert crowd(correct) == {"kept": 1, "ChangedMeanwhile": 7}


def test_none_and_some_said_at_once_leave_some(
    engine: Engine, by: Author, now: datetime, crowd: Crowd
) -> None:
    def say(thread: int) -> str:
        kind, said = (Kind.TREATMENT, {"name": f"De {thread}"}) if thread % 2 else (Kind.NO_TREATMENT, {})
        with writing(engine) as session:
            service.add(session, now, by, kind, said)
        return "kept"

    for _round in range(5):
        crowd(say)
        with reading(engine) as session:
            found = service.current(session, by.beneficiary_id, (Kind.TREATMENT, Kind.NO_TREATMENT))
        assert {one.kind for one in found} == {Kind.TREATMENT}


def test_the_five_questions_answered_at_once_are_all_there(
    engine: Engine, by: Author, now: datetime, crowd: Crowd
) -> None:
    def answer(thread: int) -> str:
        asked = QUESTIONS[thread % len(QUESTIONS)]
        with writing(engine) as session:
            if asked.number <= 2:
                onboarding.measure(session, now, by, asked, 172)
            else:
                onboarding.name(session, now, by, asked, ["Un"])
        return "kept"

    assert crowd(answer) == {"kept": 8}
    with reading(engine) as session:
        assert onboarding.progress(session, by.beneficiary_id).finished_at == now
        assert session.scalar(select(func.count()).select_from(ProfileEntry)) == 5


def test_an_erased_space_keeps_nothing_of_it(engine: Engine, by: Author, now: datetime) -> None:
    with writing(engine) as session:
        onboarding.measure(session, now, by, QUESTIONS[0], 172)
        erase_profiles(session, now, [by.beneficiary_id])
        for model in (ProfileEntry, FirstQuestions):
            assert session.scalar(select(func.count()).select_from(model)) == 0
