"""Sending files to the real server: cut half-way, too heavy, and, in a browser, with how far it is."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import Engine, func, select
from werkzeug.http import parse_options_header

from tests.support.chromium import NewPage
from tests.support.clock import Clock
from tests.support.crowd import client_of, hidden
from tests.support.running import Running, running
from tests.support.world import fill
from webapp import create_app
from webapp.config import Settings
from webapp.db.work import reading
from webapp.documents import walks
from webapp.documents.models import Document, LooseFile
from webapp.values.clock import utc_now
from webapp.web.states import World
from webapp.web.walker import walk_in_process

pytestmark = pytest.mark.one_database("what comes over a socket is not stored yet")
ADD = "/documents/ajouter"
EDGE = "limite"


@dataclass
class Place:
    """A running service, somebody who is signed in to it, and where anything of theirs might be left."""

    service: Running
    engine: Engine
    cookie: str
    folder: Path
    stop: Callable[[], None]
    """End the service: whatever it had begun is over when this returns."""

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"visite={self.cookie}"}

    def fields(self) -> dict[str, str]:
        """What the form of the page holds."""
        page = requests.get(self.service.address + ADD, headers=self.headers, timeout=30).text
        return {"csrf_token": hidden(page, "csrf_token"), "once": hidden(page, "once"), "category": "31"}

    def left(self) -> tuple[int, int, list[Path]]:
        """Rows, loose files, files of documents and of the system's temporary folder."""
        with reading(self.engine) as session:
            rows = [
                session.scalar(select(func.count()).select_from(one)) or 0 for one in (Document, LooseFile)
            ]
        there = [path for name in ("documents", "tmp") for path in (self.folder / name).rglob("*")]
        return rows[0], rows[1], [path for path in there if path.is_file()]


@pytest.fixture
def place(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The clock of the server is the present, and so is ours."""
    app = create_app(settings.with_changes(var=tmp_path), utc_now)
    fill(app, Clock(utc_now()), tmp_path)
    world = World(walk_in_process(app.test_client()), app, lambda _time: None)
    walks.enter(world)
    cookie = client_of(world).get_cookie("visite")
    assert cookie is not None
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    spools = f"spool:{tmp_path}/mail", f"spool:{tmp_path}/sms"
    with ExitStack() as stack:
        service = stack.enter_context(running(settings.database_url, tmp_path, *spools))
        yield Place(service, app.extensions["engine"], cookie.value, tmp_path, stack.close)
    app.extensions["engine"].dispose()


def parts(fields: dict[str, str], data: bytes) -> bytes:
    """A body as a browser writes it."""
    said = "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    file = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    return (said + file).encode() + data + f"\r\n--{EDGE}--\r\n".encode()


def test_what_is_cut_half_way_leaves_nothing_and_what_is_whole_is_kept(place: Place) -> None:
    body = parts(place.fields(), walks.picture() + bytes(3_000_000))
    parted = urlsplit(place.service.address)
    head = (
        f"POST {ADD} HTTP/1.1\r\nHost: {parted.netloc}\r\nCookie: visite={place.cookie}\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    for sent in (0, 300, len(body) // 2, len(body) - len(EDGE)):  # the last: in the line that ends the file
        for kindly in (True, False):
            with socket.create_connection((parted.hostname, parted.port), timeout=20) as line:
                line.sendall(head + body[:sent])
                if kindly:  # the end of what is sent; the other way is to go
                    line.shutdown(socket.SHUT_WR)
                    with suppress(OSError):
                        assert b" 303 " not in line.recv(4_000)
    whole = requests.post(
        place.service.address + ADD,
        data=body,
        headers={**place.headers, "Content-Type": f"multipart/form-data; boundary={EDGE}"},
        allow_redirects=False,
        timeout=60,
    )
    assert whole.status_code == 303
    place.stop()  # who went without a word is heard of at any time until then
    rows, loose, there = place.left()
    assert (rows, loose, len(there)) == (1, 0, 1)


def test_a_french_name_comes_back_whole_over_the_wire(place: Place) -> None:
    """The name of a file goes into a header, which holds one byte a sign."""
    fields = {**place.fields(), "name": "Certificat d’aptitude : l’œil « gauche » n° 3"}
    sent = requests.post(
        place.service.address + ADD,
        data=fields,
        files={"files": ("a.txt", b"un", "text/plain")},
        headers=place.headers,
        timeout=60,
        allow_redirects=False,
    )
    assert sent.status_code == 303
    page = requests.get(f"{place.service.address}/documents", headers=place.headers, timeout=60).text
    address = re.findall(r'href="(/documents/[0-9a-f-]{36})"', page)[0]
    answer = requests.get(f"{place.service.address}{address}/telecharger", headers=place.headers, timeout=60)
    assert (answer.status_code, answer.content) == (200, b"un")
    kind, options = parse_options_header(answer.headers["Content-Disposition"])
    assert kind == "attachment"
    assert options["filename"] == "Certificat d’aptitude - l’œil « gauche » n° 3.txt"


def test_a_browser_says_how_far_it_is_and_what_was_wrong(place: Place, new_window: NewPage) -> None:
    heavy, good, wrong = (place.folder / name for name in ("heavy.pdf", "genou.jpg", "photos.zip"))
    heavy.write_bytes(bytes(55_000_000))
    good.write_bytes(walks.picture())
    wrong.write_bytes(b"PK\x03\x04")
    page = new_window(width=320)
    page.context.add_cookies([{"name": "visite", "value": place.cookie, "url": place.service.address}])
    page.goto(place.service.address + ADD)

    def send(*files: Path) -> None:
        page.set_input_files("#files", list(map(str, files)))
        page.select_option("#category", "31")
        page.get_by_role("button", name="Ajouter").click()

    send(wrong)
    page.wait_for_selector("#erreurs")
    assert page.title().startswith("Erreur")
    assert page.evaluate("document.activeElement.id") == "erreurs"
    page.evaluate(
        "new MutationObserver(() => { const w = document.querySelector('#envoi [role=status]');"
        " if (w) window.name += w.textContent + '|'; }).observe(document.body, {subtree: true, childList: true})"
    )
    send(good, wrong)
    page.wait_for_url(re.compile("/documents$"))
    assert "Envoi en cours…" in page.evaluate("window.name")
    text = page.inner_text("main")
    assert "C’est ajouté." in text
    assert "photos.zip" in text
    page.goto(place.service.address + ADD)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method))
    page.set_input_files("#files", str(heavy))
    page.evaluate(
        "const form = document.querySelector('form[data-sends]'); form.requestSubmit();"
        " form.removeAttribute('aria-busy'); form.requestSubmit()"  # clicked again long after
    )
    page.locator("h1", has_text="trop lourds").wait_for()  # our own policy lets no words be run as script
    assert sent.count("POST") == 1
    assert place.left()[:2] == (1, 0)
