"""From a kind of letter and its facts to a Letter. The templates stand in templates/letters/<kind>/."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, select_autoescape

from webapp.config import CHECKOUT, Settings
from webapp.mail.letter import GSM_7, Letter
from webapp.values.clock import french_date, french_datetime, french_time
from webapp.values.codes import group_code
from webapp.values.french import of_name

FOLDER = CHECKOUT / "templates"
_SMS_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "•": "-"}
    | {"\u202f": " ", "\u00a0": " ", "œ": "oe", "Œ": "OE", "€": "EUR"}
)


@dataclass(frozen=True)
class Sender:
    """Who writes: `site` in the templates of letters."""

    name: str
    publisher: str
    dpo_contact: str
    help_phone: str
    public_url: str
    host: str
    demonstration: bool


def render_letter(kind: str, settings: Settings, *, language: str = "fr", **facts: Any) -> Letter:
    """Write one letter in a language; the fact `until` (aware) is also the moment from which it is not worth sending.

    Raises jinja2.UndefinedError when a template asks for a fact that was not given, TemplateNotFound for a kind
    that does not exist.
    """
    sender = Sender(
        name=settings.site_name,
        publisher=settings.publisher,
        dpo_contact=settings.dpo_contact,
        help_phone=settings.help_phone,
        public_url=settings.public_url,
        host=settings.host,
        demonstration=not settings.production,
    )

    def written(file: str) -> str:
        return _environment().get_template(f"letters/{kind}/{file}").render(site=sender, **facts)

    until = facts.get("until")
    return Letter(
        kind=kind,
        subject=" ".join(written("subject.txt").split()),
        text=_airy(written("mail.txt")),
        html=written("mail.html"),
        sms=_sms(written, "sms.txt"),
        host=settings.host,
        expires_at=until if isinstance(until, datetime) else None,
    )


def plain_sms(text: str) -> str:
    """Put a text into the alphabet of SMS as far as it goes: other accents fall, other scripts stay."""
    text = text.translate(_SMS_SIGNS)
    return "".join(sign if sign in GSM_7 else _without_accent(sign) for sign in text)


def _without_accent(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base in GSM_7 else sign


def _sms(written: Any, file: str) -> str | None:
    try:
        return plain_sms(written(file)).strip()
    except TemplateNotFound:
        return None  # this kind has no short form


def _airy(text: str) -> str:
    """One empty line at most between two paragraphs, none at the ends."""
    lines = "\n".join(line.rstrip(" ") for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        french_date=french_date,
        french_datetime=french_datetime,
        french_time=french_time,
        group_code=group_code,
        of_name=of_name,
    )
    return environment
