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

    @property
    def more_in_words(self) -> str:
        """ "et 3 de plus, dans mon espace"; nothing when all are there."""
        return f"et {self.more} de plus, dans mon espace" if self.more else ""


def fitted(sections: Sequence[Section], paper: Paper) -> tuple[Section, ...]:
    """Keep what fits: a line of each section in turn, whole lines only; what is missing is counted."""
    kept: list[list[str]] = [[] for _ in sections]
    left = paper.rows - len(sections) * 2  # a heading, and what is missing
    full = [False] * len(sections)
    for turn in range(max((len(section.lines) for section in sections), default=0)):
        for number, section in enumerate(sections):
            if full[number] or turn >= len(section.lines):
                continue
            cost = paper.rows_of(section.lines[turn])
            if cost > left:
                full[number] = True
                continue
            kept[number].append(section.lines[turn])
            left -= cost
    return tuple(
        replace(section, lines=tuple(lines), more=len(section.lines) - len(lines))
        for section, lines in zip(sections, kept, strict=True)
    )
