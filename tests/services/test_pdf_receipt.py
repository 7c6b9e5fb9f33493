"""The receipt on paper: one page, every fact of the accessible page, names shown as text, its code scannable."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace

import pikepdf
import pypdf
import pytest
from jinja2 import UndefinedError

from tests.support.receipts import DECIDED_AT, FACTS, KEYS, NIR, SITE, receipt_pdf
from webapp.pdf.pages import pdf_page
from webapp.pdf.qr import qr_png_data_uri, qr_svg
from webapp.pdf.receipt_keys import public_keys
from webapp.pdf.signing import verify_pdf
from webapp.spaces.receipt_rules import Proof, read_proof, receipt_sentences

MARKUP = '<img src="http://127.0.0.1:9/x.png"><b>Bob</b> & {{ 7 * 7 }} </td><pdf:nextpage />'


def words(pdf: bytes) -> str:
    """Everything the document says, blanks left out: lines are folded anywhere."""
    return re.sub(
        r"\s", "", "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    )


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_pdf_says_all_that_the_page_says() -> None:
    text = receipt_sentences(FACTS, SITE)
    said = words(receipt_pdf())
    for line in (*text.facts, *text.sections, *text.contacts):
        assert bare(line.label) in said
        assert bare(line.value) in said
    assert bare(text.title) in said
    assert bare(text.closing) in said
    assert bare("https://espace.example.fr/verifier/K7QM-2XWD-9HTA") in said
    assert bare("https://espace.example.fr/activation/opposition/justificatif") in said


def test_numbers_keep_their_narrow_spaces() -> None:
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(receipt_pdf())).pages)
    assert "1\u202f55\u202f12\u202f75\u202f056\u202f001\u202f46" in text
    assert "3\u00a0février 2022 à 10\u202fh\u202f12" in text


def test_only_the_demonstration_says_that_it_is_one() -> None:
    assert "aucunevaleur" not in words(receipt_pdf())
    assert "aucunevaleur" in words(receipt_pdf(site=replace(SITE, demonstration=True)))


def test_the_last_line_proves_reference_and_date_and_nothing_else() -> None:
    keys = public_keys(KEYS)
    pdf = receipt_pdf()
    proof = verify_pdf(pdf, keys).proof
    assert read_proof(proof, keys) == Proof("K7QM2XWD9HTA", DECIDED_AT)
    for secret in (NIR, FACTS.name, "opposition"):
        assert secret.encode() not in pdf.rpartition(b"%%EOF")[2]


def test_title_language_and_fonts() -> None:
    with pikepdf.open(io.BytesIO(receipt_pdf())) as document:
        assert str(document.docinfo["/Title"]) == "Justificatif d’opposition"
        assert document.Root.Lang == "fr"
        fonts = {
            str(item.BaseFont)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
        assert fonts == {"/AAAAAA+EspaceDejaVuSans", "/AAAAAA+EspaceDejaVuSans-Bold"}


def test_markup_in_a_name_is_text() -> None:
    pdf = receipt_pdf(replace(FACTS, name=MARKUP))
    assert bare(MARKUP) in words(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        assert len(document.pages[0].get_images(recursive=True)) == 1  # the QR code


def test_long_names_and_addresses_stay_on_one_page() -> None:
    site = replace(
        SITE,
        name="Espace santé de la caisse d’exemple des ports de la façade atlantique",
        publisher="Caisse nationale d’exemple, 12 rue de la Longue-Adresse, bâtiment C, 44000 Nantes",
        public_url="https://espace-sante.caisse-d-exemple-au-nom-long.example.fr",
        demonstration=True,
    )
    name = "Marie-Antoinette-Joséphine " + "X" * 90
    pdf = receipt_pdf(replace(FACTS, name=name), site)
    assert bare(name) in words(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        width = float(document.pages[0].MediaBox[2])
    ends: list[float] = []

    def note(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            ends.append(matrix[4] + len(text.strip()) * size * 0.4)  # narrower than any real line

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert ends
    assert max(ends) < width


def test_the_receipt_is_the_same_each_time_it_is_fetched() -> None:
    assert receipt_pdf() == receipt_pdf()


def test_a_missing_fact_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        pdf_page("receipt.html", title="x")


def test_the_page_code_is_one_named_drawing_without_style() -> None:
    drawing = qr_svg("https://espace.example.fr/verifier/K7QM-2XWD-9HTA", 'Code <b> & "guillemets"')
    assert drawing.startswith('<svg role="img"')
    assert "<title>Code &lt;b&gt; &amp;" in drawing
    assert "style" not in drawing
    assert " id=" not in drawing
    assert len(drawing) < 2_500
    assert qr_png_data_uri("x").startswith("data:image/png;base64,iVBOR")


def test_weight(capsys: pytest.CaptureFixture[str]) -> None:
    pdf = receipt_pdf()
    start = time.perf_counter()
    receipt_pdf()
    with capsys.disabled():
        print(f"\n    receipt: {len(pdf):,} bytes, {(time.perf_counter() - start) * 1000:.0f} ms")
    assert len(pdf) < 45_000
