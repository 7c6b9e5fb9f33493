"""The sheet and the card: each as a page, which is the accessible version, and as a PDF that is made and not kept."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.pdf.pages import pdf_page
from webapp.profile.rules import SUMMED_UP
from webapp.profile.whose import author
from webapp.summary.blueprint import blueprint
from webapp.summary.service import Sheet, sheet_of
from webapp.values.clock import french_date
from webapp.web.pages import go_to, show
from webapp.web.templates import Site, site_of
from webapp.web.work import db, now, settings

__all__ = ["blueprint"]
TWINS = {"summary.html": "/profil-medical/synthese", "card.html": "/profil-medical/carte-urgence"}
SHEET, CARD = "Résumé médical", "Carte d’urgence"


@blueprint.get("/profil-medical/synthese")
def sheet() -> Response:
    """Show everything on one page, to hand over or to print."""
    return show(
        "summary/sheet.html", space=current_space(), profile=_sheet(), title=SHEET, measures=SUMMED_UP
    )


@blueprint.get("/profil-medical/synthese.pdf")
def sheet_file() -> Response | BaseResponse:
    """Make the PDF of it."""
    made = _sheet()
    return go_to("summary.sheet") if made.is_empty else _file("summary.html", SHEET, made, "resume-medical")


@blueprint.get("/profil-medical/carte-urgence")
def card() -> Response:
    """Show what a card for the wallet says."""
    return show("summary/card.html", space=current_space(), profile=_sheet(), title=CARD)


@blueprint.get("/profil-medical/carte-urgence.pdf")
def card_file() -> Response | BaseResponse:
    """Make the PDF of it: one side of an A6 card."""
    made = _sheet()
    return go_to("summary.card") if made.is_empty else _file("card.html", CARD, made, "carte-urgence")


def _sheet() -> Sheet:
    author()
    return sheet_of(db(), now(), current_space().person)


def _file(template: str, title: str, made: Sheet, name: str) -> Response:
    return Response(
        pdf_of(template, title, made, site_of(settings())),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def pdf_of(template: str, title: str, made: Sheet, site: Site) -> bytes:
    """Return the PDF; its title names nobody, since viewers keep titles."""
    return pdf_page(
        template,
        title=title,
        profile=made,
        site=site,
        birth=french_date(made.birth_date),
        on=french_date(made.on),
        twin_url=f"{site.public_url}{TWINS[template]}",
    )
