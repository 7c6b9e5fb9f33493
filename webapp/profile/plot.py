"""The plot of a measure: what an SVG of 320 units draws of it, and how it is read out. Plain values only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from webapp.profile.thinning import Point, thin
from webapp.values.clock import french_date
from webapp.values.french import NARROW_SPACE, plural, typeset

WIDTH, HEIGHT = 320, 200
LEFT, RIGHT, TOP, BOTTOM = 46, 314, 34, 172
"""Where the curve lies: room for the numbers on its left, for the unit above it, for the days below it."""
MOST_POINTS = 120
"""Points of one line: a pair for every five units of width, finer than the line is thick."""
_MARKED = 12
"""Up to so many measures, each has its dot."""


@dataclass(frozen=True)
class Tick:
    """A line across the plot and the number beside it."""

    y: str
    words: str


@dataclass(frozen=True)
class Curve:
    """One line: its path, the dots on it, and the name it is read out with (empty when it is the only one)."""

    path: str
    dots: tuple[tuple[str, str], ...]
    name: str


@dataclass(frozen=True)
class Plot:
    """What the template draws, and what is said of it."""

    curves: tuple[Curve, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str
    title: str
    words: str


@dataclass(frozen=True)
class Series:
    """The measures of a plot, the oldest first: of each its day and the value of each line; `say`: one's words."""

    title: str
    names: tuple[str, ...]
    measures: Sequence[tuple[date, tuple[float, ...]]]
    say: Callable[[int], str]


def draw(series: Series) -> Plot | None:
    """Return the plot of a series; None for fewer than two measures, which make no line."""
    measures = series.measures
    if len(measures) < 2:
        return None
    times = _times([day for day, _values in measures])
    all_values = [value for _day, values in measures for value in values]
    steps = _steps(min(all_values), max(all_values))
    bottom, top = steps[0], steps[-1]

    def across(at: float) -> float:
        return LEFT + (RIGHT - LEFT) * at

    def down(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - float(bottom)) / float(top - bottom)

    curves = []
    for place, name in enumerate(series.names):
        points = thin([(at, one[1][place]) for at, one in zip(times, measures, strict=True)], MOST_POINTS)
        curves.append(_curve([(across(at), down(value)) for at, value in points], name))
    return Plot(
        tuple(curves),
        tuple(Tick(_short(down(float(step))), _number(step)) for step in steps),
        _month(measures[0][0]),
        _month(measures[-1][0]),
        series.title,
        describe(series),
    )


def describe(series: Series) -> str:
    """Say what the plot shows: how many measures, since when, the first, the last, the lowest and the highest."""
    places = range(len(series.measures))
    count = f"{len(places):,}".replace(",", NARROW_SPACE)
    of_value = sorted(places, key=lambda place: series.measures[place][1])
    told = {"première": 0, "dernière": -1, "la plus basse": of_value[0], "la plus haute": of_value[-1]}
    said = [f"{count} {plural(len(places), 'mesure', 'mesures')}"]
    said += [f"{name} : {_told(series, place)}" for name, place in told.items()]
    return typeset(" ; ".join(said) + ".")


def _told(series: Series, place: int) -> str:
    return f"{series.say(place)}, le {french_date(series.measures[place][0])}"


def _times(days: Sequence[date]) -> list[float]:
    """Return where each day lies, from 0 to 1; of one day alone, one after the other."""
    span = (days[-1] - days[0]).days
    if span == 0:
        return [place / (len(days) - 1) for place in range(len(days))]
    return [(day - days[0]).days / span for day in days]


def _steps(lowest: float, highest: float) -> list[Decimal]:
    """Return the three to six round numbers that hold all the values."""
    width = max(highest - lowest, abs(highest) * 0.02, 0.1)
    power = Decimal(10) ** floor(log10(width / 3))
    step = next(power * one for one in (1, 2, 5, 10) if width / 3 <= float(power * one) * 1.2)
    first, last = floor(Decimal(str(lowest)) / step), ceil(Decimal(str(highest)) / step)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def _curve(points: list[Point], name: str) -> Curve:
    """Write a path by steps from point to point, in whole units: shorter, and finer than a line is thick."""
    places = [(round(x), round(y)) for x, y in points]
    (x, y), path = places[0], f"M{places[0][0]} {places[0][1]}l"
    for there, level in places[1:]:
        path += f"{there - x} {level - y} "
        x, y = there, level
    dots = tuple((str(x), str(y)) for x, y in places) if len(places) <= _MARKED else ()
    return Curve(path.strip(), dots, name)


def _short(value: float) -> str:
    return f"{value:.0f}"


def _number(step: Decimal) -> str:
    plain = format(step, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _month(day: date) -> str:
    """ "03/2024": narrow enough for two of them below a plot of 320 units."""
    return f"{day.day:02}/{day.month:02}/{day.year}"
