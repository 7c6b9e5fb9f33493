"""Decisions, accounts, access codes and the journal, many at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from tests.support.crowd import THREADS, Crowd
from webapp.account import access_codes
from webapp.account.models import Account
from webapp.account.service import IdentifierTaken, NewAccount, account, create_account
from webapp.beneficiaries.models import Beneficiary
from webapp.db.work import reading, writing
from webapp.journal.checking import verify_chain
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import record
from webapp.spaces import service
from webapp.spaces.models import Decision, HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.values.refusal import Refusal
from webapp.web.states import World


@pytest.fixture
def engine(world: World, app: Flask) -> Engine:
    """A database with eleven people, nobody having decided."""
    engine: Engine = app.extensions["engine"]
    return engine


def whole(engine: Engine) -> None:
    with reading(engine) as session:
        assert verify_chain(session) == []


def people(engine: Engine) -> list[UUID]:
    with reading(engine) as session:
        return list(session.scalars(select(Beneficiary.id).order_by(Beneficiary.id)))


def an_account(engine: Engine, now: datetime, person: UUID, identifier: str = "camille.31") -> UUID:
    with writing(engine) as session:
        return create_account(
            session, now, NewAccount(person, identifier, "no hash", "a@example.org", None, "v", now)
        )


def test_wrong_access_codes_are_counted_to_five(crowd: Crowd, engine: Engine, now: datetime) -> None:
    account_id = an_account(engine, now, people(engine)[0])
    for number in range(8):
        with writing(engine) as session:
            known = account(session, account_id)
            assert known is not None
            sent = access_codes.begin(session, now, known, "email", timedelta(minutes=15))
        wrong = f"{(int(sent.code) + 1 + number) % 1_000_000:06d}"

        def check(_number: int, sent: access_codes.Sent = sent, wrong: str = wrong) -> str:
            with writing(engine) as session:
                access_codes.check(session, now, sent.sign_in_id, wrong)
                return "won"

        found = crowd(check)
        assert found["won"] == 0
        assert found["WrongAccessCode"] == access_codes.TRIES - 1
        with writing(engine) as session, pytest.raises(Refusal):
            access_codes.check(session, now, sent.sign_in_id, sent.code)


def test_two_opposite_decisions_leave_one_state(crowd: Crowd, engine: Engine, now: datetime) -> None:
    """Whoever opposes second is refused; whoever opens second changes their mind, and both decisions are kept."""
    for person in people(engine):
        who = service.Decided(person, "Camille Clairvernay", "2" * 15, "self")

        def decide(number: int, who: service.Decided = who) -> str:
            with writing(engine) as session:
                if number % 2:
                    service.oppose(session, now, who)
                    return "opposed"
                service.open_space(session, now, who, now)
                return "opened"

        found = crowd(decide)
        assert found["opened"] == 1
        assert found["opposed"] <= 1
        assert found["AlreadyDecided"] == THREADS - found["opened"] - found["opposed"]
        with reading(engine) as session:
            state = session.scalars(
                select(HealthSpace.state).where(HealthSpace.beneficiary_id == person)
            ).one()
            kept = session.scalar(select(func.count()).where(Decision.beneficiary_id == person))
        assert state == SpaceState.OPENED
        assert kept == found["opened"] + found["opposed"]
    whole(engine)


def test_one_identifier_belongs_to_one_account(crowd: Crowd, engine: Engine, now: datetime) -> None:
    persons = people(engine)[:THREADS]

    def create(number: int) -> str:
        an_account(engine, now, persons[number], "Camille.31" if number % 2 else "camille.31")
        return "created"

    assert crowd(create) == {"created": 1, IdentifierTaken.__name__: THREADS - 1}
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
    whole(engine)


def test_a_person_has_one_account(crowd: Crowd, engine: Engine, now: datetime) -> None:
    person = people(engine)[0]

    def create(number: int) -> str:
        an_account(engine, now, person, f"camille.{number}{number}")
        return "created"

    assert crowd(create) == {"created": 1, "AlreadyHasAccount": THREADS - 1}


def test_an_account_and_an_opposition_at_once_never_wait_for_each_other(
    crowd: Crowd, engine: Engine, now: datetime
) -> None:
    """Opening takes the space before the journal, as opposing does: the other order was a deadlock."""
    for number, person in enumerate(people(engine)):
        who = service.Decided(person, "Camille Clairvernay", "2" * 15, "self")

        def act(thread: int, who: service.Decided = who, number: int = number) -> str:
            with writing(engine) as session:
                if thread % 2:
                    service.oppose(session, now, who)
                    return "opposed"
                service.hold(session, now, who.beneficiary_id)
                create_account(
                    session,
                    now,
                    NewAccount(
                        who.beneficiary_id, f"person.{number}{thread}", "no hash", None, None, "v", now
                    ),
                )
                service.open_space(session, now, who, now)
                return "opened"

        assert crowd(act)["opened"] == 1
    whole(engine)


def test_the_journal_stays_whole_under_eight_writers(crowd: Crowd, engine: Engine, now: datetime) -> None:
    def write(number: int) -> str:
        for step in range(25):
            with writing(engine) as session:
                record(session, Event.CODE_ISSUED, now=now, facts={"writer": number, "step": step})
        return "written"

    assert crowd(write) == {"written": THREADS}
    whole(engine)
    with reading(engine) as session:
        numbers = list(session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq)))
    assert numbers == list(range(1, len(numbers) + 1))
