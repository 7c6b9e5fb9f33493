"""What pages show of measures beside their words: the plot, and the body mass index of weights."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from webapp.family.here import current_space
from webapp.profile.body_mass import body_mass_index, height_for, say_index, say_range
from webapp.profile.listing import Reading, readings
from webapp.profile.measures import MEASURES
from webapp.profile.plot import Plot, Series, draw
from webapp.profile.rules import Kind
from webapp.profile.words import Part
from webapp.web.work import db

_HEIGHTS = 50
"""Heights that weights are read with, at most."""


def plot_of(part: Part, newest_first: Sequence[Reading]) -> Plot | None:
    """Draw these measures; None when there are too few for a line."""
    one, oldest_first = MEASURES[part.kind], newest_first[::-1]
    lines = [value for _name, value in one.lines]
    measures = [(each.day, tuple(value(each.said) for value in lines)) for each in oldest_first]
    return draw(
        Series(
            f"{part.title}, {one.unit}",
            tuple(name for name, _value in one.lines),
            measures,
            lambda place: one.say(oldest_first[place].said),
        )
    )


def indexes(part: Part, weights: Sequence[Reading]) -> dict[UUID, tuple[str, str]]:
    """Return the body mass index of each weight, and what is said of it; of what is no weight, nothing."""
    if part.kind is not Kind.WEIGHT or not weights:
        return {}
    space = current_space()
    known = readings(db(), space.id, Kind.HEIGHT, size=_HEIGHTS).entries
    heights = [(one.day, int(one.said["value"])) for one in known]
    born = space.person.birth_date
    found = {}
    for weight in weights:
        height = height_for(weight.day, heights, born)
        if height is not None:
            index = body_mass_index(weight.said["value"], height)
            found[weight.entry_id] = (say_index(index), say_range(index, born, weight.day))
    return found
