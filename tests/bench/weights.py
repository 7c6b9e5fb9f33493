"""What pages weigh on the wire: brotli as sent, bodies only, the random padding (0 to 32) included."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.places import Browser, Hit, place
from tests.bench.survey import survey
from tests.bench.tables import against, heading, table
from webapp.activation import walks
from webapp.web.assets import PREFIX
from webapp.web.states import World

BARS = {"first": 4_800, "form": 3_500, "prose": 8_000, "fragment": 800}
FIRST_VISIT, FIRST_REQUESTS, JOURNEY = 20_000, 3, 40_000


def states() -> None:
    heading("Weight of every page state, on a later visit (bytes, brotli)")
    rows: list[tuple[object, ...]] = []
    for seen in survey():
        state, hit = seen.state, seen.hit
        if hit is None:
            rows.append((state.name, "", "", "", f"not reached: {seen.problem}"[:60]))
            continue
        kind = "form" if state.kind == "first" else state.kind
        verdict = against(f"weight of {state.name}", hit.wire, BARS[kind])
        if hit.wire > 400 and hit.encoding != "br":
            verdict += ", NOT COMPRESSED"
        rows.append((state.name, hit.status, state.kind, hit.wire, verdict))
    table(("state", "status", "kind", "bytes", ""), rows)


def first_visit() -> Hit:
    """Print the first visit of the front door; return its page."""
    heading("First visit of the front door, cold cache")
    with place(statics=True) as (world, browser):
        world.walker.open("/")
        page, *others = browser.hits
        rows: list[tuple[object, ...]] = [
            (
                "/, stylesheet inside (blocks the paint)",
                page.wire,
                against("front door", page.wire, BARS["first"]),
            )
        ]
        rows += [(f"{hit.path} (for later)", hit.wire, "") for hit in others]
        known = {hit.path for hit in others}
        for name in ("space.js", "icon.svg"):
            address = PREFIX + world.app.extensions["assets"].names[name]
            if address not in known:
                world.walker.open(address)
                rows.append((f"{address} (not asked for here; the next pages do)", browser.hits[-1].wire, ""))
        total = sum(hit.wire for hit in browser.hits)
        rows.append(("all of it", total, against("first visit", total, FIRST_VISIT)))
        asked = 1 + len(others)
        rows.append(("requests of the first visit", asked, against("requests", asked, FIRST_REQUESTS)))
        table(("what", "bytes", ""), rows)
    return page


def _open(world: World) -> None:
    walks.open_space(world)


def _oppose(world: World) -> None:
    walks.oppose(world)
    world.walker.click("Voir le justificatif")


def _change(world: World) -> None:
    walks.oppose(world)
    world.walker.open("/")
    walks.open_space(world)


TWO_JOURNEYS = "oppose, then change of mind"

JOURNEYS: dict[str, Callable[[World], None]] = {
    "open my space": _open,
    "oppose, and the receipt": _oppose,
    TWO_JOURNEYS: _change,
}


def journeys() -> None:
    heading("Whole journeys from a cold cache, all files included")
    rows: list[tuple[object, ...]] = []
    for name, walk in JOURNEYS.items():
        with place(statics=True) as (world, browser):
            world.walker.open("/")
            walk(world)
            bar = 2 * JOURNEY if name == TWO_JOURNEYS else JOURNEY
            rows.append((name, *_sums(browser), against(name, _total(browser), bar)))
    table(("journey", "requests", "pages", "redirects", "files", "bytes", ""), rows)


def _total(browser: Browser) -> int:
    return sum(hit.wire for hit in browser.hits)


def _sums(browser: Browser) -> tuple[int, int, int, int, int]:
    files = [hit for hit in browser.hits if hit.path.startswith(PREFIX)]
    moves = [hit for hit in browser.hits if hit.status in (302, 303)]
    pages = len(browser.hits) - len(files) - len(moves)
    return len(browser.hits), pages, len(moves), len(files), _total(browser)


def run() -> None:
    first_visit()
    states()
    journeys()
