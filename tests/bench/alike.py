"""Whether a known identifier can be told from an unknown one by the time of an answer: sign-in, forgotten password.

Tries of both kinds in turn, wall time of the answer to the form. Status, headers and text are compared by tests.
"""

from __future__ import annotations

from tests.bench.places import Browser, place
from tests.bench.tables import heading, table
from tests.bench.timing import compare, postgres_place, tries
from webapp.account import walks
from webapp.web.states import World

TRIES = 500
WRONG = "Autre-chose-1"
SIGN_IN = {
    "known identifier": {"identifier": walks.IDENTIFIER, "password": WRONG, "channel": "email"},
    "unknown identifier": {"identifier": "personne.00", "password": WRONG, "channel": "email"},
}
FORGOTTEN = {
    "known, forgotten": {"identifier": walks.IDENTIFIER},
    "unknown, forgotten": {"identifier": "personne.00"},
}


def _measure(world: World, browser: Browser, database: str) -> list[tuple[object, ...]]:
    walks.make_account(world)
    rows: list[tuple[object, ...]] = []
    for path, kinds, status in (("/connexion", SIGN_IN, 422), ("/mot-de-passe-oublie", FORGOTTEN, 303)):
        times = tries(world, browser, path, kinds, TRIES, dict.fromkeys(kinds, status))
        one, other = kinds
        rows += compare(database, times, (one, other))
    return rows


def run() -> None:
    heading(f"Known and unknown identifiers ({TRIES} tries of each, in turn)")
    rows: list[tuple[object, ...]] = []
    for database, opened in {"SQLite": place(), "PostgreSQL": postgres_place()}.items():
        with opened as (world, browser):
            rows += _measure(world, browser, database)
    table(("database", "one", "other", "median ms", "median ms", "AUC", ""), rows)
