"""The index of an older record: what each file of a folder is, in a table that any spreadsheet writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import islice

from webapp.documents.categories import categories
from webapp.documents.rules import name_of_file, parse_day, tidy_name
from webapp.documents.service import Said
from webapp.values.plain_words import folded

INDEX = "index.csv"
"""What the table is called, whatever the case."""
COLUMNS = ("fichier", "nom", "categorie", "date")
LARGEST, MOST_ROWS = 512 * 1024, 2_000


class Flaw(StrEnum):
    """Why an index is not taken."""

    LARGE = "large"
    COLUMNS = "columns"
    CATEGORY = "category"
    DATE = "date"


class IndexProblem(ValueError):
    """An index that cannot be taken: why, and at which line (1: the names of the columns)."""

    def __init__(self, flaw: Flaw, line: int) -> None:
        super().__init__(f"{flaw} at line {line}")
        self.flaw, self.line = flaw, line


def is_index(file: str) -> bool:
    """Say whether a file is called as an index is."""
    return file.replace("\\", "/").rpartition("/")[2].lower() == INDEX


def parse_index(data: bytes, today: date) -> dict[str, Said]:
    """Read a table with the columns `fichier`, `nom`, `categorie` and `date`: what each file is, by its name.

    UTF-8, or Windows-1252 as older spreadsheets write it; commas, semicolons or tabs. A category is one of the value
    set A03, by its code or its words. Without a name, a file has its own. Raises IndexProblem.
    """
    if len(data) > LARGEST:
        raise IndexProblem(Flaw.LARGE, 1)
    lines = list(islice(_rows(_text(data)), MOST_ROWS + 2))
    if not lines or not {*COLUMNS} <= {*lines[0]}:
        raise IndexProblem(Flaw.COLUMNS, 1)
    if len(lines) - 1 > MOST_ROWS:
        raise IndexProblem(Flaw.LARGE, MOST_ROWS + 2)
    places = [lines[0].index(name) for name in COLUMNS]
    by_words = {folded(words): code for code, words in categories().items()}
    found: dict[str, Said] = {}
    for number, cells in enumerate(lines[1:], 2):
        if not any(cells):
            continue
        file, name, category, day = (cells[place] if place < len(cells) else "" for place in places)
        code = category if category in categories() else by_words.get(folded(category))
        if code is None:
            raise IndexProblem(Flaw.CATEGORY, number)
        try:
            dated_on = parse_day(day, today)
        except ValueError:
            raise IndexProblem(Flaw.DATE, number) from None
        found[file.replace("\\", "/")] = Said(tidy_name(name) or name_of_file(file), code, dated_on)
    return found


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            plain = [cell.strip().replace("\0", "") for cell in cells]
            yield [folded(cell) for cell in plain] if number == 0 else plain
    except csv.Error:
        raise IndexProblem(Flaw.COLUMNS, 1) from None
