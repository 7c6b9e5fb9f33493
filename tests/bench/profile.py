"""The medical profile of somebody with 10,000 measures: as many queries as with ten, and at most 1.3 times the time.

The page that draws every measure opens each of them: what that costs is shown, without a bar.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from sqlalchemy import Engine, event, text

from tests.bench.places import Browser, fill, place
from tests.bench.tables import against, heading, table
from tests.support.postgres import throwaway_cluster
from webapp.account import walks
from webapp.profile.rules import PLOTTED, Kind
from webapp.profile.walks import measured
from webapp.web.states import World

SMALL, LARGE, CALLS, BAR, MOST = PLOTTED + 1, 10_000, 40, 1.3, 4
WEIGHT = "/profil-medical/poids"
PAGES = {"the profile": "/profil-medical", "weights and their plot": WEIGHT, "home": "/accueil"}
WHOLE = {"every weight on one plot": f"{WEIGHT}/courbe"}


def _cost(browser: Browser, engine: Engine, address: str) -> tuple[float, int, int]:
    """Return milliseconds (median), queries, and bytes on the wire of a page."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    browser.fetch("GET", address, None)
    event.remove(engine, "before_cursor_execute", note)
    times = []
    for _ in range(CALLS if address not in WHOLE.values() else 5):
        start = time.perf_counter()
        browser.client.get(address)
        times.append(time.perf_counter() - start)
    reads = sum(one.lstrip("( ").startswith("SELECT") for one in seen)
    return statistics.median(times) * 1_000, reads, browser.hits[-1].wire


def _measure(name: str, world: World, browser: Browser) -> list[tuple[object, ...]]:
    engine: Engine = world.app.extensions["engine"]
    walks.make_account(world)
    walks.sign_in(world)
    found: list[dict[str, Any]] = []
    for count in (SMALL, LARGE - SMALL):
        measured(world, Kind.HEIGHT, [{"value": 172}])
        measured(
            world, Kind.WEIGHT, ({"value": 70_000 + place * 37 % 900} for place in range(count)), every=1
        )
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))
        found.append({what: _cost(browser, engine, at) for what, at in (PAGES | WHOLE).items()})
    rows: list[tuple[object, ...]] = []
    for what in PAGES | WHOLE:
        (few, reads, _), (many, reads_of_many, wire) = (one[what] for one in found)
        verdict = against(f"queries of {what} on {name}", reads_of_many, min(reads, MOST))
        if what in PAGES:
            verdict = against(f"time of {what} on {name}", many / few, BAR)
        rows.append(
            (
                f"{what}, {name}",
                f"{few:.1f}",
                f"{many:.1f}",
                f"{many / few:.2f}",
                reads_of_many,
                wire,
                verdict,
            )
        )
    return rows


def run() -> None:
    heading(f"The profile of whoever has {SMALL:,} and {LARGE:,} weights (milliseconds, median)")
    with place() as (world, browser):
        rows = _measure("SQLite", world, browser)
    with throwaway_cluster() as url, place(url) as (world, browser):
        fill(world.app)
        rows += _measure("PostgreSQL", world, browser)
    table(("page", "few", "many", "×", "queries", "bytes", ""), rows)
