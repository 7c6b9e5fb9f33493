"""What is in a profile, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from webapp.profile.course import is_over
from webapp.profile.measures import MEASURES
from webapp.profile.parts import BY_KIND, PARTS, Dated, Part
from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Entry
from webapp.values import spans
from webapp.values.partial_date import PartialDate, Precision, on_day

__all__ = ["BY_KIND", "LABELS", "NONE_SAID", "PARTS", "SHOW", "Part", "kinds_of", "part_at", "said", "when"]

LABELS = {part.kind: part.title for part in PARTS}
NONE_SAID = {part.kind: part.none for part in PARTS if part.none}
_NONE_SAID = {ABSENCE[kind]: words for kind, words in NONE_SAID.items()}


def _of_value(kind: Kind) -> Callable[[int], str]:
    return lambda value: MEASURES[kind].say({"value": value})


SHOW: dict[Kind, Callable[[int], str]] = {
    kind: _of_value(kind) for kind, one in MEASURES.items() if one.field.keys == ("value",)
}
"""The words of a measure that is one number."""


def part_at(slug: str) -> Part | None:
    """Return the part of an address, or None."""
    return next((part for part in PARTS if part.slug == slug), None)


def said(entry: Entry) -> str:
    """Write what an entry says: "1,72 m", "Asthme"; empty for a version that took it away, or says there is none."""
    part = BY_KIND.get(entry.kind)
    return "" if entry.removed or part is None else part.say(entry.said)


def line(entry: Entry) -> str:
    """Write all that a version says, with its day and its remark; that there is none, for that statement.

    Empty for a version that took the entry away.
    """
    if entry.removed:
        return ""
    if entry.kind in _NONE_SAID:
        return _NONE_SAID[entry.kind]
    return ", ".join(filter(None, (said(entry), when(entry), note_of(entry.said))))


def when(entry: Entry) -> str:
    """Write when it happened: "le 3 mars 2015", "en 2015", "du 3 mars 2015 au 5 mars 2015", "date inconnue".

    Of what lasts: "depuis 2015". Empty for what has no day of its own.
    """
    part, until = BY_KIND.get(entry.kind), entry.said.get("until", "")
    if part is None or entry.removed:
        return ""
    if part.since:
        return spans.lasting(entry.said.get("since", ""), until, over=is_over(entry.said))
    if part.dated is Dated.NOT:
        return ""
    first = happened(entry)
    return spans.lasting(spans.written(first), until) if until else on_day(first)


def going_on_first(entries: Iterable[Entry]) -> list[Entry]:
    """Put what is over last; the rest stays as it stood."""
    return sorted(entries, key=lambda entry: is_over(entry.said))


def happened(entry: Entry) -> PartialDate:
    """Return the day it happened on, with how much of it is known."""
    return PartialDate(entry.happened_on, Precision(entry.said.get("precision", Precision.DAY)))


def kinds_of(part: Part) -> tuple[Kind, ...]:
    """The kinds that a part lists: its own, and the statement that there is none."""
    return (part.kind, ABSENCE[part.kind]) if part.kind in ABSENCE else (part.kind,)


def note_of(said: dict[str, Any]) -> str:
    """Return the remark that goes with a measure."""
    return str(said.get("note", ""))
