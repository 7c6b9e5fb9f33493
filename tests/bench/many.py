"""Very many documents, messages and measures: of one person, and messages of everybody.

One person: 10,000 of each against 160 (fewer would not fill the first page of each list), the same queries and at most
1.3 times the time. Everybody: a million messages (100 for each of 10,000 people) against 10,000 (100 for each of 100).
Messages of others are random bytes: nobody opens them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Table, event, insert, select, text

from tests.bench.places import START, Browser, fill, place
from tests.bench.tables import against, heading, table
from tests.support.postgres import throwaway_cluster
from webapp.account import walks
from webapp.account.models import Account
from webapp.beneficiaries.models import Beneficiary
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.documents.models import Document
from webapp.documents.storage import new_file_name
from webapp.inbox.models import Message
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import PLOTTED, Kind
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.web.states import World

FEW, MANY, CALLS, BAR, MOST = 160, 10_000, 80, 1.3, 4
MOST_OF = {"inbox": 2}
EACH, FEW_PEOPLE, ALL_PEOPLE, AT_ONCE = 100, 100, 10_000, 20_000
WORDS = {"subject": "Nouvelle du service", "body": "Un paragraphe.\n\nUn autre."}
WEIGHT = "/profil-medical/poids"
OF_ONE = {
    "home": "/accueil",
    "documents": "/documents",
    "bin": "/documents/corbeille",
    "document search": "/documents/recherche",
    "adding documents": "/documents/ajouter",
    "inbox": "/messagerie",
    "unread": "/messagerie/a-lire",
    "message search": "/messagerie/recherche",
    "archived": "/messagerie/archives",
    "profile": "/profil-medical",
    "weights and their plot": WEIGHT,
}
OF_ALL = {"inbox": "/messagerie", "unread mark": "/messagerie/non-lus", "home": "/accueil"}
Row = dict[str, Any]


def _sealed(model: Any, row_id: UUID, fields: Row) -> bytes:
    return current_vault().seal(model.__tablename__, row_id, fields)


def _message(person: UUID, number: int, sealed: Callable[[UUID], bytes]) -> Row:
    row_id, sent_at = new_id(), START - timedelta(minutes=7 * number + 1)
    row: Row = {"id": row_id, "beneficiary_id": person, "kind": "news", "sealed": sealed(row_id)}
    archived, read = number % 3 == 2, number % 5 > 0
    return row | {
        "sent_at": sent_at,
        "read_at": START if read or archived else None,
        "archived_at": START if archived else None,
        "confidential": False,
    }


def _document(person: UUID, account: UUID, number: int) -> Row:
    row_id = new_id()
    return {
        "id": row_id,
        "beneficiary_id": person,
        "category": ("10", "42", "31", "90")[number % 4],
        "dated_on": paris_day(START) - timedelta(days=number % 3_000),
        "sealed": _sealed(Document, row_id, {"name": f"Analyse de sang {number}"}),
        "media": "text/plain",
        "size": 2_000,
        "file": new_file_name(),
        "account_id": account,
        "added_at": START - timedelta(hours=number),
        "hidden": number % 50 == 0,
        "deleted_at": START - timedelta(minutes=number) if number % 4 == 3 else None,
        "confidential": False,
    }


def _weight(person: UUID, account: UUID, number: int) -> Row:
    row_id = new_id()
    return {
        "id": row_id,
        "entry_id": new_id(),
        "version": 1,
        "beneficiary_id": person,
        "kind": Kind.WEIGHT,
        "happened_on": paris_day(START) - timedelta(days=number),
        "sealed": _sealed(ProfileEntry, row_id, {"value": 70_000 + number * 37 % 900}),
        "account_id": account,
        "written_at": START,
    }


def _write(engine: Engine, model: Any, rows: Iterator[Row]) -> None:
    """Insert in one transaction, so many at once; then let the database count."""
    into: Table = model.__table__
    with engine.execution_options(writing=True).begin() as connection:
        while some := [row for _number, row in zip(range(AT_ONCE), rows, strict=False)]:
            connection.execute(insert(into), some)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))


def _costs(browser: Browser, engine: Engine, pages: dict[str, str]) -> dict[str, tuple[float, int]]:
    """Return milliseconds (the shortest time: neighbours only lengthen) and queries of each page.

    Pages are asked for by turns: a neighbour who is busy for a while meets them all alike.
    """
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    def ask(address: str) -> None:
        by_itself = {"HX-Request": "true"} if address == OF_ALL["unread mark"] else {}
        answer = browser.client.get(address, headers=by_itself)
        assert answer.status_code in (200, 204), (address, answer.status_code)

    reads: dict[str, int] = {}
    event.listen(engine, "before_cursor_execute", note)
    for page, address in pages.items():
        seen.clear()
        ask(address)
        reads[page] = sum(one.lstrip("( ").startswith("SELECT") for one in seen)
    event.remove(engine, "before_cursor_execute", note)
    shortest = dict.fromkeys(pages, float("inf"))
    for _ in range(CALLS):
        for page, address in pages.items():
            start = time.perf_counter()
            ask(address)
            shortest[page] = min(shortest[page], time.perf_counter() - start)
    return {page: (shortest[page] * 1_000, reads[page]) for page in pages}


def _compared(what: str, few: dict[str, Any], many: dict[str, Any]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for page, (before, reads) in few.items():
        after, reads_of_many = many[page]
        same = against(f"queries of {page}, {what}", reads_of_many, reads)
        bar = against(f"bar of queries of {page}, {what}", reads_of_many, MOST_OF.get(page, MOST))
        ratio = against(f"time of {page}, {what}", after / before, BAR)
        verdict = next((one for one in (same, bar, ratio) if one != "ok"), "ok")
        times = (f"{before:.1f}", f"{after:.1f}", f"{after / before:.2f}")
        rows.append((f"{page}, {what}", *times, f"{reads} → {reads_of_many}", verdict))
    return rows


def _who(world: World) -> tuple[UUID, UUID]:
    with reading(world.app.extensions["engine"]) as session:
        row = session.execute(select(Account.beneficiary_id, Account.id)).one()
    return row.beneficiary_id, row.id


def _sign_in(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)


def _of_one(name: str, world: World, browser: Browser) -> list[tuple[object, ...]]:
    _sign_in(world)
    engine, (person, account) = world.app.extensions["engine"], _who(world)
    found = []
    for first, last in ((0, FEW), (FEW, MANY)):
        numbers = range(first, last)
        said = (_message(person, one, lambda row_id: _sealed(Message, row_id, WORDS)) for one in numbers)
        _write(engine, Message, said)
        _write(engine, Document, (_document(person, account, one) for one in numbers))
        # The page of a part draws a year of measures: that many are there from the beginning.
        weights = range(first and PLOTTED + 1, max(last, PLOTTED + 1))
        _write(engine, ProfileEntry, (_weight(person, account, one) for one in weights))
        if not first:
            world.walker.open(OF_ONE["document search"]).send(words="analyse", category="10")
            world.walker.open(OF_ONE["message search"]).send(words="nouvelle")
        found.append(_costs(browser, engine, OF_ONE))
    return _compared(f"of one, {name}", *found)


def _strangers(count: int) -> Iterator[Row]:
    for _ in range(count):
        blob = os.urandom(32)
        row: Row = {"id": new_id(), "sealed": os.urandom(200), "department": "75", "content_digest": blob}
        yield row | {"registered_at": START, "changed_at": START}


def _of_all(name: str, world: World, browser: Browser) -> list[tuple[object, ...]]:
    _sign_in(world)
    engine, (person, _account) = world.app.extensions["engine"], _who(world)
    own = (_message(person, one, lambda row_id: _sealed(Message, row_id, WORDS)) for one in range(EACH))
    _write(engine, Message, own)
    found = []
    for count in (FEW_PEOPLE - 1, ALL_PEOPLE - FEW_PEOPLE):
        people = list(_strangers(count))
        _write(engine, Beneficiary, iter(people))
        start = time.monotonic()
        others = (
            _message(one["id"], number, lambda _row_id: os.urandom(180))
            for number in range(EACH)
            for one in people
        )
        _write(engine, Message, others)
        print(f"({name}: {count * EACH:,} messages written in {time.monotonic() - start:.0f} s)", flush=True)
        found.append(_costs(browser, engine, OF_ALL))
    return _compared(f"of all, {name}", *found)


def run() -> None:
    heads = ("page", "few", "many", "×", "queries", "")
    one = f"One person's {FEW} and {MANY:,} documents, messages and measures (milliseconds, the shortest)"
    all_of_them = (
        f"{FEW_PEOPLE * EACH:,} and {ALL_PEOPLE * EACH:,} messages of everybody (milliseconds, the shortest)"
    )
    for words, measure in ((one, _of_one), (all_of_them, _of_all)):
        heading(words)
        with place() as (world, browser):
            rows = measure("SQLite", world, browser)
        with throwaway_cluster() as url, place(url) as (world, browser):
            fill(world.app)
            rows += measure("PostgreSQL", world, browser)
        table(heads, rows)
