"""Letters in two languages: every kind in both, with the same facts and links, each short enough for one SMS."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from jinja2 import Environment, meta

from webapp.config import CHECKOUT, Settings
from webapp.keys import Keys
from webapp.mail.letter import GSM_7, SMS_LENGTH
from webapp.mail.message import Outgoing, email_of
from webapp.mail.render import FOLDERS, render_letter
from webapp.values.clock import paris_day
from webapp.values.english import english_date, english_datetime, english_time
from webapp.values.ids import new_id

TEMPLATES = CHECKOUT / "templates"
FILES = ["mail.html", "mail.txt", "sms.txt", "subject.txt"]
SITE = "https://espace.example.fr"
BIGGEST = 6_000
LINK_OR_ITEM = re.compile(r"https?://\S+$|[-–] |\d+\. |$")
SECRET = {"code": "012345", "minutes": 15}
PROVISIONAL = {"code": "K7QM2XWD9HTA", "minutes": 15}


def kinds(language: str) -> list[str]:
    folder = TEMPLATES / FOLDERS[language]
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in FOLDERS)


KINDS = kinds("fr")


def facts(kind: str, now: datetime, **changes: Any) -> dict[str, Any]:
    """What a letter of any kind is told; a few kinds tell more, or something else under the same name."""
    every = {
        "name": "Loïc",
        "at": now,
        "until": now + timedelta(minutes=15),
        "for_child": False,
        "removed": False,
        "added": False,
        "left": 3,
        "device": "Samsung Internet sur Chromebook",
        "identifier": "camille.durand75",
        "sign_in_url": f"{SITE}/connexion",
        "child": "Anaïs",
        "erase_on": paris_day(now) + timedelta(days=30),
        "mine": False,
        "other": "Karim",
        "sender": "Nadia",
    }
    code = SECRET if kind in ("access-code", "new-address-code") else PROVISIONAL
    return every | code | changes


pytestmark = pytest.mark.one_database("no letter is written differently on another")


@pytest.fixture
def production(keys: Keys) -> Settings:
    """A site on the internet."""
    return Settings(database_url="sqlite://", keys=keys, var=Path("/nowhere")).with_changes(
        public_url=SITE,
        site_name="Mon carnet",
        publisher="Association d’essai",
        dpo_contact="dpo@example.fr",
        help_phone="01 99 00 00 00",
    )


def test_every_kind_is_written_in_both_languages() -> None:
    assert kinds("fr") == kinds("en")
    for language, folder in FOLDERS.items():
        for kind in kinds(language):
            assert sorted(path.name for path in (TEMPLATES / folder / kind).iterdir()) == FILES, kind


def asked(path: Path) -> set[str]:
    """The facts that a template asks for."""
    environment = Environment(autoescape=True)
    for name in set(re.findall(r"\|\s*([a-z_]+)", path.read_text())):
        environment.filters.setdefault(name, str)
    return meta.find_undeclared_variables(environment.parse(path.read_text()))


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_facts_and_lead_to_the_same_pages(
    kind: str, production: Settings, now: datetime, app: Flask
) -> None:
    known = app.url_map.bind("espace.example.fr")
    for file in FILES:
        french, english = (asked(TEMPLATES / FOLDERS[language] / kind / file) for language in ("fr", "en"))
        assert french == english, file
    for changes in ({}, {"for_child": True, "removed": True, "left": 0, "device": "", "mine": True}):
        links = []
        for language in FOLDERS:
            letter = render_letter(kind, production, language=language, **facts(kind, now, **changes))
            assert letter.language == language
            parts = (letter.text, letter.html, letter.sms or "")
            links.append([sorted(set(re.findall(rf"{SITE}(/[a-z0-9/-]*)", part))) for part in parts])
            assert all(known.test(address) for address in links[-1][1])
        assert links[0] == links[1]


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_says_why_it_came_what_to_do_and_where_help_is(
    kind: str, language: str, production: Settings, now: datetime
) -> None:
    letter = render_letter(kind, production, language=language, **facts(kind, now))
    why, not_you = {
        "fr": (
            "Pourquoi ce message",
            r"[Ss]i vous n’avez rien demandé|[Ss]i ce n’est (pas|ni) |Si vous ne |Si vous n’êtes toujours",
        ),
        "en": (
            "Why this message",
            r"If you asked for nothing|If it (was|is) not you|If this is not|If you (do|still do)",
        ),
    }[language]
    paragraphs = letter.text.partition("\n--\n")[0].split("\n\n")
    glued = [one for one in paragraphs if any(not LINK_OR_ITEM.match(line) for line in one.split("\n")[1:])]
    assert re.findall(r"\S+[^\s(]https?://", letter.text) == []
    assert glued == [], "a paragraph is one line, then its links"
    for text in (letter.text, letter.html):
        assert why in text
        assert re.search(not_you, text), kind
        for said in ("01 99 00 00 00", f"{SITE}/aide", "Association d’essai", "dpo@example.fr"):
            assert said in text
        assert "emonstration" not in text
        assert re.search(r"\bje\b|\bJe\b", text) is None
    assert letter.subject.endswith("– Mon carnet")
    assert not any(told in letter.subject for told in ("012345", "K7QM", "Anaïs", "Loïc", "camille"))
    message = email_of(
        Outgoing(new_id(), now, "<a@b>", "a@b.fr", letter.subject, letter.text, letter.html, language),
        production,
    )
    assert message["Content-Language"] == language
    print(kind, language, len(message.as_bytes()), "bytes")
    assert len(message.as_bytes()) < BIGGEST


@pytest.mark.parametrize("kind", KINDS)
def test_french_is_set_with_its_own_spaces_and_apostrophes(
    kind: str, production: Settings, now: datetime
) -> None:
    letter = render_letter(kind, production, **facts(kind, now))
    head, _, body = letter.html.partition("</head>")
    for words in (letter.subject, letter.text, re.sub(r"<[^>]*>", " ", body)):
        assert re.findall(r"\S[ \u00a0][:;!?](?!\S)", words) == []
        assert "'" not in words
    assert "\u202f" not in head.split("<style>")[1]


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_sms_is_one_sms(
    kind: str, language: str, production: Settings, settings: Settings, now: datetime
) -> None:
    for site in (production, settings):
        for changes in ({}, {"for_child": True, "removed": True, "left": 0}):
            sms = render_letter(kind, site, language=language, **facts(kind, now, **changes)).sms
            assert sms is not None
            assert set(sms) <= GSM_7
            assert len(sms) <= SMS_LENGTH, sms


@pytest.mark.parametrize("kind", KINDS)
def test_english_is_marked_as_english_and_what_is_french_in_it_as_french(
    kind: str, settings: Settings, now: datetime
) -> None:
    letter = render_letter(kind, settings, language="en", **facts(kind, now, name="<b onclick=x>&amp;"))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(letter.html)
    assert tree.get("lang") == "en"
    assert tree.find(".//b") is None
    french = [one.text for one in tree.iter("span") if one.get("lang") == "fr"]
    assert french == [settings.help_phone, settings.publisher, settings.dpo_contact, settings.site_name]
    assert "The site is in French" in letter.text
    months = "janvier|février|avril|juillet|août|décembre"
    said = re.sub(
        r"<span lang=.fr.>[^<]*</span>|<style>.*</style>|<[^>]*>", " ", letter.html, flags=re.DOTALL
    )
    for text in (letter.text.partition("\n--\n")[0], said):
        assert re.search(rf"\d h \d|\b([Vv]ous|[Vv]otre|Démonstration|{months})\b", text) is None
        assert "emonstration" in text or "DEMONSTRATION" in text


def test_a_language_that_nobody_writes_is_a_fault(settings: Settings, now: datetime) -> None:
    with pytest.raises(KeyError):
        render_letter("access-code", settings, language="de", **facts("access-code", now))


def test_dates_and_hours_in_english_are_those_of_paris(now: datetime) -> None:
    assert english_date(now) == "2\u00a0March 2026"
    assert english_time(now) == "10:30"
    assert english_datetime(now + timedelta(hours=14)) == "3\u00a0March 2026 at 00:30 (Paris time)"
    for say in (english_date, english_time, english_datetime):
        with pytest.raises(ValueError, match="time zone"):
            say(now.replace(tzinfo=None))
