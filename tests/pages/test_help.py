"""The help pages: what to do next, on paper where the insurer can help, and never a number that is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.support.arrival import Ground
from webapp import create_app
from webapp.config import Settings
from webapp.factors.rules import STEP_SECONDS
from webapp.family.rules import INVITATION_LIFE
from webapp.keys import Keys
from webapp.limits.rules import FREE_FAILURES, IDENTIFIER_SENDS, RESET_SENDS
from webapp.public.states_help import STATES
from webapp.public.views_help import OF_ACCOUNT, TOPICS, WITH_PAPER, number_to_call
from webapp.spaces.rules import CODE_LIFE, CODE_TRIES, KEPT_YEARS, REGRET
from webapp.values.codes import CODE_LENGTH
from webapp.web.states import State
from webapp.web.walker import PageReader

PROMISED = (
    "/aide/pas-reconnu",
    "/aide/carte-perdue",
    "/aide/sans-contact",
    "/aide/contact-a-corriger",
    "/aide/mineur-sans-representant",
    "/aide/code-non-recu",
)
"""The addresses that other pages and letters link to."""
ACCOUNT = (
    "/aide/acces-oublies",
    "/aide/telephone-perdu",
    "/aide/compte-utilise",
    "/aide/enfant-partage",
    "/aide/fermer",
)
LEADS_TO = {
    "acces-oublies": {"/identifiant-oublie", "/mot-de-passe-oublie", "/mot-de-passe-oublie/sans-adresse"},
    "telephone-perdu": {
        "/compte/application",
        "/compte/codes-de-secours",
        "/compte/cles",
        "/compte/connexions",
        "/compte/telephone",
        "/mot-de-passe-oublie/sans-adresse",
    },
    "compte-utilise": {
        "/compte/mot-de-passe",
        "/compte/connexions",
        "/compte/activite",
        "/compte/activite/pas-moi",
        "/mot-de-passe-oublie",
    },
    "enfant-partage": {"/famille", "/famille/desaccord", "/famille/quitter"},
    "fermer": {"/compte/fermer", "/compte/rouvrir", "/compte/telecharger", "/activation/code"},
}
"""What one does next is a page of this site, never a telephone line alone."""
LIKE_A_PHONE = re.compile(r"\d(?:[\s.\-]?\d){7,}|\b3[0-9]{3}\b")
DRAWN = re.compile(r"<svg.*?</svg>", re.DOTALL)
IDS = ("sans-internet", "telephone", "courrier", "pharmacie")


@pytest.fixture(scope="module")
def help_client(keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of a site whose people are named by settings; these pages need no database."""
    var = tmp_path_factory.mktemp("help")
    settings = Settings(
        database_url=f"sqlite:///{var}/none.db",
        keys=keys,
        var=var,
        site_name="Mon carnet",
        publisher="Association d’essai, 2 rue du Port",
        help_phone="+33 1 99 00 12 34, le matin",
    )
    app = create_app(settings)
    yield app.test_client()
    app.extensions["engine"].dispose()


@pytest.fixture
def visitor(ground: Ground) -> FlaskClient:
    """A visitor of the demonstration, where nothing has happened yet."""
    return ground.fresh()[1]


def _body(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _words(body: str) -> str:
    return PageReader(DRAWN.sub("", body)).text


def test_every_promised_sheet_is_there(visitor: FlaskClient) -> None:
    assert set(PROMISED) == {f"/aide/{topic.name}" for topic in WITH_PAPER}
    assert set(ACCOUNT) == {f"/aide/{topic.name}" for topic in OF_ACCOUNT}
    listed = {href for href, _words_of in PageReader(_body(visitor, "/aide")).links}
    assert {f"/aide/{topic.name}" for topic in TOPICS} <= listed
    assert visitor.get("/aide/autre").status_code == 404


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_has_one_heading_and_its_own_title(help_client: FlaskClient, state: State) -> None:
    body = _body(help_client, state.address)
    page = PageReader(body)
    assert body.count("<h1") == 1
    assert page.title.endswith(" – Mon carnet")
    assert page.h1
    levels = [int(level) for level in re.findall(r"<h([1-6])", body)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_titles_differ(help_client: FlaskClient) -> None:
    titles = {PageReader(_body(help_client, state.address)).title for state in STATES}
    assert len(titles) == len(STATES)


def test_the_ways_without_internet_have_their_anchors(help_client: FlaskClient) -> None:
    body = _body(help_client, "/aide")
    tree = html5lib.parse(body, namespaceHTMLElements=False)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert set(IDS) <= set(ids)
    assert len(ids) == len(set(ids))


def test_settings_say_whom_to_call_and_whom_to_write_to(help_client: FlaskClient) -> None:
    body = _body(help_client, "/aide")
    assert '<a href="tel:+33199001234">+33 1 99 00 12 34, le matin</a>' in body
    assert "Association d’essai, 2 rue du Port" in body


def test_the_demonstration_links_no_number(visitor: FlaskClient) -> None:
    body = _body(visitor, "/aide")
    assert "Démonstration sans numéro de téléphone" in body
    assert "tel:" not in body


@pytest.mark.parametrize("address", ["/aide", *PROMISED, *ACCOUNT])
def test_no_number_is_written_that_the_settings_do_not_give(visitor: FlaskClient, address: str) -> None:
    """No telephone number, official or invented: the demonstration has none."""
    assert LIKE_A_PHONE.findall(_words(_body(visitor, address))) == []


@pytest.mark.parametrize("address", PROMISED)
def test_a_sheet_has_a_paper_to_hand_over(visitor: FlaskClient, address: str) -> None:
    """Blanks to fill by hand; it names the scheme, and says that this is not the official site."""
    body = _body(visitor, address)
    paper = body[body.index('<section class="card paper"') : body.index('<p class="acts"')]
    words = _words(paper)
    for expected in ("Ce que je demande à ma caisse", "Date", "Signature", "pas le site officiel"):
        assert expected in words
    assert re.search(r"\d", words) is None
    assert "CPAM, MSA…" in _words(body)


@pytest.mark.parametrize("name", sorted(LEADS_TO))
def test_a_sheet_about_the_account_leads_to_the_pages_that_mend(visitor: FlaskClient, name: str) -> None:
    links = {href for href, _words_of in PageReader(_body(visitor, f"/aide/{name}")).links}
    assert LEADS_TO[name] <= links


def test_whom_to_ask_about_an_intrusion_is_said_as_it_is_set(help_client: FlaskClient) -> None:
    assert "+33 1 99 00 12 34, le matin" in _words(_body(help_client, "/aide/compte-utilise"))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_link_of_the_page_itself_answers(visitor: FlaskClient, state: State) -> None:
    """Those in the content; the footer's have their own test. A fragment names an element of its page."""
    body = _body(visitor, state.address)
    content = body[body.index("<main") : body.index("</main>")]
    for address, _words_of in PageReader(content).links:
        path, _, anchor = address.partition("#")
        shown = _body(visitor, path) if anchor and path else body
        assert not anchor or f'id="{anchor}"' in shown
        assert not path or visitor.get(path).status_code < 400, address


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_of_prose_stays_light(ground: Ground, state: State) -> None:
    page = ground.look(state).page
    assert page.weight <= 8_000
    assert page.writes == []


def test_figures_are_those_of_the_rules(visitor: FlaskClient) -> None:
    words = _words(_body(visitor, "/aide/code-non-recu"))
    assert "5 par jour" in words
    assert "pendant 15 minutes" in words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acces-oublies", f"avant {CODE_LIFE.seconds // 60} minutes. J’ai {CODE_TRIES} essais"),
        ("acces-oublies", f"un code de {CODE_LENGTH} lettres et chiffres"),
        ("acces-oublies", f"Je peux recevoir {RESET_SENDS.most} codes par jour"),
        ("acces-oublies", f"Je peux le demander {IDENTIFIER_SENDS.most} fois par jour"),
        ("telephone-perdu", f"toutes les {STEP_SECONDS} secondes"),
        ("telephone-perdu", f"Après {FREE_FAILURES} erreurs"),
        ("enfant-partage", f"Il a {INVITATION_LIFE.days} jours"),
        ("fermer", f"le garder {KEPT_YEARS} ans"),
        ("fermer", f"j’ai {REGRET.days} jours pour changer d’avis"),
    ],
)
def test_a_sheet_about_the_account_tells_the_figures_of_the_rules(
    visitor: FlaskClient, name: str, expected: str
) -> None:
    words = " ".join(_words(_body(visitor, f"/aide/{name}")).split())
    assert expected.lower() in words.replace("\u202f", " ").lower()


@pytest.mark.parametrize(
    ("setting", "link"),
    [
        ("3646", "3646"),
        ("01\u00a099\u202f00.12-34 (9 h à 17 h)", "0199001234"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("Démonstration sans numéro de téléphone", None),
        ("7 jours sur 7 au 01 99 00 12 34", None),
        ("12", None),
    ],
)
def test_only_a_number_becomes_a_link(setting: str, link: str | None) -> None:
    assert number_to_call(setting) == link


def test_paper_stands_alone_once_printed() -> None:
    sheet = (Path(__file__).parents[2] / "static" / "look.css").read_text(encoding="utf-8")
    assert ".paper{break-before:page}" in sheet[sheet.index("@media print") :]
