"""The program that opens what somebody sent: `python -I cleaner.py`, one file, in a process of its own.

It is run by its path and imports nothing of the application: hostile files meet a process that holds no key, no
connection and no open file, whose memory, time and files are bounded by the system, and that ends with its answer.
Standard input is the file; standard output is one line of JSON, then the cleaned bytes when there are any.
"""

from __future__ import annotations

import json
import re
import resource
import runpy
import sys
from pathlib import Path
from typing import Any

MEMORY = 240 * 1024 * 1024
"""Bytes of address space: what the process may use at most, its libraries included."""
SECONDS = 20
"""Of processor time."""


class Unfit(Exception):
    """The file cannot be taken; the word says why (see `Problem` in cleaning.py)."""


def kind_of(data: bytes) -> str:
    """Say what a file is by how it begins, never by its name."""
    if not data:
        raise Unfit("empty")
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        raise Unfit(
            "heic"
            if data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1")
            else "kind"
        )
    if data.startswith(
        (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
    ):
        raise Unfit("archive")
    if b"%PDF-" in data[:1024]:
        return "PDF"
    return "TEXT"


def clean(data: bytes, *, calls_itself_text: bool) -> tuple[str, bytes]:
    """Return the media type of a file and its harmless bytes; raises Unfit."""
    kind = kind_of(data)
    if kind == "PDF":
        return "application/pdf", _sibling("cleaner_pdf")["clean_pdf"](data, Unfit)
    if kind != "TEXT":
        return "image/jpeg", _sibling("cleaner_pictures")["clean_picture"](data, kind, Unfit)
    if not calls_itself_text:
        raise Unfit("kind")
    return "text/plain", clean_text(data)


def _sibling(name: str) -> dict[str, Any]:
    """Load a file that lies beside, by its path: the package that it belongs to is not wanted here."""
    return runpy.run_path(str(Path(__file__).with_name(f"{name}.py")))


def clean_text(data: bytes) -> bytes:
    """Return UTF-8 without control signs; UTF-16 with its mark and the old Windows encoding are understood."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Unfit("kind") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    odd = sum(sign < " " and sign not in "\n\t" for sign in text)
    if odd:  # a program, a picture, an archive: nobody wrote that
        raise Unfit("kind")
    if not text.strip():
        raise Unfit("empty")
    return re.sub("[\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text).encode()


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _peak() -> int:
    """Bytes that this process held at most; what the system counts beside it began before this program did."""
    with open("/proc/self/status") as lines:
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def main() -> None:
    """Answer about standard input; the one argument says whether the sender calls it a text."""
    _bound()
    body = b""
    said: dict[str, Any] = {}
    try:
        said["media"], body = clean(sys.stdin.buffer.read(), calls_itself_text=sys.argv[1:] == ["text"])
    except Unfit as error:
        said["problem"] = str(error)
    except (MemoryError, RecursionError):
        said["problem"] = "too much"
    said["peak"] = _peak()
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
