"""Sending files to the real server: cut half-way, too heavy, and, in a browser, with how far it is."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Dialog, Page
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import Engine, func, select
from werkzeug.http import parse_options_header

import tests.support.hostile_pdf  # noqa: F401  (adds to the list)
from tests.support.chromium import NewPage
from tests.support.clock import Clock
from tests.support.crowd import client_of, hidden
from tests.support.hostile import ALL, HTML
from tests.support.running import Running, running
from tests.support.world import fill
from webapp import create_app
from webapp.config import Settings
from webapp.db.work import reading
from webapp.documents import walks
from webapp.documents.models import Document, LooseFile
from webapp.documents.rules import Media
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
    heavy.write_bytes(bytes(11_000_000))
    good.write_bytes(on_its_side())
    wrong.write_bytes(b"PK\x03\x04")
    page = open_form(place, new_window)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method))

    def send(*files: Path, category: str = "31") -> None:
        page.set_input_files("#files", list(map(str, files)))
        page.select_option("#category", category)
        page.get_by_role("button", name="Ajouter").click()

    def says(words: str) -> None:
        page.locator("#envoi-dit", has_text=words).wait_for()

    send(good, category="")
    says("choisissez une catégorie")
    assert page.evaluate("document.activeElement.id") == "category"
    send(heavy, good)
    says("heavy.pdf pèse plus de 10\u00a0Mo")
    send(*[wrong] * 11)
    says("10 fichiers au plus")
    assert "POST" not in sent  # all of that was said before anything was sent
    send(wrong)
    page.wait_for_selector("#erreurs")
    assert page.title().startswith("Erreur")
    assert page.evaluate("document.activeElement.id") == "erreurs"
    page.evaluate(
        "const send = XMLHttpRequest.prototype.send;"
        " XMLHttpRequest.prototype.send = function (body) {"
        " window.name += body.get('files').size + ' bytes|'; return send.call(this, body); };"
        "new MutationObserver(() => { const w = document.querySelector('#envoi-dit');"
        " if (w) window.name += w.textContent + '|'; }).observe(document.body, {subtree: true, childList: true})"
    )
    sent.clear()
    page.set_input_files("#files", [str(good), str(wrong)])
    page.select_option("#category", "31")
    page.evaluate(
        "const form = document.querySelector('form[data-sends]'); form.requestSubmit();"
        " form.removeAttribute('aria-busy'); form.requestSubmit()"  # clicked again long after
    )
    page.wait_for_url(re.compile("/documents$"))
    said = page.evaluate("window.name")
    assert "Envoi en cours…" in said
    sizes = [int(one) for one in re.findall("([0-9]+) bytes", said)]
    assert len(sizes) == sent.count("POST") == 1
    assert sizes[0] < good.stat().st_size / 2  # the photo was made small before it left
    text = page.inner_text("main")
    assert "C’est ajouté." in text
    assert "photos.zip" in text
    assert place.left()[:2] == (1, 0)
    page.get_by_role("link", name="Voir le document").click()
    picture = page.locator("main img")
    assert picture.evaluate("one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])") == [
        1500,
        2000,
    ]


def test_nothing_that_is_kept_of_hostile_files_acts_in_a_browser(place: Place, new_window: NewPage) -> None:
    bombs = ("bombe.png", "profond.pdf", "table-gonflee.pdf")  # heavy, and nothing in them could act
    kept = [one for one in ALL if isinstance(one.becomes, Media) and one.name not in bombs]
    page, said = open_form(place, new_window), list[str]()

    def asked(one: Dialog) -> None:
        said.append(one.message)
        one.dismiss()

    page.on("dialog", asked)
    page.on("request", lambda one: said.append(one.url))
    page.goto("data:text/html," + HTML.decode())
    assert "1" in said  # what is looked for would be seen
    for start in range(0, len(kept), 10):
        files = [("files", (one.name, one.make())) for one in kept[start : start + 10]]
        sent = requests.post(
            place.service.address + ADD,
            place.fields(),
            headers=place.headers,
            files=files,
            timeout=60,
            allow_redirects=False,
        )
        assert sent.status_code == 303
    page.goto(place.service.address + "/documents")
    found = page.eval_on_selector_all(".lines a", "all => all.map(one => one.href)")
    page.get_by_role("link", name="Voir plus ancien").click()
    found += page.eval_on_selector_all(".lines a", "all => all.map(one => one.href)")
    assert len(found) == len(kept)
    said.clear()
    for address in found:
        page.goto(address)
        with suppress(PlaywrightError):  # a browser without a reader of PDFs downloads them
            page.goto(address + "/fichier")
    own = tuple(f"{place.service.address}/{folder}/" for folder in ("documents", "static"))
    reader = ("chrome-extension:", "chrome://resources/")
    assert [one for one in said if not one.startswith(own + reader)] == []


def open_form(place: Place, new_window: NewPage) -> Page:
    """The form on a telephone, signed in."""
    page = new_window(width=320)
    page.context.add_cookies([{"name": "visite", "value": place.cookie, "url": place.service.address}])
    page.goto(place.service.address + ADD)
    return page


def on_its_side() -> bytes:
    """A photo of twelve million pixels, as a telephone held upright makes it: it lies, and says how to turn it."""
    from PIL import Image

    out, told = io.BytesIO(), Image.Exif()
    told[0x0112] = 6
    Image.effect_noise((4_000, 3_000), 20).save(out, "JPEG", exif=told)
    return out.getvalue()
