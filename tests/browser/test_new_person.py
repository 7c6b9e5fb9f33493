"""A new person goes from the front door to the welcome message: in a browser, without a script, by plain HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.wsgi import ClosingIterator

from tests.support.chromium import NewPage
from tests.support.door import ADDRESS, Door
from webapp.activation import walks
from webapp.db.work import reading
from webapp.inbox.models import Message
from webapp.web.states import World
from webapp.web.walker import Walker

pytestmark = pytest.mark.one_database("the walk is all that is looked at; the processes walk on both")

HEAVIEST = 120_000
"""Bytes on the wire of the whole walk, bodies, from a cold cache: every page, redirect and file."""


class Person(Protocol):
    """Whoever walks: follows links, fills in forms, reads."""

    def follow(self, href: str) -> None:
        """Follow the link that leads there."""

    def send(self, lands: str, **fields: str) -> None:
        """Fill in the form that has these fields, send it, and come to an address."""

    def reads(self, words: str) -> None:
        """See these words on the page."""


class Plain:
    """Only links and forms."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker.open("/")

    def follow(self, href: str) -> None:
        assert any(found == href for found, _words in self.walker.page.links), href
        self.walker.open(href)

    def send(self, lands: str, **fields: str) -> None:
        assert self.walker.send(**fields).address == lands

    def reads(self, words: str) -> None:
        assert words in self.walker.page.text


class Seated:
    """At a small screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.goto(ADDRESS + "/")

    def follow(self, href: str) -> None:
        self.page.locator(f"a[href='{href}']").first.click()
        expect(self.page).to_have_url(ADDRESS + href)

    def send(self, lands: str, **fields: str) -> None:
        for name, value in fields.items():
            kind = self.page.locator(f"[name={name}]").first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self.page.check(f"[name={name}][value='{value}']")
            else:
                self.page.fill(f"[name={name}]", value)
        form = self.page.locator("main form").filter(has=self.page.locator(f"[name={next(iter(fields))}]"))
        heading = self.page.locator("h1").inner_text()
        form.locator("button:not([type=button])").first.click()
        expect(self.page).to_have_url(ADDRESS + lands)
        expect(self.page.locator("h1")).not_to_have_text(
            heading
        )  # a fragment takes its place after the address

    def reads(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(
            re.compile(r"\s".join(map(re.escape, words.split())))
        )


class Scales:
    """Stands in the door, and weighs what goes out."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app, self.bytes = app, 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        sent = self.app(environ, start)
        return ClosingIterator(map(self._weigh, sent), getattr(sent, "close", None))

    def _weigh(self, part: bytes) -> bytes:
        self.bytes += len(part)
        return part


@pytest.fixture(params=["in Chromium", "without JavaScript", "by plain HTTP"])
def person(
    request: pytest.FixtureRequest, world: World, new_page: NewPage, door: Door
) -> tuple[Person, Scales]:
    """A person at the front door, with nothing in the cache, and what weighs their walk."""
    scales = Scales(world.app.wsgi_app)
    if request.param == "by plain HTTP":
        return Plain(_weighed(world, scales)), scales
    door.app = scales
    return Seated(new_page(390, javascript=request.param == "in Chromium")), scales


def _weighed(world: World, scales: Scales) -> Walker:
    """A client that keeps cookies and takes brotli; it fetches the files of a page once, as a browser does."""
    client, kept = world.app.test_client(), set[str]()

    def fetch(method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
        headers = {"Accept-Encoding": "br"}
        with client.open(path, method=method, data=fields, headers=headers) as answer:
            sent = answer.get_data()
            scales.bytes += len(sent)
            body = brotli.decompress(sent) if answer.headers.get("Content-Encoding") == "br" else sent
        for file in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', body.decode())) - kept:
            kept.add(file)
            with client.open(file, headers=headers) as found:
                scales.bytes += len(found.get_data())
        return answer.status_code, answer.headers.get("Location"), body.decode()

    return Walker(fetch)


def test_from_the_front_door_to_the_welcome_message(person: tuple[Person, Scales], world: World) -> None:
    one, scales = person
    engine = world.app.extensions["engine"]
    one.follow("/activation/nouveau-code")
    one.send("/activation/nouveau-code/envoi", **walks.identity(walks.ADULT))
    one.send("/activation/code", channel="email")
    one.send("/activation/decision", code=walks.newest_code(engine))
    one.send("/activation/conditions", decision="activate")
    one.send("/activation/identifiants", accept_terms="y")
    one.send("/activation/terminee", identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    one.follow("/connexion")
    one.send("/connexion/code", identifier=walks.IDENTIFIER, password=walks.PASSWORD, channel="email")
    one.send("/bienvenue", code=walks.newest_access_code(engine))
    one.follow("/bienvenue/question/1")
    one.send("/bienvenue/question/2", height_m="1.72")
    one.send("/bienvenue/question/3", weight_kg="70,5")
    one.send("/bienvenue/question/4", answer="yes", details="Asthme")
    one.send("/bienvenue/question/5", answer="no")
    one.send("/bienvenue/merci", answer="no")
    one.reads("1,72 m")
    one.reads("Asthme")
    one.follow("/accueil")
    one.reads("Bonjour Camille Clairvernay")
    one.follow("/messagerie")
    one.reads("Bienvenue")
    message = _message(world)
    one.follow(message)
    one.reads("Bienvenue")
    one.follow("/messagerie")
    one.reads("Messagerie")
    print(f"the walk weighs {scales.bytes:,} bytes")
    assert 20_000 < scales.bytes <= HEAVIEST


def _message(world: World) -> str:
    """The address of the one message."""
    with reading(world.app.extensions["engine"]) as session:
        return f"/messagerie/{session.scalars(select(Message.id)).one()}"
