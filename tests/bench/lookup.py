"""Finding a person by what is on a card: the same time and the same index at 10,000 cards and at 200,000."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from tests.bench.places import START, fill, place
from tests.bench.tables import against, heading, table
from tests.support.postgres import throwaway_cluster
from webapp.activation.walks import ADULT
from webapp.beneficiaries.models import Beneficiary, Card
from webapp.beneficiaries.service import find_cards
from webapp.values.ids import new_id

SMALL, LARGE, CALLS, BAR = 10_000, 100_000, 300, 1.3
ASK = "SELECT id FROM cards WHERE identity_index = :index"


def grow(connection: Connection, count: int) -> None:
    """Add cards of one more person: random indexes, as blind ones are."""
    person = new_id()
    blob = os.urandom(32)
    row: dict[str, Any] = {
        "id": person,
        "sealed": blob,
        "department": "75",
        "content_digest": blob,
        "registered_at": START,
        "changed_at": START,
    }
    connection.execute(Beneficiary.__table__.insert(), [row])  # type: ignore[attr-defined]
    filler = os.urandom(300)
    for start in range(0, count, 10_000):
        rows = [
            {
                "id": new_id(),
                "beneficiary_id": person,
                "place_index": os.urandom(32),
                "identity_index": os.urandom(32),
                "insured_index": os.urandom(32),
                "scheme": "CPAM",
                "sealed": filler,
                "content_digest": blob,
                "changed_at": START,
            }
            for _ in range(min(10_000, count - start))
        ]
        connection.execute(Card.__table__.insert(), rows)  # type: ignore[attr-defined]


def look(engine: Engine) -> float:
    """Median CPU and wait of one look-up, in microseconds."""
    times = []
    with Session(engine) as session:
        for _ in range(CALLS):
            start = time.perf_counter()
            find_cards(session, ADULT.nir, ADULT.birth_date, ADULT.card_type, "40157829635")
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def plan(connection: Connection) -> str:
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    rows = connection.execute(text(explain + ASK), {"index": os.urandom(32)}).all()
    return " / ".join(str(row[-1]).strip() for row in rows)[:100]


def _measure(name: str, engine: Engine) -> list[tuple[object, ...]]:
    found: list[float] = []
    for count in (SMALL, LARGE - SMALL):
        with engine.execution_options(writing=True).begin() as connection:
            grow(connection, count)
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))
        found.append(look(engine))
    with engine.connect() as connection:
        words = plan(connection)
    indexed = (
        "identity_index" in words and "Seq Scan" not in words and "SCAN" not in words.replace("SEARCH", "")
    )
    against(f"index used on {name}", 0 if indexed else 1, 0)
    verdict = against(f"look-up on {name}", found[1] / found[0], BAR)
    return [
        (name, f"{found[0]:,.0f}", f"{found[1]:,.0f}", f"{found[1] / found[0]:.2f}", verdict),
        (words, "", "", "", ""),
    ]


def run() -> None:
    heading(f"Finding a card by identity (microseconds, median of {CALLS}): {SMALL:,} and {LARGE:,} cards")
    rows: list[tuple[object, ...]] = []
    with place() as (world, _browser):
        rows += _measure("SQLite", world.app.extensions["engine"])
    with throwaway_cluster() as url, place(url) as (world, _browser):
        fill(world.app)
        rows += _measure("PostgreSQL", world.app.extensions["engine"])
    table(("database and plan", "small", "large", "×", ""), rows)
