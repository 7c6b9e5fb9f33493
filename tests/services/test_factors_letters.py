"""The letters about factors: what happened and when, what to do when it was somebody else, one SMS each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import html5lib
import pytest

from webapp.config import Settings
from webapp.keys import Keys
from webapp.mail.letter import GSM_7, SMS_LENGTH, Letter
from webapp.mail.render import render_letter

KINDS = ("factor-added", "factor-removed", "recovery-codes-made", "recovery-code-used")


def written(kind: str, keys: Keys, now: datetime, **changes: Any) -> Letter:
    settings = Settings(database_url="sqlite://", keys=keys, var=Path("/nowhere")).with_changes(**changes)
    facts: dict[str, Any] = {"name": "<b>Loïc</b>", "at": now}
    if kind == "recovery-code-used":
        facts["left"] = 9
    return render_letter(kind, settings, **facts)


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_when_why_and_what_to_do(kind: str, keys: Keys, now: datetime) -> None:
    letter = written(kind, keys, now, help_phone="01 99 00 00 00")
    for text in (letter.text, letter.html):
        assert "2\u00a0mars 2026" in text
        assert "Pourquoi ce message" in text
        assert "Si ce n’est pas vous" in text
        assert "mot de passe" in text
        assert "01 99 00 00 00" in text
        assert "/aide" in text
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(letter.html)
    assert tree.find(".//b") is None
    assert letter.expires_at is None  # still worth reading a day later


@pytest.mark.parametrize("kind", KINDS)
def test_each_fits_in_one_sms(kind: str, keys: Keys, now: datetime) -> None:
    for public_url in ("http://127.0.0.1:8000", "https://espace.example.fr"):
        sms = written(kind, keys, now, public_url=public_url).sms
        assert sms is not None
        assert set(sms) <= GSM_7
        assert len(sms) <= SMS_LENGTH, len(sms)


def test_how_many_are_left_is_said(keys: Keys, now: datetime) -> None:
    settings = Settings(database_url="sqlite://", keys=keys, var=Path("/nowhere"))
    for left, words in ((9, "Il vous en reste 9"), (0, "C’était le dernier")):
        letter = render_letter("recovery-code-used", settings, name="Loïc", at=now, left=left)
        assert words in letter.text
        assert words in letter.html
        assert f"reste : {left}" in (letter.sms or "")
