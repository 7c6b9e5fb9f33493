"""Reading back the folders that letters were sent into, as a mailbox and a telephone would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from webapp.config import Settings
from webapp.values.codes import has_code_shape, normalise_code
from webapp.values.phone import show_phone

_NAME = re.compile(r"\A(\d{8}T\d{6}\.\d{6})Z-[0-9a-f-]{36}\.(eml|txt)\Z")
_ENGLISH_SMS = "not the official site"
"""What the first line of an SMS in English says; a file of text names no language."""
_ACCESS_CODE = re.compile(r"\A\d{6}\Z")


@dataclass(frozen=True)
class Line:
    """One line of a letter: plain, a code, or a link to one of our own pages."""

    text: str
    code: bool = False
    path: str | None = None


@dataclass(frozen=True)
class Sent:
    """One letter that was sent; `paragraphs` are runs of lines."""

    at: datetime
    by_sms: bool
    to: str = field(repr=False)
    subject: str = field(repr=False)
    paragraphs: list[list[Line]] = field(repr=False)
    english: bool = False
    """Whether it is to be spoken as English."""


def newest_letters(settings: Settings, limit: int) -> list[Sent]:
    """Read the newest letters of both folders, newest first; a file that is no letter of ours is left alone."""
    folders = [settings.folder(settings.mail_url), settings.folder(settings.sms_url)]
    found = sorted((path.name, path) for folder in dict.fromkeys(folders) for path in _letters(folder))
    return [_read(path, settings.public_url) for _, path in found[: -limit - 1 : -1]]


def _letters(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if _NAME.match(path.name))


def _read(path: Path, public_url: str) -> Sent:
    moment = datetime.strptime(path.name.split("Z-")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    if path.suffix == ".txt":
        to, _, text = path.read_text(encoding="utf-8").partition("\n")
        english = _ENGLISH_SMS in text.partition("\n")[0]
        return Sent(moment, True, show_phone(to), "SMS", _paragraphs(text, public_url), english)
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    to, subject = str(message["To"]), str(message["Subject"])
    english = message["Content-Language"] == "en"
    return Sent(moment, False, to, subject, _paragraphs(text, public_url), english)


def _paragraphs(text: str, public_url: str) -> list[list[Line]]:
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return [[_line(line, public_url) for line in block.splitlines()] for block in blocks if block.strip()]


def _line(text: str, public_url: str) -> Line:
    words = text.strip()
    if words.startswith(f"{public_url}/"):
        return Line(text, path=urlsplit(words).path)
    code = _ACCESS_CODE.match(words) or (words.isupper() and has_code_shape(normalise_code(words)))
    return Line(text, code=bool(code))
