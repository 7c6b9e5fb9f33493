"""Rules of documents over plain values: sizes, names, days, and what a search asks for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from webapp.values.normal import one_line

MEGABYTE = 1024 * 1024
BIGGEST = 10 * MEGABYTE
"""Bytes of one file as it is sent."""
MOST_AT_ONCE = 10
BIGGEST_AT_ONCE = 50 * MEGABYTE
"""Bytes of all the files that are sent at once."""
MOST_IN_SPACE = 2 * 1024 * MEGABYTE
"""Bytes of all the documents of a space, its bin too: thousands of photos. Nobody can fill the disk of everybody."""
LEAST_COUNTED = 16 * 1024
"""Bytes that one document counts for at least: its row, and what a disk gives to the smallest file."""
KEPT_IN_BIN = timedelta(days=30)
PAGE = 20
LOOKED_THROUGH = 2_000
"""Documents whose name one page of a search opens at most; the next page goes on from there."""
LONGEST_NAME = 120
OLDEST = date(1900, 1, 1)

_NUMBERS = re.compile(r"\d+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_BY_DEVICE = re.compile(
    r"(?:img|mvimg|pxl|dsc[nf]?|wa|p|photo|image|scan|capture(?: d['’]écran)?|screenshot|[\W\d_])*", re.I
)


class Media(StrEnum):
    """What a document is once it was cleaned."""

    PDF = "application/pdf"
    IMAGE = "image/jpeg"
    TEXT = "text/plain"


ENDINGS = {Media.PDF: "pdf", Media.IMAGE: "jpg", Media.TEXT: "txt"}


def tidy_name(text: str) -> str:
    """Keep of a name what can be read on one line: no control or direction sign, blanks made one."""
    return one_line(text)[:LONGEST_NAME].rstrip()


def called(sent: str) -> str:
    """Return what a browser says a file is called, without folders; "Document" when nothing is left."""
    return re.split(r"[/\\]", tidy_name(sent))[-1].strip(". ") or "Document"


def name_of_file(sent: str) -> str:
    """Make a name of what a file is called: without its ending."""
    return _ENDING.sub("", called(sent)).strip(". _") or "Document"


def names_of(files: Sequence[str], said: str, sort: str) -> list[str]:
    """Name files: as their sender said; else as they are called, or, when a telephone called them, by their sort."""
    by_device = [bool(sort and _BY_DEVICE.fullmatch(name_of_file(one))) for one in files]
    shared = [said or (sort if device else "") for device in by_device]
    left = iter(range(1, len(files) + 1))
    count = sum(map(bool, shared))
    return [
        numbered(one, next(left), count) if one else name_of_file(file)
        for one, file in zip(shared, files, strict=True)
    ]


def numbered(name: str, number: int, count: int) -> str:
    """ "IRM du genou", or "IRM du genou (2)" when several files are sent under one name."""
    if count == 1:
        return name
    end = f" ({number})"
    return name[: LONGEST_NAME - len(end)] + end


def file_name(name: str, media: Media) -> str:
    """Return what a downloaded file is called: its name without the signs that a system refuses, and its ending."""
    safe = re.sub(r'[\\/:*?"<>|]', "-", name).strip(". ") or "Document"
    return f"{safe}.{ENDINGS[media]}"


def counted(sizes: Iterable[int]) -> int:
    """Return the room that files of these sizes take in a space."""
    return sum(max(size, LEAST_COUNTED) for size in sizes)


def in_words(size: int) -> str:
    """ "3 ko", "1,2 Mo"."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))}\u00a0ko"
    return f"{size / MEGABYTE:.1f}\u00a0Mo".replace(".", ",")


def parse_day(text: str, today: date) -> date:
    """Read one day however it is written: "12/3/2024", "12 03 2024", "2024-03-12". ValueError for anything else."""
    first, last = parse_period(text, today)
    if first != last:
        raise ValueError("more than one day")
    return first


def parse_period(text: str, today: date) -> tuple[date, date]:
    """Read a year, a month or a day ("2024", "3/2024", "12/3/2024"): its first and its last day.

    ValueError for what is none of them, before 1900, or not begun yet.
    """
    numbers = _NUMBERS.findall(text)
    parts = [int(one) for one in numbers if len(one) <= 4]
    if not 1 <= len(parts) <= 3 or len(parts) < len(numbers) or re.search(r"[^\d\s/.\-]", text):
        raise ValueError("not a date")
    if parts[0] >= 1000:
        parts.reverse()
    year = parts[-1]
    month = parts[-2] if len(parts) > 1 else None
    if (month is not None and not 1 <= month <= 12) or not OLDEST.year <= year <= today.year:
        raise ValueError("no such month, or year")
    last_day = calendar.monthrange(year, month or 12)[1]
    first = date(year, month or 1, parts[0] if len(parts) == 3 else 1)
    last = first if len(parts) == 3 else date(year, month or 12, last_day)
    if first > today:
        raise ValueError("not begun yet")
    return first, last


def show_day(day: date) -> str:
    """Write a day as it may be typed: "12/3/2024"."""
    return f"{day.day}/{day.month}/{day.year}"
