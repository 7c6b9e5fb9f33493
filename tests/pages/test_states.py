"""Every page state, without a browser: reached, valid, said the same twice, guarded, private, and only read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import html5lib
import pytest

from tests.support.arrival import Answer, Ground, Seen, together
from webapp.activation import walks
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.features import all_states
from webapp.web.walker import PageReader

STATES = {state.name: state for state in all_states()}
VISIT_CLOCK = re.compile(r"UPDATE visits SET last_seen_at=\S+ WHERE visits\.id = \S+")
READ_MARK = re.compile(
    r"UPDATE messages SET read_at=\S+ WHERE messages\.id = \S+ AND messages\.beneficiary_id = \S+ "
    r"(AND messages\.confidential IS 0 )?AND messages\.read_at IS NULL RETURNING id"
)
"""The two things that a GET may write here."""
LABELLED = ("input", "select", "textarea")
HIGH_SIGN = re.compile(r"\S[ \u00a0][:;!?](?!\S)|«[ \u202f]|[a-zéè]'[a-zéèê]")
"""French wants U+202F before these, U+00A0 inside guillemets, and its own apostrophe."""


@pytest.fixture(scope="module", params=[together(state, state.name) for state in STATES.values()])
def arrival(ground: Ground, request: pytest.FixtureRequest) -> Seen:
    """One state, reached."""
    return ground.look(STATES[request.param])


def test_every_name_is_given_once() -> None:
    assert len(STATES) == len(all_states())


def test_it_is_reached(arrival: Seen) -> None:
    assert arrival.page.status == arrival.state.status, PageReader(arrival.page.body).text


def test_opening_a_page_writes_nothing(arrival: Seen) -> None:
    written = [one for answer in arrival.answers if answer.method == "GET" for one in answer.writes]
    may = (VISIT_CLOCK, READ_MARK)
    assert [one for one in written if not any(kind.fullmatch(" ".join(one.split())) for kind in may)] == []


def test_html_is_valid_and_every_reference_leads_somewhere(arrival: Seen) -> None:
    """Strictly parsed; ids once; each control has a label; no reference is broken; no inline style, no handler."""
    tree = _tree(arrival.page)
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    ids = [one.get("id") for one in elements if one.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [
        name
        for one in elements
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-show")
        for name in (one.get(attribute) or "").split()
    ]
    wanted += [one.get("href", "")[1:] for one in elements if one.get("href", "").startswith("#")]
    if arrival.state.kind != "fragment":
        assert set(wanted) <= set(ids)
    assert [a for one in elements for a in one.attrib if a == "style" or a.startswith("on")] == []
    assert not [one for one in elements if one.tag in ("center", "font", "b") and not "".join(one.itertext())]
    for one in elements:  # without a script, only what a script does is away
        assert "hidden" not in one.attrib
        if "js" in (one.get("class") or "").split():
            assert (one.tag, one.get("type")) == ("button", "button")
    labels = {one.get("for") for one in elements if one.tag == "label"}
    wrapped = [
        control for one in elements if one.tag == "label" for control in one.iter() if control is not one
    ]
    for control in elements:
        if control.tag in LABELLED and control.get("type") not in ("hidden", "submit"):
            assert control.get("id") in labels or control in wrapped, control.attrib


def test_the_page_has_its_frame(arrival: Seen) -> None:
    """Language, title with the service's name, one main, one h1, headings that skip no level."""
    if arrival.state.kind == "fragment":
        return
    tree = _tree(arrival.page)
    assert tree.get("lang") == "fr"
    title = (tree.findtext(".//title") or "").strip()
    assert re.fullmatch(r"\S.+ – Mon espace santé", title), title
    assert len(list(tree.iter("main"))) == len(list(tree.iter("h1"))) == 1
    levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


def test_a_mistake_is_said_above_and_at_its_field(arrival: Seen) -> None:
    """Title, summary above the h1 with the focus, links to fields, and the same words there."""
    if arrival.page.status != 422:
        return
    tree = _tree(arrival.page)
    assert (tree.findtext(".//title") or "").startswith("Erreur\u202f: ")
    forms = [form for form in tree.iter("form") if any(True for _ in _controls(form))]
    summary = tree.find(".//*[@id='erreurs']")
    if not forms:
        return
    assert summary is not None
    assert "autofocus" in summary.attrib
    order = list(tree.iter())
    assert order.index(summary) < order.index(next(tree.iter("h1")))
    by_id = {one.get("id"): one for one in order if isinstance(one.tag, str) and one.get("id")}
    for link in summary.iter("a"):
        field = by_id[link.get("href")[1:]]
        assert field.tag in LABELLED
        said = {_text(one) for one in order if one.get("class") == "wrong-text"}
        assert _text(link) in said
        described = field.get("aria-describedby") or next(
            (one.get("aria-describedby") for one in tree.iter("fieldset") if field in one.iter()), ""
        )
        assert any(_text(by_id[name]) == _text(link) for name in (described or "").split())


def test_the_words_are_set_as_french_is(arrival: Seen) -> None:
    """No ordinary space where a thin one is due, in any word that is shown."""
    tree = _tree(arrival.page)
    letters = {
        one for article in tree.iter("article") for one in article.iter()
    }  # an SMS has ASCII apostrophes
    shown = [one for one in tree.iter() if one not in letters and one.tag not in ("style", "script", "code")]
    words = [text for one in shown for text in (one.text, one.tail, one.get("aria-label")) if text]
    assert [text.strip() for text in words if HIGH_SIGN.search(text)] == []


def test_the_answer_is_guarded(arrival: Seen) -> None:
    """Policy, no sniffing, no referrer, no frame, no cache; compressed whatever the status."""
    headers, body = arrival.page.headers, arrival.page.body
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["form-action"] == "'self'"
    nonces = re.findall(r"'nonce-([^']+)'", policy["style-src"])
    assert nonces == re.findall(r'nonce="([^"]+)"', body)
    assert policy["style-src"].split()[0] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert {"cookie", "accept-encoding", "hx-request"} <= {one.lower() for one in headers["Vary"].split(", ")}
    assert headers["Content-Encoding"] == "br"


def test_cookies_and_addresses_say_nothing_of_anybody(arrival: Seen) -> None:
    """HttpOnly, SameSite; neither a name, nor a number, nor a contact, nor a code, in any cookie or address."""
    cookies = [one for answer in arrival.answers for one in answer.headers.getlist("Set-Cookie")]
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)
    places = cookies + [answer.path for answer in arrival.answers]
    places += [answer.headers.get("Location", "") for answer in arrival.answers]
    secrets = [who.nir for who in DEMO_PEOPLE] + [
        walks.IDENTIFIER,
        walks.PASSWORD,
        "example.org",
        "+337",
    ]
    secrets += [name for who in DEMO_PEOPLE for name in who.name.split() if len(name) > 4]
    text = "\n".join(places).lower()
    assert [one for one in secrets if one.lower() in text] == []


def _tree(answer: Answer) -> Any:
    return _parsed(answer.body)


@lru_cache(maxsize=2)
def _parsed(body: str) -> Any:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(body) if "<html" in body else parser.parseFragment(body)


def _controls(form: Any) -> Iterator[Any]:
    return (one for one in form.iter() if one.tag in LABELLED and one.get("type") != "hidden")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
