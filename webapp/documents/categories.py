"""The categories of documents: the classes of the French shared medical record."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "categories_a03.csv"
MINE = "90"
"""What a person adds without knowing better."""


@cache
def categories() -> dict[str, str]:
    """Return the label of each category by its code, in the order of the value set."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["libelle"] for row in csv.DictReader(lines)}


def label_of(code: str) -> str:
    """Return the words of a category."""
    return categories().get(code, "Autre")
