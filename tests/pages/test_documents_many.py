"""Documents of whoever has very many: the same number of queries, lists by an index, a search that goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, insert, text

from tests.pages.test_documents import shown
from tests.pages.test_inbox_many import queries
from tests.services.test_inbox import reached
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.documents import service, walks
from webapp.documents.latest import latest
from webapp.documents.models import Document
from webapp.documents.rules import Media
from webapp.documents.searching import search
from webapp.documents.service import Wanted
from webapp.documents.storage import new_file_name
from webapp.values.clock import paris_day
from webapp.web.states import World

DOCUMENTS = walks.DOCUMENTS


def pour(world: World, count: int) -> None:
    """Rows without files: lists never open any."""
    now = world.app.extensions["clock"]()
    with writing(world.app.extensions["engine"]) as session:
        person = reached(session, world).id
        rows: list[dict[str, Any]] = []
        for number in range(count):
            row_id = uuid4()
            rows.append(
                {
                    "id": row_id,
                    "beneficiary_id": person,
                    "category": walks.CATEGORIES[number % 6],
                    "dated_on": paris_day(now) - timedelta(days=number % 4_000),
                    "sealed": current_vault().seal("documents", row_id, {"name": f"Compte rendu {number}"}),
                    "media": str(Media.PDF),
                    "size": 100_000,
                    "file": new_file_name(),
                    "account_id": person,
                    "added_at": now,
                    "deleted_at": now if number % 10 == 0 else None,
                }
            )
        session.execute(insert(Document), rows)
        if session.get_bind().dialect.name == "postgresql":  # SQLite is never told to
            session.execute(text("ANALYZE"))


def test_as_many_queries_for_two_hundred_documents_as_for_ten_thousand(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Le premier de tous")
    address = walks.first(world)
    world.walker.open(f"{DOCUMENTS}/recherche").send(words="premier", category="10", dated="2026")
    counts = []
    for more in (200, 9_800):
        pour(world, more)
        pages = (
            DOCUMENTS,
            f"{DOCUMENTS}/corbeille",
            f"{DOCUMENTS}/recherche",
            f"{DOCUMENTS}/ajouter",
            address,
        )
        counts.append([queries(world, one) for one in pages])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 4, counts
    assert shown(world, f"{DOCUMENTS}/recherche") == ["Le premier de tous"]
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        seen.append((statement, given))

    engine = world.app.extensions["engine"]
    with reading(engine) as session:
        space = reached(session, world)
        middle = service.listed(session, space).older
        last = service.in_bin(session, space).older
        day = paris_day(world.app.extensions["clock"]())
        event.listen(engine, "before_cursor_execute", note)
        latest(session, space, 3)
        service.in_bin(session, space, last)
        service.listed(session, space, middle)
        for wanted in (Wanted("10"), Wanted("", day, day), Wanted("10", day, day)):
            session.execute(service.newest_first(space, wanted, middle).limit(21))
        event.remove(engine, "before_cursor_execute", note)
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        plans = [
            "\n".join(
                str(tuple(line)) for line in session.connection().exec_driver_sql(explain + said, given)
            )
            for said, given in seen
        ]
    assert len(plans) == 6
    for plan in plans:
        assert "ix_documents_" in plan, plan
        for slow in ("Seq Scan on documents", "SCAN documents"):
            assert slow not in plan, plan


def test_a_search_looks_through_so_many_and_goes_on_from_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.documents.searching.LOOKED_THROUGH", 5)
    walks.enter(world)
    walks.put(world, *(f"Feuille {number}" for number in range(11)), "Le dernier")
    with reading(world.app.extensions["engine"]) as session:
        space, pages, before = reached(session, world), [], None
        while True:
            page = search(session, space, Wanted(), "dernier", before)
            pages.append(len(page.documents))
            before = page.older
            if before is None:
                break
    assert pages == [0, 0, 1]
    world.walker.open(f"{DOCUMENTS}/recherche").send(words="dernier")
    assert "Rien dans les documents les plus récents." in world.walker.page.text
    world.walker.click("Chercher plus loin")
    world.walker.click("Chercher plus loin")
    assert "Le dernier" in world.walker.page.text
