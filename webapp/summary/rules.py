"""What fits on a sheet and on a card. Plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Paper:
    """What is printed on: its lines of print for what a profile says, headings counted, and the signs of a line."""

    rows: int
    signs: int

    def rows_of(self, line: str) -> int:
        """Lines of print that a text takes: capitals are wide, M and W twice so."""
        wide = sum(sign.isupper() for sign in line) // 3 + sum(line.count(sign) for sign in "MWmw@") * 2 // 3
        return -(-(len(line) + wide) // self.signs)


CARD = Paper(25, 44)
"""One side of an A6 card."""
SHEET = Paper(79, 80)
"""Two sides of A4."""


@dataclass(frozen=True)
class Section:
    """A part of the profile in words. `lines` may be empty: then nothing is said, not even that there is none."""

    title: str
    lines: tuple[str, ...]
    more: int = 0
    """Lines that did not fit."""
    vital: bool = False
    """What nobody may overlook: it has the room before the others, each of which keeps its first line."""

    @property
    def more_in_words(self) -> str:
        """ "et 3 de plus, dans mon espace"; nothing when all are there."""
        return f"et {self.more} de plus, dans mon espace" if self.more else ""


def fitted(sections: Sequence[Section], paper: Paper) -> tuple[Section, ...]:
    """Keep what fits: a line of each section in turn, whole lines only, those that are vital before the others.

    What is missing is counted.
    """
    kept: list[list[str]] = [[] for _ in sections]
    left = paper.rows - len(sections) * 2  # a heading, and what is missing
    vital = [number for number, section in enumerate(sections) if section.vital]
    others = [number for number in range(len(sections)) if number not in vital]
    firsts = sum(paper.rows_of(line) for number in others for line in sections[number].lines[:1])
    room = max(left - firsts, left // 2)
    used = _fill(sections, kept, vital, room, paper)
    _fill(sections, kept, others, left - used, paper)
    return tuple(
        replace(section, lines=tuple(lines), more=len(section.lines) - len(lines))
        for section, lines in zip(sections, kept, strict=True)
    )


def _fill(
    sections: Sequence[Section], kept: list[list[str]], numbers: list[int], room: int, paper: Paper
) -> int:
    """Keep lines of these sections in turn, as long as there is room; return the lines of print that they take."""
    left, going = room, list(numbers)
    for turn in range(max((len(sections[number].lines) for number in numbers), default=0)):
        for number in tuple(going):
            if turn >= len(sections[number].lines):
                continue
            cost = paper.rows_of(sections[number].lines[turn])
            if cost > left:
                going.remove(number)
                continue
            kept[number].append(sections[number].lines[turn])
            left -= cost
    return room - left
