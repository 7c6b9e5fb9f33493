"""A plot keeps what a curve shows: its ends, its lowest and its highest, on paper of 320 units."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webapp.profile.plot import BOTTOM, LEFT, MOST_POINTS, RIGHT, TOP, Plot, Series, draw
from webapp.profile.thinning import thin

DAY = date(2020, 1, 1)
VALUES = st.floats(0.1, 15_000, allow_nan=False)
CURVES = st.lists(st.tuples(st.integers(0, 5_000), VALUES), min_size=1, max_size=400).map(
    lambda points: sorted((float(at), value) for at, value in points)
)


@given(CURVES, st.integers(4, 60))
def test_fewer_points_keep_the_ends_and_the_extremes(points: list[tuple[float, float]], most: int) -> None:
    kept = thin(points, most)
    assert len(kept) <= most
    left = iter(points)
    assert all(point in left for point in kept), "in their order"
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    values, before = [value for _at, value in kept], [value for _at, value in points]
    assert (min(values), max(values)) == (min(before), max(before))
    if len(points) <= most:
        assert kept == points


@given(st.lists(st.tuples(st.integers(0, 4_000), VALUES), min_size=2, max_size=300))
def test_every_curve_stays_on_the_paper(measures: list[tuple[int, float]]) -> None:
    plot = drawn([(DAY + timedelta(days=at), value) for at, value in sorted(measures)])
    places = list(walked(plot.curves[0].path))
    assert len(places) <= MOST_POINTS
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in places)
    assert [x for x, _y in places] == sorted(x for x, _y in places)
    heights = [int(tick.y) for tick in plot.ticks]
    assert (heights[0], heights[-1]) == (BOTTOM, TOP)
    assert 2 <= len(heights) <= 7
    assert all(len(tick.words) <= 6 for tick in plot.ticks), "there is room for so many signs"


def test_a_plot_is_read_out() -> None:
    plot = drawn([(DAY, 70.0), (date(2020, 2, 3), 72.5), (date(2020, 3, 1), 71.0)])
    assert plot.words == (
        "3 mesures\u202f; première\u202f: 70.0, le 1er\u00a0janvier 2020"
        "\u202f; dernière\u202f: 71.0, le 1er\u00a0mars 2020"
        "\u202f; la plus basse\u202f: 70.0, le 1er\u00a0janvier 2020"
        "\u202f; la plus haute\u202f: 72.5, le 3\u00a0février 2020."
    )
    assert (plot.first, plot.last) == ("01/01/2020", "01/03/2020")
    assert [tick.words for tick in plot.ticks] == ["70", "71", "72", "73"]
    assert len(plot.curves[0].dots) == 3


def test_ten_thousand_measures_weigh_little_and_keep_the_day_that_stood_out() -> None:
    measures = [(DAY + timedelta(days=place // 4), 70 + place % 7 / 10) for place in range(10_000)]
    measures[6_001] = (measures[6_001][0], 140.0)
    plot = drawn(measures)
    assert len(plot.curves[0].path) < 900
    assert min(y for _x, y in walked(plot.curves[0].path)) <= TOP + (BOTTOM - TOP) / 7
    assert plot.words.startswith("10\u202f000 mesures")
    assert "la plus haute\u202f: 140.0" in plot.words


def test_measures_of_one_day_stand_one_after_the_other() -> None:
    places = list(walked(drawn([(DAY, 1.0), (DAY, 3.0), (DAY, 2.0)]).curves[0].path))
    assert [x for x, _y in places] == [LEFT, (LEFT + RIGHT) // 2, RIGHT]


def test_one_measure_is_no_curve() -> None:
    assert draw(Series("Poids", ("",), [(DAY, (70.0,))], str)) is None


def drawn(measures: list[tuple[date, float]]) -> Plot:
    series = Series(
        "Poids, en kg",
        ("",),
        [(day, (value,)) for day, value in measures],
        lambda place: str(measures[place][1]),
    )
    plot = draw(series)
    assert plot is not None
    return plot


def walked(path: str) -> list[tuple[int, int]]:
    """Where the pen goes."""
    numbers = [int(one) for one in re.findall(r"-?\d+", path)]
    (x, y), places = numbers[:2], [(numbers[0], numbers[1])]
    for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + across, y + down
        places.append((x, y))
    return places
