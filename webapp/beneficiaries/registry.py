"""The registry file: CSV, UTF-8, a header row, read as a stream whatever its size.

A line that cannot be read refuses the row it is in and the reading goes on, so that one pass names everything that
is wrong. Only what makes the whole file unreadable (its header) raises.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from webapp.beneficiaries.registry_row import COLUMNS, REQUIRED, RefusedRow, RegistryRow, parse_row

LONGEST_LINE = 65_536
"""Bytes: a longer line is refused and passed over, so that memory stays bounded."""


class RegistryFileError(Exception):
    """The file as a whole cannot be a registry; the text is one sentence without any personal value."""


class _Lines:
    """The lines of a file, decoded; `problems` says why a line (numbered from 1) was replaced by an empty one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0
        self.problems: dict[int, str] = {}

    def __iter__(self) -> Iterator[str]:
        while raw := self._file.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(raw) > LONGEST_LINE:
                self._pass_over(raw)
                yield self._refuse(f"is longer than {LONGEST_LINE} bytes")
                continue
            try:
                yield raw.decode("utf-8-sig" if self.number == 1 else "utf-8")
            except UnicodeDecodeError:
                yield self._refuse("is not UTF-8")

    def _pass_over(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._file.readline(LONGEST_LINE)

    def _refuse(self, why: str) -> str:
        self.problems[self.number] = why
        return "\n"


def read_registry(file: BinaryIO, today: date) -> Iterator[RegistryRow | RefusedRow]:
    """Read every row in order; RegistryFileError when the header cannot be right.

    `today` is the last possible birth date. Rows are judged one by one: what two rows say of the same person is for
    the import to compare.
    """
    lines = _Lines(file)
    reader = csv.reader(iter(lines), strict=True)
    header = _header(reader, lines)
    while True:
        start = lines.number + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            lines.problems.clear()
            yield RefusedRow(start, (f"row: is not CSV ({_plain(error)})",))
            continue
        if lines.problems:
            yield RefusedRow(start, tuple(f"line: {why}" for why in lines.problems.values()))
            lines.problems.clear()
        elif fields is None:
            return
        elif not fields:
            continue  # an empty line
        elif len(fields) != len(header):
            why = f"row: has {len(fields)} fields where the header has {len(header)}"
            yield RefusedRow(start, (why,))
        else:
            yield parse_row(start, dict(zip(header, fields, strict=True)), today)


def _header(reader: Iterator[list[str]], lines: _Lines) -> list[str]:
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise RegistryFileError(f"line 1: the header is not CSV ({_plain(error)}).") from None
    if lines.problems:
        raise RegistryFileError(
            f"line 1: {next(iter(lines.problems.values()))}; a registry is CSV in UTF-8 with a header row."
        )
    if not any(names):
        raise RegistryFileError("line 1: there is no header row.")
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise RegistryFileError("line 1: columns must be separated by commas.")
    problems = [
        f"{name} appears {n} times" for name, n in Counter(names).items() if n > 1 and name in COLUMNS
    ]
    unknown = sum(name not in COLUMNS for name in names)
    if unknown == len(names):
        raise RegistryFileError("line 1: no known column name; the first line must be the header row.")
    if unknown:
        places = ", ".join(str(place) for place, name in enumerate(names, 1) if name not in COLUMNS)
        shown = ", ".join(repr(name) for name in names if name not in COLUMNS and name.isidentifier())
        problems.append(f"unknown column at {places}" + (f" ({shown})" if shown else ""))
    problems += [f"{name} is missing" for name in COLUMNS if name in REQUIRED - set(names)]
    if problems:
        raise RegistryFileError(f"line 1: {'; '.join(problems)}.")
    return names


def _plain(error: csv.Error) -> str:
    """The reason, which never holds the text that was read."""
    text = str(error)
    if "unexpected end" in text:
        return "a quotation mark is never closed"
    if "field larger" in text:
        return "a field is too long, or its quotation mark is never closed"
    return "a quotation mark is out of place" if "expected after" in text else "it cannot be read"
