"""The documents of invented people: small real files, made at once, as cleaning would leave them.

The laboratories, doctors and hospitals that they name do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from webapp.documents.cleaning import Cleaned
from webapp.documents.rules import Media
from webapp.pdf.render import FONTS
from webapp.values.clock import french_date

PLAIN, BOLD = FONTS / "EspaceDejaVuSans.ttf", FONTS / "EspaceDejaVuSans-Bold.ttf"
REPORT, SUMMARY, IMAGING, PRESCRIPTION, DISPENSED, CERTIFICATE, MINE = (
    "10", "11", "31", "42", "43", "52", "90",
)  # fmt: skip
"""Categories of documents."""


@dataclass(frozen=True)
class Paper:
    """One document: what it is called, and what is written on it."""

    name: str
    category: str
    dated_on: date
    sender: str
    """Who made it out, in two lines or so."""
    lines: tuple[str, ...]
    media: Media = Media.PDF
    holder: str = ""


def made(paper: Paper) -> Cleaned:
    """Make the file of a document."""
    return Cleaned(paper.media, {Media.PDF: _pdf, Media.IMAGE: _photo, Media.TEXT: _text}[paper.media](paper))


def _head(paper: Paper) -> tuple[str, ...]:
    return (*paper.sender.split("\n"), "", f"Le {french_date(paper.dated_on)}", paper.holder, "")


def _text(paper: Paper) -> bytes:
    return "\n".join((*_head(paper), paper.name, "", *paper.lines, "")).encode()


def _pdf(paper: Paper) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1, pageCompression=1, lang="fr")
    canvas.setTitle(paper.name)
    at = 780
    for words, font, size in (
        *((line, "lives", 10) for line in _head(paper)),
        (paper.name, "lives-bold", 15),
        ("", "lives", 10),
        *((line, "lives", 11) for line in paper.lines),
    ):
        canvas.setFont(font, size)
        canvas.drawString(64, at, words)
        at -= round(size * 1.7)
    canvas.save()
    return out.getvalue()


@cache
def _fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("lives", str(PLAIN)))
    pdfmetrics.registerFont(TTFont("lives-bold", str(BOLD)))


def _photo(paper: Paper) -> bytes:
    """Draw a sheet that lies on a table, as a telephone takes it."""
    from PIL import Image, ImageDraw, ImageFont

    drawn, out = Image.new("RGB", (640, 860), "#6d6258"), BytesIO()
    draw = ImageDraw.Draw(drawn)
    draw.polygon(((34, 26), (612, 38), (604, 836), (24, 824)), fill="#f5f1e6")
    fonts: dict[bool, Any] = {
        bold: ImageFont.truetype(str(BOLD if bold else PLAIN), 22 if bold else 15) for bold in (False, True)
    }
    at = 70
    for words in (*_head(paper), paper.name, "", *paper.lines):
        bold = words == paper.name
        draw.text((66, at), words, font=fonts[bold], fill="#23211e")
        at += 40 if bold else 28
    drawn.save(out, "JPEG", quality=72)
    return out.getvalue()
