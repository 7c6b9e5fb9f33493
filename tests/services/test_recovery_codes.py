"""Reset codes on both databases: one winner, one new password, nothing left behind, no purpose mistaken for another."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from tests.support.crowd import THREADS, Crowd
from webapp.account.guard import Origin
from webapp.account.passwords import hash_password, is_right
from webapp.account.service import AccountView, account_named, change
from webapp.account.under_way import end_what_is_under_way, hold
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.journal.checking import verify_chain
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import forget_nowhere, put
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


def _account(engine: Engine) -> AccountView:
    with reading(engine) as session:
        found = account_named(session, walks.IDENTIFIER)
        assert found is not None
        return found


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


def test_two_proofs_at_once_choose_one_password(
    world: World, known: UUID, crowd: Crowd, settings: Settings, now: datetime
) -> None:
    """Codes of several visits live side by side: the first to finish ends the others, and none waits for ever."""
    engine = world.app.extensions["engine"]
    for number in range(ROUNDS):
        at = now + timedelta(days=2 * number)
        code_ids = []
        for _ in range(4):
            code_ids.append(ask(engine, at, settings))
            redeem(engine, at, code_ids[-1], walks.newest_code(world))

        def choose(number: int, at: datetime = at, code_ids: list[UUID] = code_ids) -> str:
            with writing(engine) as session:
                service.choose_password(session, at, settings, code_ids[number % 4], f"x{number}", HERE)
            return "won"

        assert crowd(choose) == {"won": 1, "ProofGone": THREADS - 1}


def test_a_code_asked_while_the_address_changes_goes_to_the_new_one(
    world: World, known: UUID, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is stored after the request has read the account, and before it is done with it."""
    engine = world.app.extensions["engine"]
    if engine.dialect.name == "sqlite":
        pytest.skip("one writer: the two cannot meet")

    def issue_late(*args: Any, **given: Any) -> codes.Issued:
        with writing(engine) as session:
            before = hold(session, _account(engine))
            change(session, known, email="nouvelle@example.org")
            end_what_is_under_way(session, before)
        return codes.issue(*args, **given)

    monkeypatch.setattr("webapp.recovery.service.issue", issue_late)
    ask(engine, now, settings)
    assert walks.newest_letter(engine, "password-reset")["to"] == "nouvelle@example.org"


def test_a_change_waits_for_a_code_that_is_being_asked_and_ends_it(
    world: World, known: UUID, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = world.app.extensions["engine"]
    if engine.dialect.name == "sqlite":
        pytest.skip("one writer: the two cannot meet")

    def change_address() -> None:
        with writing(engine) as session:
            before = hold(session, _account(engine))
            change(session, known, email="nouvelle@example.org")
            end_what_is_under_way(session, before)

    changing = Thread(target=change_address)

    def put_late(*args: Any, **given: Any) -> None:
        changing.start()
        changing.join(0.5)  # it waits for the account, which this request holds
        assert changing.is_alive()
        put(*args, **given)

    monkeypatch.setattr("webapp.recovery.service.put", put_late)
    code_id = ask(engine, now, settings)
    changing.join(20)
    with pytest.raises(codes.CodeExpired):
        redeem(engine, now, code_id, walks.newest_code(world))


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
