"""Fewer points of a curve, without losing what it shows. Plain values only."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
"""Where on the line of time, and the value."""


def thin(points: Sequence[Point], most: int) -> list[Point]:
    """Return at most `most` (4 or more) of these points, in their order, which is that of time.

    The first, the last, a lowest and a highest one always stay: the span of time is cut into equal stretches, and of
    each its lowest and its highest point are kept. With `most` points or fewer, all of them stay.
    """
    if len(points) <= most:
        return list(points)
    stretches = (most - 2) // 2
    start, end = points[0][0], points[-1][0]
    span = (end - start) or 1.0
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    for place, (at, value) in enumerate(points):
        stretch = min(int((at - start) / span * stretches), stretches - 1)
        if stretch not in low or value < points[low[stretch]][1]:
            low[stretch] = place
        if stretch not in high or value > points[high[stretch]][1]:
            high[stretch] = place
    kept = {0, len(points) - 1, *low.values(), *high.values()}
    return [points[place] for place in sorted(kept)]
