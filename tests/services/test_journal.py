"""The journal: what is written is read back, and whatever is done to it behind our back shows."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from webapp.db.base import Base
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.journal.checking import Damage, read_head, verify_chain
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import Entry, entries_about, record
from webapp.keys import Keys

PERSON = uuid.UUID(int=7)


@pytest.fixture
def written(engine: Engine, keys: Keys, now: datetime) -> Engine:
    """Six entries."""
    Base.metadata.create_all(engine)
    use_vault(Vault(keys))
    for number in range(6):
        with writing(engine) as session:
            who = PERSON if number % 2 else None
            facts = {"channel": "email", "n": number} if number > 1 else None
            moment = now + timedelta(microseconds=number)
            assert (
                record(session, Event.CODE_ISSUED, now=moment, beneficiary_id=who, facts=facts) == number + 1
            )
    return engine


def damage(engine: Engine) -> set[tuple[int, Damage]]:
    with reading(engine) as session:
        return {(problem.seq, problem.damage) for problem in verify_chain(session)}


def tamper(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            done = connection.execute(text(statement))
            assert done.rowcount > 0, statement


def test_what_was_written_is_intact_and_read_newest_first(written: Engine, now: datetime) -> None:
    assert damage(written) == set()
    with reading(written) as session:
        first = entries_about(session, PERSON, limit=2)
        rest = entries_about(session, PERSON, before=first[-1].seq, limit=2)
    assert [entry.seq for entry in first + rest] == [6, 4, 2]
    assert first[0] == Entry(
        6, now + timedelta(microseconds=5), "code:issued", PERSON, None, {"channel": "email", "n": 5}
    )
    assert rest[0].facts == {}


def test_facts_are_sealed(written: Engine) -> None:
    with written.connect() as connection:
        stored = connection.execute(select(JournalEntry.sealed).where(JournalEntry.seq == 3)).scalar_one()
    assert stored is not None
    assert b"email" not in stored


def test_an_empty_journal_is_intact(engine: Engine, keys: Keys) -> None:
    Base.metadata.create_all(engine)
    use_vault(Vault(keys))
    assert damage(engine) == set()


@pytest.mark.parametrize(
    "change",
    [
        "event = 'code:refused'",
        "beneficiary_id = NULL",
        "account_id = '00000000000000000000000000000009'",
        "sealed = NULL",
        "at = (SELECT at FROM journal WHERE seq = 5)",
        "mac = (SELECT mac FROM journal WHERE seq = 5)",
    ],
)
def test_an_edit_is_found(written: Engine, change: str) -> None:
    tamper(written, f"UPDATE journal SET {change} WHERE seq = 4")
    assert (4, Damage.ALTERED) in damage(written)


def test_a_deletion_is_found(written: Engine) -> None:
    tamper(written, "DELETE FROM journal WHERE seq = 3")
    assert damage(written) == {(4, Damage.MISSING)}


def test_a_deletion_whose_gap_was_closed_is_found(written: Engine) -> None:
    tamper(
        written,
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 5",
        "UPDATE journal SET seq = 5 WHERE seq = 6",
    )
    assert (3, Damage.ALTERED) in damage(written)


def test_a_reorder_is_found(written: Engine) -> None:
    tamper(
        written,
        "UPDATE journal SET seq = 99 WHERE seq = 2",
        "UPDATE journal SET seq = 2 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 99",
    )
    assert {(2, Damage.ALTERED), (4, Damage.ALTERED)} <= damage(written)


def test_a_truncation_is_found(written: Engine) -> None:
    tamper(written, "DELETE FROM journal WHERE seq > 4")
    assert damage(written) == {(4, Damage.CUT_SHORT)}


def test_a_truncation_with_its_head_adjusted_is_found(written: Engine) -> None:
    tamper(
        written,
        "DELETE FROM journal WHERE seq > 4",
        "UPDATE journal_head SET length = 4, last_mac = (SELECT mac FROM journal WHERE seq = 4)",
    )
    assert damage(written) == {(4, Damage.HEAD_ALTERED)}


def test_everything_deleted_but_the_head_is_found(written: Engine) -> None:
    tamper(written, "DELETE FROM journal")
    assert damage(written) == {(0, Damage.CUT_SHORT)}


def test_a_head_taken_away_is_found(written: Engine) -> None:
    tamper(written, "DELETE FROM journal_head")
    assert damage(written) == {(6, Damage.HEAD_MISSING)}


def test_an_entry_added_by_hand_is_found(written: Engine) -> None:
    columns = "at, event, beneficiary_id, account_id, sealed, mac"
    tamper(written, f"INSERT INTO journal (seq, {columns}) SELECT 7, {columns} FROM journal WHERE seq = 6")
    assert (7, Damage.ALTERED) in damage(written)


def test_another_key_makes_another_chain(written: Engine, keys: Keys) -> None:
    from dataclasses import replace

    use_vault(Vault(replace(keys, journal=bytes(32))))
    assert (1, Damage.ALTERED) in damage(written)


def test_what_is_rolled_back_leaves_no_gap(written: Engine, now: datetime) -> None:
    class Fault(Exception):
        pass

    def act_that_fails() -> None:
        with writing(written) as session:
            record(session, Event.SPACE_OPENED, now=now)
            raise Fault

    with pytest.raises(Fault):
        act_that_fails()
    with writing(written) as session:
        assert record(session, Event.SPACE_OPENED, now=now) == 7
    assert damage(written) == set()


def test_many_at_once_make_one_chain(engine: Engine, keys: Keys, now: datetime) -> None:
    Base.metadata.create_all(engine)
    use_vault(Vault(keys))
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def write_some() -> None:
        try:
            start.wait()
            for _ in range(5):
                with writing(engine) as session:
                    record(session, Event.SPACE_OPENED, now=now)
        except BaseException as error:  # noqa: BLE001  (shown by the assertion below)
            failures.append(error)

    threads = [threading.Thread(target=write_some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert damage(engine) == set()
    with reading(engine) as session:
        head = read_head(session)
    assert head is not None
    assert head.length == 40
