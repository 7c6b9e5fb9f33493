"""The letters of a recovery: what each says on every channel, and that an SMS fits in one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from webapp.config import Settings
from webapp.keys import Keys
from webapp.mail.letter import GSM_7, SMS_LENGTH
from webapp.mail.render import render_letter

SITE = "https://espace.example.fr"
FACTS: dict[str, dict[str, Any]] = {
    "identifier-reminder": {"identifier": "camille.durand75"},
    "no-account": {"for_child": False},
    "password-reset": {"code": "K7QM2XWD9HTA", "minutes": 15},
    "password-was-reset": {},
}


def facts(kind: str, now: datetime, **changes: Any) -> dict[str, Any]:
    until = {"until": now + timedelta(minutes=15)} if kind == "password-reset" else {}
    return {"name": "Anaïs", "at": now, **until, **FACTS[kind], **changes}


@pytest.fixture
def production(keys: Keys) -> Settings:
    """A site on the internet."""
    return Settings(database_url="sqlite://", keys=keys, var=Path("/nowhere")).with_changes(
        public_url=SITE, site_name="Mon carnet", help_phone="01 99 00 00 00", publisher="Association d’essai"
    )


@pytest.mark.parametrize("kind", FACTS)
def test_it_says_why_it_came_what_to_do_and_where_help_is(
    kind: str, production: Settings, now: datetime, app: Flask
) -> None:
    letter = render_letter(kind, production, **facts(kind, now))
    known = app.url_map.bind("espace.example.fr")
    for text in (letter.text, letter.html):
        assert "Bonjour Anaïs," in text
        assert "Pourquoi ce message" in text
        assert "01 99 00 00 00" in text
        assert re.search("Si vous n’avez rien demandé|Si ce n’est pas vous", text)
        addresses = re.findall(rf"{re.escape(SITE)}(/[a-z/-]*)", text)
        assert all(known.test(address) for address in addresses)
    assert letter.subject.endswith("– Mon carnet")
    assert "K7QM" not in letter.subject


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("demonstration", [False, True])
def test_an_sms_fits_in_one(
    kind: str, demonstration: bool, production: Settings, settings: Settings, now: datetime
) -> None:
    sms = render_letter(kind, settings if demonstration else production, **facts(kind, now)).sms
    assert sms is not None
    assert set(sms) <= GSM_7
    assert len(sms) <= SMS_LENGTH
    assert "/aide" in sms
    assert ("/activation/nouveau-code" in sms) is (kind == "no-account")  # the page says that it tells how


def test_a_letter_about_a_child_speaks_to_whoever_reads_it(production: Settings, now: datetime) -> None:
    letter = render_letter("no-account", production, **facts("no-account", now, for_child=True))
    for text in (letter.text, letter.html):
        assert "Bonjour," in text
        assert "d’Anaïs" in text
        assert "un parent" in text
        assert "Vous n’avez pas de compte" not in text


def test_a_code_stands_alone_on_its_line_and_dies_with_its_letter(
    production: Settings, now: datetime
) -> None:
    letter = render_letter("password-reset", production, **facts("password-reset", now))
    assert letter.sms is not None
    assert "K7QM 2XWD 9HTA" in letter.text.splitlines()
    assert "K7QM 2XWD 9HTA" in letter.sms.splitlines()
    assert letter.expires_at == now + timedelta(minutes=15)
