"""The sheet and the card: page and PDF say the same, fit their paper, are never kept, and are nobody else's."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pikepdf
import pypdf
import pytest
from flask import Flask

from tests.support.crowd import client_of
from tests.support.people import another_browser, events
from webapp.family import walks as family
from webapp.profile.states import ALLERGIES, PROFILE, add, none
from webapp.summary.rules import CARD as ON_CARD
from webapp.summary.rules import SHEET as ON_SHEET
from webapp.summary.rules import Section, fitted
from webapp.summary.service import Sheet
from webapp.summary.states import CARD, SHEET, STATES, fill
from webapp.summary.views import pdf_of
from webapp.web.states import World
from webapp.web.templates import site_of

pytestmark = pytest.mark.one_database("what is read goes through profile.service, tested on both")
A6_MM = (105, 148)
LONG = next(state for state in STATES if state.name == "card-long")


def pdf(world: World, address: str) -> bytes:
    """The PDF beside a page."""
    answer = client_of(world).get(f"{address}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    made: bytes = answer.data
    return made


def words(data: bytes) -> str:
    """What it says, blanks left out."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def facts(world: World, address: str) -> list[str]:
    """What the page says of the person: headings, lines, labels and values."""
    body = world.walker.open(address).body
    main = body[body.index("<h1") : body.index('<p class="hint screen">')]
    found = re.findall(r"<(?:h2|li|dd)>(.*?)</(?:h2|li|dd)>|</h2>\s*<p>(.*?)</p>", main)
    return [re.sub(r"\s", "", html.unescape(one or other)) for one, other in found]


@pytest.mark.parametrize("address", [SHEET, CARD])
def test_the_pdf_says_all_that_the_page_says(signed_in: World, address: str) -> None:
    fill(signed_in)
    shown, said = facts(signed_in, address), words(pdf(signed_in, address))
    assert len(shown) >= 10
    assert [one for one in shown if one not in said] == []
    for fact in ("Pénicilline", "Metformine", "Asthme", "Clairvernay"):
        assert fact in said
        assert fact in signed_in.walker.page.text


def test_the_latest_measures_alone_are_on_the_sheet(signed_in: World) -> None:
    fill(signed_in)
    text = signed_in.walker.open(SHEET).page.text
    assert "Poids : 71 kg" in text
    assert "70,5" not in text
    assert "Taille : 1,72 m" in text


def test_that_there_is_none_differs_from_nothing_said(signed_in: World) -> None:
    none(signed_in)
    for address in (SHEET, CARD):
        text = signed_in.walker.open(address).page.text
        assert "Aucune maladie ni autre sujet de santé" in text
        assert "Allergies et intolérances Rien n’est noté." in text
        assert "Rienn’estnoté." in words(pdf(signed_in, address))


def test_each_fits_its_paper_and_can_be_read_anywhere(world: World) -> None:
    """A card of one side, a sheet of two; fonts embedded, a title that names nobody, a language."""
    LONG.arrange(world)
    for address, pages in ((CARD, 1), (SHEET, 2)):
        with pikepdf.open(io.BytesIO(pdf(world, address))) as document:
            assert len(document.pages) <= pages
            assert str(document.Root.Lang) == "fr"
            assert str(document.docinfo["/Title"]) in ("Carte d’urgence", "Résumé médical")
            for font in document.pages[0].Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
    box = pypdf.PdfReader(io.BytesIO(pdf(world, CARD))).pages[0].mediabox
    assert (round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) == A6_MM


@pytest.mark.parametrize("line", ["PARACÉTAMOL {} MG WWW", "mot " * 45 + "{}", "{}" + "W" * 150], ids=len)
@pytest.mark.parametrize("count", [3, 40])
def test_it_fits_however_much_there_is(app: Flask, count: int, line: str) -> None:
    lines = tuple(line.format(number) for number in range(count))
    sections = [
        Section(title, lines)
        for title in ("Allergies et intolérances", "Traitements", "Maladies", "Qui prévenir")
    ]
    made = Sheet(
        "Camille Clairvernay",
        date(1987, 4, 12),
        date(2026, 3, 2),
        fitted(sections, ON_SHEET),
        fitted(sections, ON_CARD),
    )
    site = site_of(app.extensions["settings"])
    for template, pages in (("card.html", 1), ("summary.html", 2)):
        data = pdf_of(template, "Titre", made, site)
        assert len(pypdf.PdfReader(io.BytesIO(data)).pages) <= pages


def test_an_empty_profile_says_what_to_do_and_has_no_pdf(signed_in: World) -> None:
    for address in (SHEET, CARD):
        assert "ne dit encore rien" in signed_in.walker.open(address).page.text
        assert not [href for href, _ in signed_in.walker.page.links if href.endswith(".pdf")]
        assert signed_in.walker.open(f"{address}.pdf").address == address


def test_what_is_written_is_text_on_paper_too(signed_in: World) -> None:
    add("<b>Latex</b> & {{ 7 * 7 }}<pdf:nextpage>", at=ALLERGIES)(signed_in)
    assert "<b>Latex</b>&{{7*7}}<pdf:nextpage>" in words(pdf(signed_in, CARD))


def test_a_child_has_its_own_and_reading_writes_nothing(world: World) -> None:
    family.two_parents(world)
    add("Migraine")(world)
    family.go_in(world)
    add("Varicelle")(world)
    before = events(world)
    text = world.walker.open(SHEET).page.text
    assert "Résumé médical d’Anaïs" in text
    assert "Varicelle" in text
    assert "Migraine" not in text
    assert "Migraine" not in words(pdf(world, SHEET))
    assert "portefeuille" not in world.walker.open(CARD).page.text  # the child's is not kept in mine
    assert events(world) == before
    for address in (SHEET, CARD, f"{SHEET}.pdf", f"{CARD}.pdf"):
        assert another_browser(world).walker.open(address).address == "/connexion"


def test_a_space_that_is_closed_has_none(proven: World) -> None:
    from webapp.closing.walks import close

    fill(proven)
    close(proven)
    for address in (PROFILE, SHEET, CARD, f"{SHEET}.pdf", f"{CARD}.pdf", f"{SHEET}/ips.json"):
        assert "espace est fermé" in proven.walker.open(address).page.text
        assert "Rouvrir mon espace" in proven.walker.body
