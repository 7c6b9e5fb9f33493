"""The activity of an account: every event has its words, two sources read as one, by index, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, insert, text

from webapp.activity.sentences import _TOLD, NOT_SHOWN, sentence
from webapp.activity.service import PAGE, Reader, all_entries, all_lines, read_page, reader
from webapp.activity.words import LETTERS
from webapp.config import CHECKOUT
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import Entry, entries_of, has_happened, record
from webapp.keys import Keys

ME, MY_ACCOUNT = UUID(int=7), UUID(int=8)
CHILD, OTHER_ACCOUNT = UUID(int=9), UUID(int=10)
READER = Reader(MY_ACCOUNT, ME, proven=True)
START = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)


@pytest.fixture
def journal(engine: Engine, keys: Keys) -> Engine:
    """An empty journal on a migrated database."""
    use_vault(Vault(keys))
    return engine


def entry(happened: str, **facts: object) -> Entry:
    return Entry(1, START, happened, ME, MY_ACCOUNT, facts)


def test_every_event_has_a_sentence_or_a_reason_not_to_be_shown() -> None:
    assert set(_TOLD) | set(NOT_SHOWN) == set(Event)
    assert not set(_TOLD) & set(NOT_SHOWN)
    assert all(len(reason) > 20 for reason in NOT_SHOWN.values())


@pytest.mark.parametrize("happened", sorted(_TOLD))
def test_a_sentence_is_plain_french_whatever_the_facts(happened: Event) -> None:
    for facts in ({}, {"kind": "x", "channel": "y", "by": "z", "count": 2}):
        told = sentence(entry(happened, **facts))
        assert told is not None
        assert told.words[0].isupper() or told.words[0].isdecimal()
        assert 8 < len(told.words) < 70
        assert not re.search(r"[a-z]:[a-z]|_|\s[;:!?]|'", told.words.replace("\u202f:", ""))
        assert not re.search(r"\b([Jj]e|[Vv]ous|[Mm]on|[Mm]a|[Vv]otre)\b", told.words)


def test_what_the_facts_tell_is_said() -> None:
    def said(happened: Event, **facts: object) -> str:
        told = sentence(entry(happened, **facts))
        assert told is not None
        return f"{told.words}|{told.note}"

    assert said(Event.SIGN_IN_DONE, by="sms", device="Firefox sur Android") == (
        "Connexion réussie|Avec un code reçu par SMS, Firefox sur Android"
    )
    assert "trop de codes faux" in said(Event.SIGN_IN_REFUSED, step="code")
    assert said(Event.SIGN_IN_REFUSED, device="Safari sur iPhone").endswith(
        "mot de passe faux|Safari sur iPhone"
    )
    assert said(Event.LETTER_SENT, kind="access-code", channel="email") == (
        "Envoi par e-mail\u202f: code pour me connecter|"
    )
    assert said(Event.SESSIONS_ENDED, count=1).startswith("1 connexion fermée")
    assert said(Event.SESSIONS_ENDED, count=3).startswith("3 connexions fermées")
    assert "en anglais" in said(Event.PREFERENCES_CHANGED, language="en", declined=[])
    assert sentence(entry("visit:teleported")) is not None  # of a version yet to come
    assert sentence(entry(Event.REGISTRY_IMPORTED)) is None


def test_every_kind_of_letter_has_its_words() -> None:
    folder = CHECKOUT / "templates" / "letters"
    kinds = {path.name for path in folder.iterdir() if path.is_dir()} - {"en"}
    assert kinds - LETTERS.keys() == set()


def fill(journal: Engine) -> None:
    """Of the account alone, of the person alone, of both, and of others."""
    who = [(ME, MY_ACCOUNT), (ME, None), (None, MY_ACCOUNT), (CHILD, MY_ACCOUNT), (ME, OTHER_ACCOUNT)]
    who += [(CHILD, OTHER_ACCOUNT), (None, None)]
    for number in range(70):
        with writing(journal) as session:
            person, account = who[number % 7]
            record(
                session,
                Event.SIGN_OUT_DONE,
                now=START + timedelta(minutes=number),
                beneficiary_id=person,
                account_id=account,
            )


def test_both_sources_are_read_as_one_list_without_double(journal: Engine) -> None:
    fill(journal)
    mine = [seq for seq in range(70, 0, -1) if (seq - 1) % 7 < 5]
    with reading(journal) as session:
        assert [one.seq for one in all_entries(session, READER)] == mine
        assert len(list(all_lines(session, READER))) == len(mine)
        read, before, pages = [], None, 0
        while True:
            read += [one.seq for one in entries_of(session, MY_ACCOUNT, ME, before=before, limit=PAGE)]
            page = read_page(session, READER, before)
            pages += 1
            if page.older is None:
                break
            before = page.older
        assert (read, pages) == (mine, 3)
        assert has_happened(session, MY_ACCOUNT, Event.SIGN_OUT_DONE)
        assert not has_happened(session, MY_ACCOUNT, Event.SIGN_IN_DONE)
        assert not has_happened(session, UUID(int=99), Event.SIGN_OUT_DONE)


def test_an_account_that_proves_nothing_of_its_person_reads_its_own_acts_alone(journal: Engine) -> None:
    fill(journal)
    acts = [seq for seq in range(70, 0, -1) if (seq - 1) % 7 in (0, 2, 3)]
    unproven = Reader(MY_ACCOUNT, ME, proven=False)
    with reading(journal) as session:
        assert [one.seq for one in all_entries(session, unproven)] == acts
        lines = list(all_lines(session, unproven))
        assert reader(session, MY_ACCOUNT) is None
    assert {line.note for line in lines} == {"", "Au sujet d’un enfant"}


def test_days_are_those_of_paris_and_each_line_says_whom_it_is_about(journal: Engine) -> None:
    fill(journal)
    with reading(journal) as session:
        page = read_page(session, READER, 50)
    days = [(day.isoformat(), len(lines)) for day, lines in page.days]
    assert days == [("2026-03-03", 13), ("2026-03-02", 7)]  # midnight in Paris is 23 h UTC
    notes = {line.note for _day, lines in page.days for line in lines}
    assert notes == {"", "Depuis un autre compte", "Au sujet d’un enfant"}


def many(journal: Engine, count: int) -> None:
    """One entry of mine in two hundred, the rest of others; nobody checks the chain of these."""
    rows = [
        {
            "seq": 1000 + number,
            "at": START,
            "event": str(Event.SIGN_OUT_DONE),
            "beneficiary_id": (ME, CHILD)[number % 200 > 0],
            "account_id": (MY_ACCOUNT, OTHER_ACCOUNT)[number % 200 > 0],
            "sealed": None,
            "mac": bytes(32),
        }
        for number in range(count)
    ]
    with writing(journal) as session:
        session.execute(insert(JournalEntry), rows)


@pytest.fixture
def statements(journal: Engine) -> Iterator[list[str]]:
    """What is sent to the database."""
    sent: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(journal, "before_cursor_execute", listen)
    yield sent
    event.remove(journal, "before_cursor_execute", listen)


def test_one_query_by_index_for_ten_and_for_many(journal: Engine, statements: list[str]) -> None:
    many(journal, 12_000)
    with reading(journal) as session:
        statements.clear()
        for account_id, before, found in (
            (UUID(int=99), None, 0),
            (MY_ACCOUNT, None, 20),
            (MY_ACCOUNT, 5_000, 20),
        ):
            statements.clear()
            page = read_page(session, Reader(account_id, ME if found else UUID(int=98), proven=True), before)
            assert sum(len(lines) for _day, lines in page.days) == found
            assert len(statements) == 1
    plan = explain(journal, statements[-1])
    assert plan
    assert not re.search(r"Seq Scan on journal|SCAN journal(?! USING (COVERING )?INDEX)", plan), plan
    assert len(set(re.findall(r"ix_journal_(account|beneficiary)_id", plan))) == 2, plan


def explain(journal: Engine, statement: str) -> str:
    """The plan, with ids and numbers in the place of parameters."""
    postgres = journal.dialect.name == "postgresql"
    written = re.sub(r"%\(account_id[^)]*\)s(::\w+)?", f"'{MY_ACCOUNT}'::uuid", statement)
    written = re.sub(r"%\(beneficiary_id[^)]*\)s(::\w+)?", f"'{ME}'::uuid", written)
    written = re.sub(r"%\(before[^)]*\)s(::\w+)?", "5000", written)
    written = re.sub(r"%\(limit[^)]*\)s(::\w+)?", "21", written)
    with journal.connect() as connection:
        if postgres:
            connection.execute(text("ANALYZE journal"))
            rows = connection.exec_driver_sql("EXPLAIN " + written)
        else:
            marks = tuple([21] * statement.count("?"))
            rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, marks)
        return "\n".join(str(tuple(row)[-1]) for row in rows)
