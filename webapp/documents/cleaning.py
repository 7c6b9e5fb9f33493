"""Making a file harmless: a process of its own opens it (cleaner.py), and this one only hears what it says.

The process costs a tenth to a fifth of a second of processor time, most of it for starting. One that was kept ready
would spare that, and hold thirty megabytes for ever, with what the last file left in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from webapp.documents.rules import BIGGEST, Media

PROGRAM = Path(__file__).with_name("cleaner.py")
PATIENCE_SECONDS = 30.0
"""Of the clock; twenty of processor time are given by the program itself."""
AT_ONCE = 2
"""Files that one server process has opened at the same moment: what they may use together is bounded too."""
_room = threading.BoundedSemaphore(AT_ONCE)


class Problem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    HEIC = "heic"
    ARCHIVE = "archive"
    LOCKED = "locked"
    BROKEN = "broken"
    PIXELS = "pixels"
    TOO_MUCH = "too much"


class Refused(Exception):
    """The file is not taken."""

    def __init__(self, problem: Problem, peak: int = 0) -> None:
        """Keep why, and the bytes of memory that it took at most to see it (0: not opened, or not to an end)."""
        super().__init__(problem)
        self.problem, self.peak = problem, peak


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file."""

    media: Media
    data: bytes = field(repr=False)
    peak: int = 0
    """Bytes of memory that cleaning it took at most."""


def clean(data: bytes, *, says_text: bool = False) -> Cleaned:
    """Return what is kept of a file; raises Refused. `says_text`: its sender calls it a plain text."""
    if not data:
        raise Refused(Problem.EMPTY)
    if len(data) > BIGGEST:
        raise Refused(Problem.LARGE)
    command = (sys.executable, "-I", "-B", str(PROGRAM), "text" if says_text else "any")
    with _room:
        try:
            done = subprocess.run(  # noqa: S603  (our own program, by its path)
                command,
                input=data,
                capture_output=True,
                timeout=PATIENCE_SECONDS,
                check=False,
                env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
            )
        except subprocess.TimeoutExpired:
            raise Refused(Problem.TOO_MUCH) from None
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:  # stopped by the system, or by a fault of a decoder
        raise Refused(Problem.TOO_MUCH if done.returncode < 0 else Problem.BROKEN)
    said = json.loads(head)
    if "problem" in said:
        raise Refused(Problem(said["problem"]), said["peak"])
    return Cleaned(Media(said["media"]), body, said["peak"])
