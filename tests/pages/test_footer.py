"""The pages of the footer: true to the settings and to the code, light, and leading somewhere."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urldefrag

import brotli
import pytest
from flask import Flask

from webapp import create_app
from webapp.account import cleaning, origin
from webapp.config import CHECKOUT, Settings
from webapp.family.rules import INVITATION_LIFE
from webapp.jobs.tasks import KEPT
from webapp.keys import Keys
from webapp.limits.rules import KNOWN_NETWORK
from webapp.public.states_footer import STATES
from webapp.spaces import awaited
from webapp.spaces.rules import KEPT_YEARS, REGRET, TERMS_VERSION
from webapp.web import left
from webapp.web.walker import PageReader

ADDRESSES = [state.address for state in STATES]
ACCEPTED = {"2026-11-23": "ba7427faca488576"}
"""The digest of the words of the terms, by version."""
TOLD = {
    "site_name": "Carnet des Lilas",
    "publisher": "Mutuelle des Lilas, 3 place du Marché, Villeneuve",
    "hosting": "Hébergeur des Tilleuls",
    "dpo_contact": "vie-privee@lilas.example",
    "help_phone": "poste 4 à l’accueil",
}
"""Words that nobody would write into a template."""
SAID_ON = {
    "/mentions-legales": ("publisher", "hosting", "help_phone"),
    "/donnees-personnelles": ("publisher", "hosting", "dpo_contact"),
    "/a-propos": ("publisher",),
    "/accessibilite": ("publisher", "help_phone", "dpo_contact"),
    "/plan-du-site": (),
}
PHONE = re.compile(
    r"(?:\+33|\b0)[\s.]?[1-9](?:[\s.]?\d{2}){4}\b|\b3\d[\s.]?\d{2}\b|\b(?:au|le) 1[578]\b|\b11[24569]\b"
)
"""As French numbers are written, short and emergency ones included."""
COOKIE = re.compile(r"""(?:COOKIE|SHARED) = "(\w+)"|set_cookie\(\s*"(\w+)"|__Host-(\w+)\"""")


@dataclass(frozen=True)
class Site:
    """A site run by somebody, and the demonstration beside it."""

    told: Flask
    demonstration: Flask


@pytest.fixture(scope="module")
def site(sqlite_template: Path, keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two applications on one migrated database."""
    folder = tmp_path_factory.mktemp("footer")
    shutil.copyfile(sqlite_template, folder / "footer.db")
    plain = Settings(database_url=f"sqlite:///{folder / 'footer.db'}", keys=keys, var=folder / "var")
    site = Site(create_app(plain.with_changes(**TOLD, access_code_minutes=7)), create_app(plain))
    yield site
    for app in (site.told, site.demonstration):
        app.extensions["engine"].dispose()


def _body(app: Flask, address: str) -> str:
    """A later visit: the stylesheet is linked."""
    client = app.test_client()
    client.set_cookie("style", app.extensions["assets"].version("look.css"))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _read(app: Flask, address: str) -> PageReader:
    return PageReader(_body(app, address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_heading_and_the_site_in_its_title(site: Site, address: str) -> None:
    body = _body(site.told, address)
    assert body.count("<h1") == 1
    assert re.search(r"<title>\S.+ – Carnet des Lilas</title>", body)


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_answers_is_said_as_it_is_set(site: Site, address: str) -> None:
    """Words of the settings appear, those of the demonstration do not, and the other way round."""
    told, shown = _read(site.told, address).text, _read(site.demonstration, address).text
    assert SAID_ON.keys() == set(ADDRESSES)
    for name in SAID_ON[address]:
        assert TOLD[name] in told
        assert TOLD[name] not in shown
        assert str(getattr(Settings, name)) in shown
    assert "Démonstration sans" not in told


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_telephone_number_is_written_by_us(site: Site, address: str) -> None:
    body = _body(site.demonstration, address)
    page = PageReader(body)
    main = " ".join(PageReader(body[body.index("<main") : body.index("</main")]).words)
    assert PHONE.findall(main) == []
    assert not [href for href, _words in page.links if href.startswith(("tel:", "mailto:", "http"))]


def test_the_pattern_finds_numbers() -> None:
    for number in ("01 23 45 67 89", "0123456789", "+33 1 23 45 67 89", "3646", "36 46", "15", "112"):
        assert PHONE.search(f"au {number}, le matin"), number


@pytest.mark.parametrize("address", ADDRESSES)
def test_prose_is_light(site: Site, address: str) -> None:
    body = _body(site.demonstration, address)
    assert len(brotli.compress(body.encode(), quality=5)) <= 8_000


def test_the_whole_terms_are_there_with_their_version(site: Site) -> None:
    body = _body(site.told, "/mentions-legales")
    assert 'id="conditions"' in body
    assert f"Version {TERMS_VERSION}." in body
    for words in ("gratuit", "représentant légal", "urgence", "dispositif médical", "loi française"):
        assert words in body[body.index('id="conditions"') :]


def test_terms_that_change_have_a_new_version() -> None:
    """Whoever accepted a version accepted these words: another text is written down beside another version."""
    words = " ".join(
        (CHECKOUT / "templates" / "public" / "terms_text.html").read_text(encoding="utf-8").split()
    )
    assert {TERMS_VERSION: hashlib.sha256(words.encode()).hexdigest()[:16]} == ACCEPTED


def test_times_are_those_of_the_code(site: Site) -> None:
    text = _read(site.told, "/donnees-personnelles").text.replace("\u202f", " ")
    for words in (
        "il vaut 15 minutes",
        "il vaut 7 minutes",
        "après 15 minutes sans activité (10 sur",
        "12 heures",
        f"{hours(left.KEPT)} heures au plus ; jamais un mot de passe ni un code",
        f"sert une fois ; effacé {hours(cleaning.KEPT)} heures plus tard",
        f"dans le navigateur qui l’a demandé ; effacé {hours(awaited.KEPT)} heures plus tard",
        f"effacé au plus tard {hours(KEPT)} heures après la dernière page",
        f"une invitation vaut {INVITATION_LIFE.days} jours",
        f"{KEPT_YEARS} ans hors d’accès",
        f"ou {REGRET.days} jours si je demande l’effacement",
        f"Un réseau reste connu {KNOWN_NETWORK.window.days} jours",
        f"{origin.KEPT.days} jours",
    ):
        assert words in text


def test_the_terms_promise_the_times_that_the_code_applies(site: Site) -> None:
    text = _read(site.told, "/mentions-legales").text.replace("\u202f", " ")
    assert f"gardé {KEPT_YEARS} ans, hors d’accès, puis effacé" in text
    assert f"effacé {REGRET.days} jours plus tard" in text


def test_each_right_has_its_page(site: Site) -> None:
    """To know, to have corrected, to have erased, to oppose (RGPD, articles 15 to 17, 20 and 21)."""
    body = _body(site.told, "/donnees-personnelles")
    rights = PageReader(body[body.index('id="droits"') : body.index('id="cookies"')])
    assert {
        "/compte/telecharger",
        "/compte/activite",
        "/compte/caisse",
        "/compte/fermer",
        "/activation/code",
    } <= {href for href, _words in rights.links}


def hours(time: timedelta) -> int:
    return int(time.total_seconds()) // 3600


def test_every_cookie_is_explained_and_no_other(site: Site) -> None:
    """Those that the sources name are those of the table."""
    found = {
        next(filter(None, match))
        for path in sorted((CHECKOUT / "webapp").rglob("*.py"))
        for match in COOKIE.findall(path.read_text(encoding="utf-8"))
    }
    body = _body(site.told, "/donnees-personnelles")
    table = body[body.index("Les cookies de ce site") :]
    explained = set(re.findall(r'<tr role="row"><td role="cell"><b>(\w+)</b></td>', table))
    assert explained == found == {"visite", "style", "partage", "appareil"}


def test_the_statement_claims_no_more_than_what_was_measured(site: Site) -> None:
    text = _read(site.told, "/accessibilite").text
    assert "Ce site est non conforme" in text
    assert "aucune personne n’en a encore fait l’audit" in text
    assert not re.search(r"%|partiellement conforme|totalement conforme", text)


def test_the_map_leads_to_pages_that_answer(site: Site) -> None:
    for app in (site.told, site.demonstration):
        links = [href for href, _words in _read(app, "/plan-du-site").links if href.startswith("/")]
        assert set(ADDRESSES) <= set(links)
        client = app.test_client()
        broken = {href: code for href in links if (code := client.get(urldefrag(href)[0]).status_code) >= 400}
        assert broken == {}


def test_the_map_forgets_no_page(site: Site) -> None:
    """Every page without a variable in its address, but those that only follow an act."""
    app = site.demonstration
    views = app.view_functions
    pages = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint in views
    }
    links = {urldefrag(href)[0] for href, _words in _read(app, "/plan-du-site").links}
    assert pages - links == FOLLOWING | MACHINES


FOLLOWING = {
    "/bienvenue/merci",
    "/activation/verification",
    "/activation/personne",
    "/activation/nouveau-code/envoi",
    "/activation/opposition/faite",
    "/activation/opposition/justificatif.pdf",
    "/activation/representant/code",
    "/activation/terminee",
    "/activation/fin",
    "/connexion/code",
    "/identifiant-oublie/envoi",
    "/identifiant-oublie/envoye",
    "/mot-de-passe-oublie/code",
    "/mot-de-passe-oublie/nouveau",
    "/mot-de-passe-oublie/fait",
    "/compte/confirmation",
    "/compte/identifiant/fait",
    "/compte/mot-de-passe/fait",
    "/compte/adresse-electronique/code",
    "/compte/adresse-electronique/fait",
    "/compte/telephone/code",
    "/compte/telephone/fait",
    "/compte/application/code",
    "/compte/application/retirer",
    "/compte/codes-de-secours/nouveaux",
    "/compte/cles/nom",
    "/compte/cles/retirer",
    "/compte/fermer/confirmation",
    "/compte/fermer/faite",
    "/compte/fermer/justificatif.pdf",
    "/compte/rouvrir/fait",
    "/messagerie/non-lus",
    "/profil-medical/synthese.pdf",
    "/profil-medical/carte-urgence.pdf",
}
MACHINES = {"/healthz", "/readyz", "/robots.txt", "/favicon.ico"}
