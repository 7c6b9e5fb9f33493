"""Letters: what each must say, and that nothing in a fact can become markup or a header."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from jinja2 import UndefinedError

from webapp.config import Settings
from webapp.keys import Keys
from webapp.mail.letter import GSM_7, SMS_LENGTH, Destination, Letter
from webapp.mail.message import Outgoing, email_of
from webapp.mail.render import plain_sms, render_letter
from webapp.values.ids import new_id

BIGGEST = 6_000


def site(keys: Keys, **changes: Any) -> Settings:
    settings = Settings(database_url="sqlite://", keys=keys, var=Path("/nowhere"))
    return settings.with_changes(**changes)


def production(keys: Keys) -> Settings:
    return site(
        keys,
        public_url="https://espace.example.fr",
        site_name="Mon carnet",
        publisher="Association d’essai",
        dpo_contact="dpo@example.fr",
        help_phone="01 99 00 00 00",
    )


def facts(kind: str, now: datetime, name: str = "Loïc", *, for_child: bool = False) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "provisional-code": {"code": "K7QM2XWD9HTA", "minutes": 15, "until": now + timedelta(minutes=15)},
        "access-code": {"code": "012345", "minutes": 15},
        "space-opened": {"at": now, "sign_in_url": "https://espace.example.fr/connexion"},
        "opposition-recorded": {"at": now},
    }
    return own[kind] | {"name": name, "for_child": for_child}


OURS = ["access-code", "opposition-recorded", "provisional-code", "space-opened"]
"""The letters of the first decision, which may be about a child; every kind, in both languages: test_mail_languages."""


def size(letter: Letter, settings: Settings, now: datetime) -> int:
    outgoing = Outgoing(new_id(), now, "<id@host>", "a@b.fr", letter.subject, letter.text, letter.html)
    return len(email_of(outgoing, settings).as_bytes())


@pytest.mark.parametrize("kind", OURS)
def test_a_letter_says_who_writes_why_and_where_help_is(kind: str, keys: Keys, now: datetime) -> None:
    settings = production(keys)
    letter = render_letter(kind, settings, **facts(kind, now))
    for text in (letter.text, letter.html):
        assert "Pourquoi ce message" in text
        assert "01 99 00 00 00" in text
        assert "https://espace.example.fr/aide" in text
        assert "Association d’essai" in text
        assert "dpo@example.fr" in text
        assert "ce n’est pas le site officiel" in text
        assert "émonstration" not in text.lower()
        assert "Loïc" in text
    assert letter.subject.endswith("– Mon carnet")
    print(kind, size(letter, settings, now), "bytes")
    assert size(letter, settings, now) < BIGGEST


@pytest.mark.parametrize("kind", OURS)
def test_a_demonstration_says_that_it_is_one(kind: str, keys: Keys, now: datetime) -> None:
    letter = render_letter(kind, site(keys), **facts(kind, now))
    assert "DÉMONSTRATION" in letter.text
    assert "Démonstration" in letter.html
    assert letter.sms is not None
    assert "démonstration" in letter.sms
    assert size(letter, site(keys), now) < BIGGEST


@pytest.mark.parametrize("kind", OURS)
def test_html_is_valid_and_acts_on_nothing(kind: str, keys: Keys, now: datetime) -> None:
    letter = render_letter(kind, site(keys), **facts(kind, now, name="<b onclick=x>&amp;"))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(letter.html)
    assert tree.find(".//b") is None
    assert {tag.tag for tag in tree.iter() if isinstance(tag.tag, str)} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "p", "a", "strong")
    }
    assert tree.get("lang") == "fr"


@pytest.mark.parametrize("kind", OURS)
def test_an_sms_fits_in_one(kind: str, keys: Keys, now: datetime) -> None:
    for settings in (site(keys), site(keys, public_url="https://espace.example.fr")):
        for for_child in (False, True):
            sms = render_letter(kind, settings, **facts(kind, now, for_child=for_child)).sms
            assert sms is not None
            assert set(sms) <= GSM_7
            assert len(sms) <= SMS_LENGTH


@pytest.mark.parametrize("kind", sorted(set(OURS) - {"access-code"}))
def test_a_letter_about_a_child_speaks_to_whoever_reads_it(kind: str, keys: Keys, now: datetime) -> None:
    letter = render_letter(kind, production(keys), **facts(kind, now, "Anaïs", for_child=True))
    for text in (letter.text, letter.html):
        assert "Bonjour," in text
        assert "Anaïs" in text
        assert not any(word in text for word in ("Bonjour Anaïs", "votre espace", "à votre nom", "de Anaïs"))
    assert "Anaïs" not in letter.subject


@pytest.mark.parametrize("kind", OURS)
def test_a_letter_sends_nobody_to_a_page_that_does_not_exist(
    kind: str, app: Flask, keys: Keys, now: datetime
) -> None:
    letter = render_letter(kind, production(keys), **facts(kind, now))
    addresses = re.findall(r"https://espace\.example\.fr(/[a-z/-]*)", letter.text + letter.html)
    known = app.url_map.bind("espace.example.fr")
    assert addresses
    assert all(known.test(address) for address in addresses)


def test_a_provisional_code_stands_alone_on_its_line_in_three_groups(keys: Keys, now: datetime) -> None:
    letter = render_letter("provisional-code", site(keys), **facts("provisional-code", now))
    assert letter.sms is not None
    assert "K7QM 2XWD 9HTA" in letter.text.splitlines()
    assert "K7QM 2XWD 9HTA" in letter.sms.splitlines()
    assert '<p class="code">K7QM 2XWD 9HTA</p>' in letter.html.splitlines()
    assert letter.expires_at == now + timedelta(minutes=15)
    assert "10\u202fh\u202f45" in letter.text
    assert "K7QM" not in letter.subject


def test_an_access_code_is_bound_to_the_site(keys: Keys, now: datetime) -> None:
    """The last line is what telephones read: https://wicg.github.io/sms-one-time-codes/."""
    letter = render_letter("access-code", production(keys), **facts("access-code", now))
    assert letter.sms is not None
    assert letter.sms.splitlines()[-1] == "@espace.example.fr #012345"
    assert "012345" in letter.text.splitlines()


def test_a_missing_fact_is_a_fault(keys: Keys) -> None:
    with pytest.raises(UndefinedError):
        render_letter("access-code", site(keys), name="Loïc")


def test_letters_beyond_the_alphabet_of_sms_lose_their_accents_only() -> None:
    assert plain_sms("L’été, où ça commence\u202f? Noël, cœur, Œuvre… «\u00a0oui\u00a0»") == (
        'L\'été, où ca commence ? Noel, coeur, OEuvre... " oui "'
    )
    assert plain_sms("東京") == "東京"


@pytest.mark.parametrize("sign", ["\n", "\r", "\x00", " ", ",", ";", "<", ">", '"', "\u2028", "\x85"])
def test_an_address_is_one_address(sign: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Destination("email", f"a{sign}@example.fr")
    with pytest.raises(ValueError, match="address"):
        Destination("email", f"a@example.fr{sign}Bcc:b@example.fr")
    with pytest.raises(ValueError, match=r"address|number"):
        Destination("sms", f"+3361234{sign}")


@pytest.mark.parametrize(
    ("channel", "address"), [("sms", "0612345678"), ("sms", "+33a"), ("email", "a"), ("fax", "1")]
)
def test_what_is_no_destination_is_refused(channel: str, address: str) -> None:
    with pytest.raises(ValueError, match=r"address|number|leaves"):
        Destination(channel, address)


@pytest.mark.parametrize("field", ["subject", "to", "message_id"])
def test_no_value_makes_a_header_of_its_own(field: str, keys: Keys, now: datetime) -> None:
    values = {"message_id": "<a@b>", "to": "a@b.fr", "subject": "s"} | {field: "x\r\nBcc: b@example.fr"}
    with pytest.raises(ValueError, match="linefeed"):
        email_of(Outgoing(id=new_id(), created_at=now, text="t", html=None, **values), site(keys))


def test_a_site_name_with_a_line_end_makes_no_header(keys: Keys, now: datetime) -> None:
    settings = site(keys, site_name="a\nBcc: b@example.fr")
    letter = render_letter("opposition-recorded", settings, **facts("opposition-recorded", now))
    assert "\n" not in letter.subject


def test_a_letter_does_not_show_what_it_says_in_a_log(keys: Keys, now: datetime) -> None:
    letter = render_letter("access-code", site(keys), **facts("access-code", now))
    shown = repr(letter) + repr(Destination("email", "camille@example.fr"))
    assert "012345" not in shown
    assert "camille" not in shown
