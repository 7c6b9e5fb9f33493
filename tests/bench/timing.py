"""Whether the time of an answer tells what it must not: identification, known and unknown people.

Tries of both kinds in turn, wall time of the answer to the form. 0.5 means that nothing can be told.
The counters of failures are emptied between tries, untimed: a wait would answer neither.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import delete

from tests.bench.places import Browser, fill, place
from tests.bench.tables import against, auc, heading, table
from tests.support.postgres import throwaway_cluster
from webapp.activation import walks
from webapp.db.work import writing
from webapp.limits.models import Counter
from webapp.web.states import World

TRIES = 200
LOW, HIGH = 0.45, 0.55
RIGHT = walks.identity(walks.ADULT)
WRONG_SERIAL = RIGHT | {"card_serial": "40157829635"}
UNKNOWN = RIGHT | {"nir": "287047599019955"}
"""A number that nobody in the registry has, its key right."""


def tries(
    world: World,
    browser: Browser,
    path: str,
    kinds: dict[str, dict[str, str]],
    count: int,
    statuses: dict[str, int],
) -> dict[str, list[float]]:
    """Send each kind in turn from a browser without memory; return wall milliseconds, and check what was answered."""
    times: dict[str, list[float]] = {name: [] for name in kinds}
    engine = world.app.extensions["engine"]
    for number in range(count + 10):
        for name, fields in kinds.items():
            if not path.endswith("representant"):  # which needs a proven code
                browser.client.delete_cookie("visite")
            browser.client.delete_cookie("appareil")  # a browser that signed in before is counted apart
            world.walker.open(path)
            form = world.walker.form(*fields)
            with writing(engine) as session:
                session.execute(delete(Counter))
            start = time.perf_counter()
            browser.fetch("POST", path, {**form.fields, **fields})
            if number >= 10:
                times[name].append((time.perf_counter() - start) * 1e3)
            assert browser.hits[-1].status == statuses.get(name, 422), (name, browser.hits[-1])
            browser.hits.clear()
    return times


@contextmanager
def postgres_place() -> Iterator[tuple[World, Browser]]:
    """A filled place on a PostgreSQL server of our own."""
    with throwaway_cluster() as url, place(url) as (world, browser):
        fill(world.app)
        yield world, browser


def _guardian(world: World) -> str:
    """Walk to where an account is asked for, with one account in the database."""
    walks.parent_account(world)
    world.walker.send(decision="activate")
    return "/activation/representant"


ACCOUNTS = {
    "known identifier": {"identifier": walks.IDENTIFIER, "password": "Autre-chose-1"},
    "unknown identifier": {"identifier": "personne.00", "password": "Autre-chose-1"},
}


def run() -> None:
    heading(f"What the time of an answer tells ({TRIES} tries of each kind, in turn)")
    rows: list[tuple[object, ...]] = []
    for database, opened in {"SQLite": place(), "PostgreSQL": postgres_place()}.items():
        with opened as (world, browser):
            kinds = {"match": RIGHT, "wrong serial": WRONG_SERIAL, "unknown number": UNKNOWN}
            times = tries(world, browser, "/activation/nouveau-code", kinds, TRIES, {"match": 303})
            rows += compare(database, times, ("match", "wrong serial"), ("wrong serial", "unknown number"))
            path = _guardian(world)
            times = tries(world, browser, path, ACCOUNTS, TRIES // 2, {})
            rows += compare(database, times, ("known identifier", "unknown identifier"))
    table(("database", "one", "other", "median ms", "median ms", "AUC", ""), rows)


def compare(
    database: str, times: dict[str, list[float]], *pairs: tuple[str, str]
) -> list[tuple[object, ...]]:
    """Return a row for each pair: medians, area under the curve, verdict."""
    rows: list[tuple[object, ...]] = []
    for one, other in pairs:
        area = auc(times[one], times[other])
        verdict = against(f"timing of {one} and {other}, {database}", area, HIGH, LOW)
        middles = (f"{statistics.median(times[name]):.1f}" for name in (one, other))
        rows.append((database, one, other, *middles, f"{area:.2f}", verdict))
    return rows
