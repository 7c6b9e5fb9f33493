"""What a summary is made of, between the profile and FHIR: lines, their fields and bounds. Plain values only."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.profile.course import ENDED, ended
from webapp.values import spans

LARGEST = 1024 * 1024
"""Bytes of a file: the official examples have 50,000."""
DEEPEST = 40
MOST_RESOURCES = 1_000
MOST_VALUES = 50_000
"""Values of a file: the models of FHIR take fifty times the room of a short one."""
MOST_LINES = 150
"""Entries that are added at once."""
LONGEST = 200
"""Signs of a text of an entry."""
LONGEST_WORDS = 500
"""Signs of what is told in a few sentences."""
TOLD = {"way-of-life", "wish"}
PARTLY_DATED = {"vaccination", "hospital-stay"}
"""Kinds of which the month, the year, or nothing of the day may be known: `precision` says so."""

NONE_OF = {"illness": "no-illness", "treatment": "no-treatment", "allergy": "no-allergy"}
"""The statement that there is none, by what there is none of."""
TEXTS = {
    "illness": ("name",),
    "treatment": ("name", "cis", "dose"),
    "allergy": ("name", "reaction"),
    "vaccination": ("name", "batch"),
    "hospital-stay": ("name", "place"),
    "family-history": ("name", "relation"),
    "way-of-life": ("name", "topic"),
    "person": ("name", "role", "relation", "phone"),
    "wish": ("name", "topic"),
}
"""The texts of an entry by kind; `name` is always there."""
DAYS = {"illness": ("since", "until"), "treatment": ("since", "until"), "allergy": ("since",)}
"""Days of which the month or the year alone may be known, as FHIR writes them."""
CHOICES = {
    "illness": ("state", ("remission", "resolved")),
    "treatment": ("state", ("stopped",)),
    "allergy": ("criticality", ("low", "high")),
}
"""What became of it, or how grave it is; nothing when nothing is said."""
CODES = {"family-history": "relation", "way-of-life": "topic", "person": "role", "wish": "topic"}
"""The one of them that is a code of ours, and always there."""
BOUNDS: dict[str, dict[str, tuple[int, int]]] = {
    "height": {"value": (20, 272)},
    "weight": {"value": (300, 500_000)},
    "blood-pressure": {"systolic": (40, 300), "diastolic": (20, 200)},
    "glucose": {"value": (100, 10_000)},
    "temperature": {"value": (250, 450)},
    "pain": {"value": (0, 10)},
    "heart-rate": {"value": (20, 300)},
    "oxygen": {"value": (30, 100)},
}
"""The figures of a measure by kind, in the units of the profile: beyond is a slip or another unit."""
DATED = {*BOUNDS, "vaccination", "hospital-stay"}
"""Kinds of which the same thing on another day is another thing."""


@dataclass(frozen=True)
class Line:
    """One entry of a profile as a file says it; `on` is None when the file says no day."""

    kind: str
    said: dict[str, Any] = field(repr=False)
    on: date | None = None

    @property
    def key(self) -> str:
        """The same for two lines that say the same, whatever their capitals."""
        said = {name: value for name, value in self.said.items() if name not in ("cis", "diseases")}
        known = self.on is not None and self.kind in DATED and said.get("precision") != "unknown"
        day = self.on.isoformat() if self.on is not None and known else ""
        return json.dumps([self.kind, said, day], sort_keys=True, ensure_ascii=False).casefold()


def line_of(kind: str, said: dict[str, Any], on: date | None = None) -> Line | None:
    """Return the line with its texts tidied, or None for what no entry of that kind can say."""
    if kind in NONE_OF.values():
        return Line(kind, {}, on)
    if kind in BOUNDS:
        kept = _measure(kind, said)
    elif kind in TEXTS:
        kept = _texts(kind, said)
    else:
        return None
    return Line(kind, kept, on) if kept is not None else None


def _measure(kind: str, said: dict[str, Any]) -> dict[str, Any] | None:
    kept: dict[str, Any] = {}
    for name, (least, most) in BOUNDS[kind].items():
        value = said.get(name)
        if type(value) is not int or not least <= value <= most:
            return None
        kept[name] = value
    note = _tidy(said.get("note"))
    return kept | {"note": note} if note else kept


def _texts(kind: str, said: dict[str, Any]) -> dict[str, Any] | None:
    kept: dict[str, Any] = {}
    for name in TEXTS[kind]:
        longest = LONGEST_WORDS if kind in TOLD and name == "name" else LONGEST
        text = _tidy(said.get(name), longest)
        if text:
            kept[name] = text
    if not kept.get("name") or (kind in CODES and not kept.get(CODES[kind])):
        return None
    if kind == "vaccination" and isinstance(codes := said.get("diseases"), list):
        kept["diseases"] = [code for code in map(_tidy, codes) if code][:30]
    if kind == "hospital-stay" and (until := day_of(said.get("until"))):
        kept["until"] = until.isoformat()
    if kind in PARTLY_DATED and said.get("precision") in ("month", "year", "unknown"):
        kept["precision"] = said["precision"]
    for name in DAYS.get(kind, ()):
        day = spans.read(str(said.get(name)).partition("T")[0])
        if day is not None and day_of(said.get(name)):
            kept[name] = spans.written(day)
    choice, codes = CHOICES.get(kind, ("", ()))
    if said.get(choice) in codes:
        kept[choice] = said[choice]
    kept = ended(kind, kept) if kind in ENDED else kept
    return {name: value for name, value in kept.items() if value}


def _tidy(text: Any, longest: int = LONGEST) -> str:
    """One line of readable signs, as long as an entry may be."""
    if not isinstance(text, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:longest].strip()


def day_of(text: Any) -> date | None:
    """Read a FHIR date, dateTime or instant, of which the first day when only a month or a year is said."""
    if not isinstance(text, str):
        return None
    parts = [*text.partition("T")[0].split("-"), "01", "01"][:3]
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return day if day.year >= 1880 else None


def precision_of(text: Any) -> str:
    """How much of a FHIR date is known: `unknown`, `year`, `month`; nothing for a whole day."""
    if day_of(text) is None:
        return "unknown"
    return ("year", "month", "")[min(str(text).partition("T")[0].count("-"), 2)]


def partly(day: str, said: dict[str, Any]) -> str | None:
    """Write of a day what is known, as FHIR does: "2015-03-01", "2015-03", "2015"; None when nothing is."""
    return {"month": day[:7], "year": day[:4], "unknown": None}.get(said.get("precision", ""), day)


def line_to_text(line: Line) -> str:
    """Write a line for a form that gives it back."""
    day = line.on.isoformat() if line.on else ""
    return json.dumps([line.kind, line.said, day], ensure_ascii=False, separators=(",", ":"))


def line_from_text(text: str) -> Line | None:
    """Read it again, trusting nothing."""
    if len(text) > 4_000:
        return None
    try:
        kind, said, day = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return line_of(kind, said, day_of(day)) if isinstance(kind, str) and isinstance(said, dict) else None
