"""What pages show of measures beside their words: the plot, and the body mass index of weights."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from webapp.family.here import current_space
from webapp.profile.body_mass import body_mass_index, height_for, say_index, say_range
from webapp.profile.listing import latest
from webapp.profile.measures import MEASURES
from webapp.profile.plot import Plot, Series, draw
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.profile.words import Part, said
from webapp.web.work import db

_HEIGHTS = 50
"""Heights that weights are read with, at most."""


def plot_of(part: Part, newest_first: Sequence[Entry]) -> Plot | None:
    """Draw these measures; None when there are too few for a line."""
    one = MEASURES[part.kind]
    measures = [
        (entry.happened_on, tuple(value(entry.said) for _name, value in one.lines), said(entry))
        for entry in reversed(newest_first)
    ]
    title = (
        f"{part.title}, en {one.unit}"
        if one.unit not in ("par minute", "sur 10")
        else f"{part.title}, {one.unit}"
    )
    return draw(Series(title, tuple(name for name, _value in one.lines), measures))


def indexes(part: Part, entries: Sequence[Entry]) -> dict[UUID, tuple[str, str]]:
    """Return the body mass index of each weight, and what is said of it; of what is no weight, nothing."""
    if part.kind is not Kind.WEIGHT or not entries:
        return {}
    space = current_space()
    known = latest(db(), space.id, (Kind.HEIGHT,), _HEIGHTS).get(Kind.HEIGHT, [])
    heights = [(one.happened_on, int(one.said["value"])) for one in known]
    born = space.person.birth_date
    found = {}
    for entry in entries:
        height = height_for(entry.happened_on, heights, born)
        if height is not None:
            index = body_mass_index(entry.said["value"], height)
            found[entry.entry_id] = (say_index(index), say_range(index, born, entry.happened_on))
    return found
