"""Tables on a terminal, and verdicts: a bar is never hidden by a looser one."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

missed: list[str] = []
"""What this run found above its bar; said again at its end."""


def heading(words: str) -> None:
    print(f"\n== {words}")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print columns: the first to the left, the others to the right."""
    texts = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(heads))]
    for row in texts:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([row[0].ljust(widths[0]), *others]) if first else "")


def against(what: str, value: float, bar: float, lowest: float | None = None) -> str:
    """Say whether a value keeps its bar (at most `bar`, at least `lowest`); remember it when it does not."""
    kept = value <= bar and (lowest is None or value >= lowest)
    span = f"{number(bar)}" if lowest is None else f"{number(lowest)} to {number(bar)}"
    if not kept:
        missed.append(f"{what}: {number(value)}, bar {span}")
    return "ok" if kept else f"ABOVE {span}" if value > bar else f"BELOW {span}"


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def auc(ones: Sequence[float], others: Sequence[float]) -> float:
    """Chance that one of `ones` is longer than one of `others`: 0.5 when nothing can be told from the time."""
    ranked = sorted([(value, 1) for value in ones] + [(value, 0) for value in others])
    places: dict[float, list[int]] = {}
    for place, (value, _kind) in enumerate(ranked, 1):
        places.setdefault(value, []).append(place)
    ranks = sum(statistics.fmean(places[value]) for value in ones)
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))
