"""HTML to PDF: what the document says of itself, its fonts, and that its HTML reads nothing."""

from __future__ import annotations

import base64
import io
import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from webapp.pdf.qr import qr_png_data_uri
from webapp.pdf.render import FONTS, RenderError, html_to_pdf

TEXT = "Question\u202f: «\u00a0oui\u00a0», 1\u202f234, L’œuvre d’Éric – ✓"
HTML = f'<html lang="fr"><body><h1>Titre</h1><p>{TEXT} <b>gras</b> <i>autre</i> <code>code</code></p></body></html>'


def page(body: str) -> str:
    return f"<html><body>{body}</body></html>"


def text_of(pdf: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def pictures(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(len(sheet.get_images(recursive=True)) for sheet in document.pages)


def test_title_and_language_are_set_and_shown() -> None:
    with pikepdf.open(io.BytesIO(html_to_pdf(HTML, title="Reçu d’été", language="fr"))) as document:
        assert document.Root.Lang == "fr"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle) is True
        assert dict(document.docinfo) == {"/Title": "Reçu d’été"}
        assert document.open_metadata()["dc:title"] == "Reçu d’été"


@pytest.mark.parametrize(("title", "language"), [("", "fr"), (" ", "fr"), ("Reçu", "")])
def test_neither_may_be_missing(title: str, language: str) -> None:
    with pytest.raises(ValueError, match="title and a language"):
        html_to_pdf(HTML, title=title, language=language)


def test_every_font_is_embedded_as_a_subset() -> None:
    with pikepdf.open(io.BytesIO(html_to_pdf(HTML, title="Polices"))) as document:
        fonts = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        ]
        names = {str(font.BaseFont) for font in fonts}
        assert names == {"/AAAAAA+EspaceDejaVuSans", "/AAAAAA+EspaceDejaVuSans-Bold"}
        for font in fonts:
            assert 0 < len(font.FontDescriptor.FontFile2.read_bytes()) < 30_000


def test_a_font_that_would_not_be_embedded_is_refused() -> None:
    with pytest.raises(RenderError, match="Courier"):
        html_to_pdf(page('<p style="font-family: courier">x</p>'), title="x")


def test_french_typography_is_drawn_and_said() -> None:
    assert TEXT in text_of(html_to_pdf(HTML, title="x"))


@pytest.mark.parametrize("space", ["\u202f", "\u00a0"])
def test_a_no_break_space_never_breaks(space: str) -> None:
    words = [f"mot{number}{space}!" for number in range(300)]
    lines = text_of(html_to_pdf(page(f"<p>{' '.join(words)}</p>"), title="x")).splitlines()
    assert len(lines) > 5
    assert not [line for line in lines if line.startswith("!")]
    assert all(any(word in line for line in lines) for word in words)


def test_the_fonts_hold_what_french_needs() -> None:
    # Read through what xhtml2pdf itself reads, so that no font tool is needed.
    from reportlab.pdfbase.ttfonts import TTFontFile

    wanted = "\u00a0\u202f’‘“”«»–—…•œŒæÆçÇéÉèÈêÊëËàÀâÂîÎïÏôÔöÖùÙûÛüÜÿŸñÑ€°№→✓✗ŁłŠšŽžŐőĞğİıȘș\ue02f\ue0a0"
    for name in ("EspaceDejaVuSans.ttf", "EspaceDejaVuSans-Bold.ttf"):
        drawn = TTFontFile(str(FONTS / name)).charToGlyph
        assert [sign for sign in wanted if not drawn.get(ord(sign))] == []
        assert (FONTS / name).stat().st_size < 60_000
    assert "Bitstream Vera" in (FONTS / "LICENSE").read_text()


def test_the_same_page_gives_the_same_bytes() -> None:
    assert html_to_pdf(HTML, title="x") == html_to_pdf(HTML, title="x")
    assert html_to_pdf(HTML, title="x") != html_to_pdf(HTML, title="y")


@pytest.fixture
def visits() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who came to it."""
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    seen.append("came")

        listener = threading.Thread(target=listen)
        listener.start()
        yield server.getsockname()[1], seen
        over.set()
        listener.join()


def test_nothing_is_fetched_or_read(visits: tuple[int, list[str]], tmp_path: Path) -> None:
    port, seen = visits
    picture = tmp_path / "secret.png"
    picture.write_bytes(base64.b64decode(qr_png_data_uri("secret").partition(",")[2]))
    (tmp_path / "secret.css").write_text("p { font-size: 40pt }")
    plain = html_to_pdf(page("<p>rien</p>"), title="x")
    addresses = (
        f"http://127.0.0.1:{port}/a.png",
        f"https://127.0.0.1:{port}/a.png",
        picture.as_uri(),
        str(picture),
    )
    for address in (*addresses, "file:///etc/passwd", "../receipt_keys.py", "data:image/svg+xml,<svg/>"):
        for body in (
            f'<p>rien<img src="{address}"></p>',
            f'<p style="background-image: url({address})">rien</p>',
            f'<link rel="stylesheet" href="{address}"><p>rien</p>',
            f"<style>@import url({address}); @page {{ background-image: url({address}) }}</style><p>rien</p>",
            f"<style>@font-face {{ font-family: a; src: url({address}) }}</style><p>rien</p>",
            f'<pdf:pdf src="{address}"></pdf:pdf><p>rien</p>',
        ):
            pdf = html_to_pdf(page(body), title="x")
            assert "rien" in text_of(pdf)
            assert "root:" not in text_of(pdf)
            assert pictures(pdf) == 0
            assert len(pdf) < len(plain) + 500
    assert seen == []


def test_a_picture_inside_the_page_is_drawn() -> None:
    assert pictures(html_to_pdf(page(f'<img src="{qr_png_data_uri("x")}">'), title="x")) == 1


def test_only_png_is_drawn() -> None:
    gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
    assert pictures(html_to_pdf(page(f'<p>rien<img src="{gif}"></p>'), title="x")) == 0


def test_what_the_page_says_is_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    html_to_pdf(
        page('<p>CANARI<img src="file:///etc/CANARI"><img src="data:image/png;base64,CANARI"></p>'), title="x"
    )
    with pytest.raises(RenderError) as refused:
        html_to_pdf(page("<ul><li>CANARI</li></ul>"), title="x")
    assert "CANARI" not in caplog.text
    assert "CANARI" not in str(refused.value)
    assert refused.value.__cause__ is None
