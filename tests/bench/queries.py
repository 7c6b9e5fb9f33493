"""Statements per page: what a page reads, whatever the state; the visit included."""

from __future__ import annotations

from tests.bench.survey import survey
from tests.bench.tables import against, heading, table

MOST = 4


def run() -> None:
    heading("Statements for a page (answers to forms, whose acts write, are shown without a bar)")
    rows: list[tuple[object, ...]] = []
    for seen in survey():
        if seen.hit is None:
            rows.append((seen.state.name, "", "", "", f"not reached: {seen.problem}"[:60]))
            continue
        page = seen.hit.method == "GET"
        verdict = against(f"queries of {seen.state.name}", seen.reads, MOST) if page else ""
        rows.append((seen.state.name, seen.hit.method, seen.reads, seen.writes, verdict))
    table(("state", "request", "reads", "writes", ""), rows)
