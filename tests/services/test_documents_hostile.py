"""Forty and more files made to do harm: each is refused or made harmless, in bounded memory."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tests.support.hostile_pdf  # noqa: F401  (adds to the list)
from tests.support.hostile import ALL, CANARY, Hostile
from webapp.documents.cleaning import PROGRAM, Cleaned, Problem, Refused, clean
from webapp.documents.rules import Media

MOST = 256 * 1024 * 1024
ACTS = re.compile(rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|SubmitForm|XFA|FileAttachment|AF)\b")


def outcome(one: Hostile) -> Cleaned | Refused:
    try:
        return clean(one.make(), says_text=one.name.endswith(".txt"))
    except Refused as error:
        return error


def test_there_are_forty() -> None:
    assert len(ALL) >= 40
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize("one", ALL, ids=[one.name for one in ALL])
def test_it_is_refused_or_made_harmless(one: Hostile) -> None:
    found = outcome(one)
    assert found.peak < MOST
    if isinstance(found, Refused):
        assert not isinstance(one.becomes, Media), found
        assert found.problem in (one.becomes if isinstance(one.becomes, tuple) else (one.becomes,))
        assert found.peak or found.problem in (Problem.EMPTY, Problem.TOO_MUCH)  # not opened, or stopped
        return
    assert found.media == one.becomes
    {Media.IMAGE: bare_picture, Media.PDF: tame_pdf, Media.TEXT: plain_text}[found.media](found.data)


def bare_picture(data: bytes) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    assert picture.format == "JPEG"
    assert max(picture.size) <= 2_000
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert CANARY not in data
    assert data.endswith(b"\xff\xd9")


def tame_pdf(data: bytes) -> None:
    import pikepdf

    assert data.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)  # every word in clear
        assert len(pdf.pages) == 1
    for words in (data, out.getvalue()):
        assert CANARY not in words
        assert not ACTS.search(words)


def plain_text(data: bytes) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", data.decode())


def test_the_program_cannot_use_more_than_it_is_given(tmp_path: Path) -> None:
    """The system refuses: whatever a decoder does, one process stays under 256 MB."""
    probe = f"import os, runpy; runpy.run_path({str(PROGRAM)!r}, run_name='x')['_bound'](); "
    beside = tmp_path / "beside"
    for act, says in (
        ("bytearray(256 * 1024 * 1024)", "MemoryError"),
        (f"os.write(os.open({str(beside)!r}, os.O_WRONLY | os.O_CREAT), b'x')", "File too large"),
    ):
        done = subprocess.run(
            [sys.executable, "-I", "-c", probe + act], capture_output=True, check=False, text=True
        )
        assert done.returncode != 0
        assert says in done.stderr
    assert beside.read_bytes() == b""


def test_a_photo_is_upright_and_small() -> None:
    from PIL import Image

    lying, out, told = Image.new("RGB", (2_400, 1_200), "white"), io.BytesIO(), Image.Exif()
    lying.paste("black", (0, 0, 1_200, 1_200))  # the left half
    told[0x0112] = 6  # the top is on the right: it is to be turned clockwise
    lying.save(out, "JPEG", exif=told)
    picture = Image.open(io.BytesIO(clean(out.getvalue()).data))
    assert picture.size == (1_000, 2_000)
    assert [picture.getpixel((500, y)) for y in (100, 1_900)] == [(0, 0, 0), (255, 255, 255)]


def test_what_one_could_see_through_is_white() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(clean(out.getvalue()).data)).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_however_it_is_written(encoding: str) -> None:
    assert clean("Été : 3 €\r\nfin".encode(encoding), says_text=True).data.decode() == "Été : 3 €\nfin"
