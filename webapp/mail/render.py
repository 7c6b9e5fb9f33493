"""From a kind of letter and its facts to a Letter, in one of two languages.

The templates stand in templates/letters/<kind>/ (French) and templates/letters/en/<kind>/ (English), with the same
facts and the same links. One language never stands in for the other: a kind that lacks one is a fault.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, select_autoescape
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from webapp.config import CHECKOUT, Settings
from webapp.mail.letter import GSM_7, Letter
from webapp.values.clock import french_date, french_datetime, french_time
from webapp.values.codes import group_code
from webapp.values.english import english_date, english_datetime, english_device, english_time, possessive
from webapp.values.french import of_name, typeset
from webapp.values.normal import normal

FOLDER = CHECKOUT / "templates"
FOLDERS = {"fr": "letters", "en": "letters/en"}
"""Where the letters of each language stand."""
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
    that does not exist in that language, KeyError for a language that no letter is written in.
    """
    folder = f"{FOLDERS[language]}/{kind}"
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
        return _environment().get_template(f"{folder}/{file}").render(site=sender, **facts)

    until = facts.get("until")
    return Letter(
        kind=kind,
        subject=" ".join(written("subject.txt").split()),
        text=_airy(written("mail.txt")),
        html=written("mail.html"),
        sms=_sms(written, "sms.txt"),
        host=settings.host,
        language=language,
        expires_at=until if isinstance(until, datetime) else None,
    )


def plain_sms(text: str) -> str:
    """Put a text into the alphabet of SMS as far as it goes: other accents fall, other scripts stay."""
    text = text.translate(_SMS_SIGNS)
    return "".join(sign if sign in GSM_7 else _without_accent(sign) for sign in text)


def _without_accent(sign: str) -> str:
    base = normal("NFD", sign)[0]
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


class FrenchLetters(Extension):
    """Sets the words of a French letter with the spaces of French when its template is compiled, as pages have it."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Change what will be said, never the template's own language, nor another one's words."""
        french = not (stream.name or "").startswith(f"{FOLDERS['en']}/")
        for token in stream:
            if french and token.type in ("data", "string"):
                yield Token(token.lineno, token.type, typeset(token.value))
            else:
                yield token


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        extensions=[FrenchLetters],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        english_date=english_date,
        english_datetime=english_datetime,
        english_device=english_device,
        english_time=english_time,
        french_date=french_date,
        french_datetime=french_datetime,
        french_time=french_time,
        group_code=group_code,
        of_name=of_name,
        possessive=possessive,
    )
    return environment
