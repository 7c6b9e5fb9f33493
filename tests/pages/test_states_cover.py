"""The states together: a page that is in none of them fails, and so does one that grew.

`RENEW=1 python -m pytest tests/pages/test_states_cover.py` writes the table of weights again: read its difference.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.arrival import Ground
from webapp.config import CHECKOUT
from webapp.features import all_states

TABLE = Path(__file__).with_name("weights.json")
BARS = {"first": 4_800, "form": 3_500, "prose": 8_000, "fragment": 800}
"""Bytes on the wire with brotli level 5, by kind of page."""
pytestmark = pytest.mark.xdist_group("all states")  # one process looks at them all
NOT_PAGES = {
    "public.alive": "for machines",
    "public.ready": "for machines",
    "public.robots": "for machines",
    "public.no_icon": "for browsers of another age",
    "summary.sheet_file": "a PDF, tested with the others",
    "summary.card_file": "a PDF, tested with the others",
    "ips.download": "a file for machines, tested with the others",
    "receipts.published_keys": "a text file",
    "activation.receipt_file": "a PDF, tested with the others",
    "documents.file": "a file, tested with the documents",
    "documents.download": "likewise",
    "closing.receipt_file": "a PDF, tested with the others",
}
NOT_OF_PAGES = ("letters/", "pdf/", "components/", "archive/file/")
"""Folders of templates that are not shown by a route; components are seen through the pages."""


@dataclass
class Reached:
    """What all the states together reach."""

    endpoints: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    weights: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def reached(ground: Ground) -> Reached:
    """Every state, reached once."""
    found = Reached()
    for state in all_states():
        arrival = ground.look(state)
        found.endpoints.add(arrival.page.endpoint or "")
        found.templates |= arrival.templates
        found.weights[state.name] = arrival.page.weight
    if os.environ.get("RENEW"):
        TABLE.write_text(json.dumps(dict(sorted(found.weights.items())), indent=1) + "\n")
    return found


def test_every_page_is_in_a_state(ground: Ground, reached: Reached) -> None:
    pages = {rule.endpoint for rule in ground.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - reached.endpoints - set(NOT_PAGES) == set()
    assert set(NOT_PAGES) <= pages


def test_every_template_is_in_a_state(reached: Reached) -> None:
    names = {
        path.relative_to(CHECKOUT / "templates").as_posix() for path in CHECKOUT.glob("templates/**/*.html")
    }
    names = {name for name in names if not name.startswith(NOT_OF_PAGES) and name != "layouts/print.html"}
    assert names - reached.templates == set()


def test_no_page_is_too_heavy(reached: Reached) -> None:
    """Later visits of each state, the first one of the front door."""
    heavy = {state.name: reached.weights[state.name] for state in all_states()}
    assert {
        state.name: heavy[state.name] for state in all_states() if heavy[state.name] > BARS[state.kind]
    } == {}


def test_no_page_grew(reached: Reached) -> None:
    """Five per cent and forty bytes are the play of random tokens and of padding."""
    table: dict[str, int] = json.loads(TABLE.read_text())
    assert set(table) == set(reached.weights), "RENEW=1 writes the table again"
    grown = {
        name: (table[name], weight)
        for name, weight in reached.weights.items()
        if weight > table[name] * 1.05 + 40
    }
    assert grown == {}


def test_a_first_visit_costs_three_requests(ground: Ground) -> None:
    """The front door with its stylesheet inside; then the stylesheet for later, nothing else of weight."""
    arrival = ground.arrive(all_states()[0], first_visit=True)
    assert arrival.page.weight <= BARS["first"]
    assert arrival.page.body.count("<style") == 1
    assert 'rel="stylesheet"' not in arrival.page.body
