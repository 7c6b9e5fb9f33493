"""Finding a medicine among all of them, as one types: the bar is 30 ms, on both databases."""

from __future__ import annotations

import statistics
import time

from sqlalchemy import Engine, text

from tests.bench.places import place
from tests.bench.tables import against, heading, table
from tests.support.postgres import throwaway_cluster
from webapp.db.migrate import upgrade
from webapp.db.work import reading, writing
from webapp.medicines.loading import load
from webapp.medicines.service import search

BAR_MS, CALLS = 30.0, 15
TYPED = (
    *("do", "dolip", "doliprane 1000", "paracétamol", "comp", "comprimé pelliculé", "vitamine c"),
    *("amoxicilline acide clav 500", "ventoline 100", "insuline", "xyz"),
)


def _times(engine: Engine) -> list[float]:
    middles = []
    for typed in TYPED:
        times = []
        for _ in range(CALLS):
            with reading(engine) as session:
                start = time.perf_counter()
                search(session, typed, 8)
                times.append(time.perf_counter() - start)
        middles.append(statistics.median(times) * 1e3)
    return middles


def _measure(name: str, engine: Engine) -> tuple[float, list[float]]:
    start = time.perf_counter()
    with writing(engine) as session:
        loaded = load(session)
    seconds = time.perf_counter() - start
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    print(f"{name}: {loaded.medicines:,} medicines loaded in {seconds:.1f} s")
    return seconds, _times(engine)


def run() -> None:
    heading(f"Finding a medicine (milliseconds, median of {CALLS})")
    with place() as (world, _browser):
        _, sqlite = _measure("SQLite", world.app.extensions["engine"])
    with throwaway_cluster() as url, place(url) as (world, _browser):
        upgrade(world.app.extensions["engine"])
        _, postgres = _measure("PostgreSQL", world.app.extensions["engine"])
    rows = [
        (typed, f"{one:.1f}", f"{other:.1f}", against(f"search for {typed}", max(one, other), BAR_MS))
        for typed, one, other in zip(TYPED, sqlite, postgres, strict=True)
    ]
    table(("typed", "SQLite", "PostgreSQL", ""), rows)
