"""A believable registry of people who do not exist, the same for the same seed and day.

Nobody real can be met in it, by construction:
- each number names a commune that does not exist (990 to 999; overseas 98 and 99), so that no one was given it;
- e-mail domains are those that RFC 2606 and RFC 6761 reserve (example.org, .com and .net, and `.test`);
- mobiles are in 07 99 99, which the numbering plan opens and which no operator was given (the range kept for fiction,
  06 39 98, is refused by phonenumbers); fixed lines are in the ranges that Arcep keeps for fiction (01 99 00, …).
"""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson, demonstration_rows
from webapp.beneficiaries.generator_families import KINDS, Maker
from webapp.beneficiaries.registry_row import COLUMNS

Row = dict[str, str]


def generate(people: int, seed: int, today: date) -> Iterator[Row]:
    """Give the rows of exactly this many people, those of the demonstration first.

    Every kind of family comes once before chance decides, so that 100 people already show all of them. Families are
    drawn around `today`, the day on which newborns are days old.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    left = people
    for family in demonstration_rows():
        if _size(family) <= left:
            left -= _size(family)
            yield from family
    maker = Maker(rng, today)
    first: list[Callable[[Maker], list[Row]]] = [kind for kind, _ in KINDS]
    kinds, weights = zip(*KINDS, strict=True)
    while left:
        kind = first.pop(0) if first else rng.choices(kinds, weights)[0]
        family = kind(maker)
        if _size(family) > left:
            family = maker.alone()
        left -= _size(family)
        yield from family


def write_registry(path: Path, people: int, seed: int, today: date) -> int:
    """Write a registry file as an import reads it, whole or not at all; return the number of rows."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            for row in generate(people, seed, today):
                writer.writerow(row)
                count += 1
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _size(family: list[Row]) -> int:
    """Count the people of a family, who may have several rows each."""
    return len(
        {row["person_nir"] or (row["insured_nir"], row["birth_date"], row["birth_rank"]) for row in family}
    )


__all__ = ["DEMO_PEOPLE", "DemoPerson", "generate", "write_registry"]
