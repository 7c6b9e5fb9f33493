"""A plain client that only opens links and sends forms, as the oldest phone would: page states are reached with it.

It knows nothing of routes or tokens: hidden fields and values already there are sent as a browser sends them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient

Fetch = Callable[[str, str, dict[str, str] | None], tuple[int, str | None, str]]
"""From method, path and fields to status, Location and body; cookies are its own affair."""


@dataclass
class FoundForm:
    """A form of a page: where it goes, and what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


class PageReader(HTMLParser):
    """Reads the title, headings, links, forms and words of a page."""

    def __init__(self, html: str) -> None:
        """Read a whole page at once."""
        super().__init__()
        self.forms: list[FoundForm] = []
        self.links: list[tuple[str, str]] = []
        self.title = self.h1 = ""
        self.words: list[str] = []
        self._inside: list[str] = []
        self._link: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what opens."""
        given = {name: value or "" for name, value in attrs}
        if tag in ("title", "h1", "style", "script", "a"):
            self._inside.append(tag)
        if tag == "a":
            self._link = given.get("href", "")
            self.links.append((self._link, ""))
        elif tag == "form":
            self.forms.append(FoundForm(given.get("action", ""), given.get("method", "get").lower()))
        elif tag in ("input", "textarea", "select", "button") and self.forms and given.get("name"):
            self._field(given, tag)

    def _field(self, given: dict[str, str], tag: str) -> None:
        form, name, kind = self.forms[-1], given["name"], given.get("type", "text")
        form.names.add(name)
        if kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields[name] = given.get("value", "on")
        elif tag != "button" and kind != "submit":
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Take note of what closes."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Take note of words."""
        place = self._inside[-1] if self._inside else ""
        if place == "title":
            self.title += data
        elif place == "h1":
            self.h1 += data
        elif place == "a":
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)
        if place not in ("style", "script", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        """All the words of the page, blanks made one."""
        return " ".join(" ".join(self.words).split())


class Walker:
    """Walks from page to page; `page`, `status` and `address` are those of the last one."""

    def __init__(self, fetch: Fetch) -> None:
        """Take what sends requests."""
        self._fetch = fetch
        self.status, self.address, self.body = 0, "/", ""
        self._asked = "/"
        self._read: PageReader | None = None

    @property
    def page(self) -> PageReader:
        """The page, read once somebody looks at it."""
        if self._read is None:
            self._read = PageReader(self.body)
        return self._read

    def open(self, path: str) -> Walker:
        """Open an address, and go on wherever it redirects."""
        return self._go("GET", path, None)

    def click(self, words: str) -> Walker:
        """Open the link that has these words; LookupError when there is none."""
        for href, said in self.page.links:
            if words in " ".join(said.split()):
                return self.open(urljoin(self.address, href))
        raise LookupError(f"no link {words!r} on {self.address}")

    def form(self, *names: str, action: str | None = None) -> FoundForm:
        """Return the form that has these fields (or goes to `action`); LookupError when there is none."""
        for form in self.page.forms:
            if form.names.issuperset(names) and (action is None or form.action == action):
                return form
        raise LookupError(f"no form with {names} on {self.address} ({self.status}): {self.page.text[:300]}")

    def send(self, action: str | None = None, **fields: str) -> Walker:
        """Fill a form and send it, then go where it leads."""
        form = self.form(*fields, action=action)
        return self.post(urljoin(self._asked, form.action), {**form.fields, **fields})

    def post(self, path: str, fields: dict[str, str]) -> Walker:
        """Send fields to an address as they are."""
        return self._go("POST", path, fields)

    def _go(self, method: str, path: str, fields: dict[str, str] | None) -> Walker:
        for _hop in range(6):
            parts = urlsplit(path)
            asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            status, location, body = self._fetch(method, asked, fields)
            self.status, self.address, self.body = status, parts.path or "/", body
            self._asked = asked  # a form without an action goes there, query included
            if location is None or status not in (301, 302, 303, 307, 308):
                break
            method, path, fields = "GET", urljoin(path, location), None
        self._read = None
        return self


Place = tuple[dict[str, Any], dict[Any, Any]]
"""Where a walker is: its last page, and the cookies of its browser."""


class ClientWalker(Walker):
    """A walker over Flask's own client: no server, no port. It calls `before` ahead of each request."""

    def __init__(self, client: FlaskClient, before: Callable[[], None]) -> None:
        """Take the browser that it drives."""
        super().__init__(self._ask)
        self.client = client
        self._before = before

    def place(self) -> Place:
        """Return where it is, to go on from there."""
        ours = ("_fetch", "_before", "client")
        return {key: value for key, value in vars(self).items() if key not in ours}, self.cookies

    def go_on(self, place: Place) -> ClientWalker:
        """Be in that place."""
        vars(self).update(place[0])
        self.client._cookies = dict(place[1])
        return self

    @property
    def cookies(self) -> dict[Any, Any]:
        """The cookies of its browser."""
        return dict(self.client._cookies or {})

    def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str | None, str]:
        self._before()
        with self.client.open(path, method=method, data=fields) as response:
            return response.status_code, response.headers.get("Location"), response.get_data(as_text=True)


def walk_in_process(client: FlaskClient, before: Callable[[], None] = lambda: None) -> ClientWalker:
    """Return a walker over Flask's own client."""
    return ClientWalker(client, before)
