"""Reset codes on both databases: one winner, one new password, nothing left behind, no purpose mistaken for another."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from tests.support.crowd import THREADS, Crowd
from webapp.account.guard import Origin
from webapp.account.passwords import hash_password, is_right
from webapp.account.service import account_named
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.journal.checking import verify_chain
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import forget_nowhere
from webapp.recovery import service, walks
from webapp.spaces import awaited, codes
from webapp.spaces.models import ProvisionalCode
from webapp.values.ids import new_id
from webapp.web.states import World

ROUNDS = 10
HERE = Origin(None, "00" * 32)


@pytest.fixture
def known(world: World) -> UUID:
    """The account of somebody."""
    walks.make_account(world)
    with reading(world.app.extensions["engine"]) as session:
        found = account_named(session, walks.IDENTIFIER)
        assert found is not None
        return found.id


def ask(engine: Engine, now: datetime, settings: Settings, identifier: str = walks.IDENTIFIER) -> UUID:
    with writing(engine) as session:
        return service.ask(session, now, settings, identifier, HERE)


def redeem(engine: Engine, now: datetime, code_id: UUID, typed: str) -> UUID:
    with writing(engine) as session:
        return service.redeem(session, now, code_id, typed)


def test_a_code_has_one_winner(
    world: World, known: UUID, crowd: Crowd, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    for number in range(ROUNDS):
        at = now + timedelta(days=number)
        code_id = ask(engine, at, settings)
        code = walks.newest_code(world)

        def enter(_number: int, at: datetime = at, code_id: UUID = code_id, code: str = code) -> str:
            assert redeem(engine, at, code_id, code) == known
            return "won"

        assert crowd(enter) == {"won": 1, "CodeUsed": THREADS - 1}
    with reading(engine) as session:
        assert verify_chain(session) == []


def test_a_proof_chooses_one_password(
    world: World, known: UUID, crowd: Crowd, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    hashes = [hash_password(f"Tramontane-verte-{number}") for number in range(THREADS)]
    for number in range(ROUNDS):
        at = now + timedelta(days=number)
        code_id = ask(engine, at, settings)
        redeem(engine, at, code_id, walks.newest_code(world))
        winners: list[int] = []

        def choose(
            number: int, at: datetime = at, code_id: UUID = code_id, winners: list[int] = winners
        ) -> str:
            with writing(engine) as session:
                found = service.choose_password(session, at, settings, code_id, hashes[number], HERE)
                service.record_reset(session, at, found)
            winners.append(number)
            return "won"

        assert crowd(choose) == {"won": 1, "ProofGone": THREADS - 1}
        with reading(engine) as session:
            found = account_named(session, walks.IDENTIFIER)
            assert found is not None
            assert is_right(f"Tramontane-verte-{winners[0]}", found.password_hash)


def test_tries_at_once_are_counted_to_five(
    world: World, known: UUID, crowd: Crowd, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    code_id = ask(engine, now, settings)

    def enter(_number: int) -> str:
        redeem(engine, now, code_id, walks.WRONG)
        return "won"

    assert crowd(enter) == {"WrongCode": 4, "CodeSpent": 4}
    with pytest.raises(codes.CodeSpent):
        redeem(engine, now, code_id, walks.newest_code(world))


def test_an_unproven_code_chooses_nothing(
    world: World, known: UUID, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    code_id = ask(engine, now, settings)
    for wanted in (code_id, new_id()):
        with writing(engine) as session, pytest.raises(service.ProofGone):
            service.choose_password(session, now, settings, wanted, "x", HERE)
    assert redeem(engine, now, code_id, walks.newest_code(world)) == known  # it still serves


def test_the_code_of_nobody_leads_to_no_account(world: World, settings: Settings, now: datetime) -> None:
    """Even whoever guessed it: no such account is there."""
    engine = world.app.extensions["engine"]
    code_id = ask(engine, now, settings, walks.NOBODY)
    redeem(engine, now, code_id, walks.newest_code(world))
    with writing(engine) as session, pytest.raises(service.ProofGone):
        service.choose_password(session, now, settings, code_id, "x", HERE)


def test_no_code_is_stored_in_clear_and_no_purpose_is_mistaken(
    world: World, known: UUID, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    ask(engine, now, settings)
    code = walks.newest_code(world)
    with writing(engine) as session:
        (row,) = session.scalars(select(ProvisionalCode)).all()
        assert code.replace(" ", "").encode() not in row.digest + row.sealed
        for use in (codes.find, codes.redeem):
            with pytest.raises(codes.WrongCode):
                use(session, code, now)
        provisional = codes.issue(session, now, subject=b"s" * 32, card_ids=(new_id(),))
        with pytest.raises(codes.CodeExpired):
            awaited.redeem(session, provisional.id, provisional.code, now)


def test_what_is_of_no_use_is_forgotten_a_day_later(
    world: World, known: UUID, settings: Settings, now: datetime
) -> None:
    engine = world.app.extensions["engine"]
    ask(engine, now, settings, walks.NOBODY)
    ask(engine, now, settings)
    for days, codes_left, letters_left in ((0.9, 2, 2), (2, 0, 1)):
        with writing(engine) as session:
            awaited.forget_awaited(session, now + timedelta(days=days))
            forget_nowhere(session, now + timedelta(days=days))
            assert len(session.scalars(select(ProvisionalCode.id)).all()) == codes_left
            assert len(session.scalars(select(OutboxRow.id)).all()) == letters_left
