"""The receipt of an opposition: an accessible page, a signed PDF, and the page on which anyone checks one."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.activation.access import CHOSEN
from webapp.activation.blueprint import blueprint
from webapp.activation.views_decide import current_subject
from webapp.pdf.receipt_keys import public_keys, public_keys_document
from webapp.pdf.signing import NotGenuine
from webapp.spaces.receipt_rules import (
    ReceiptFacts,
    is_proof_token,
    normalise_reference,
    read_proof,
)
from webapp.spaces.receipts import keys_of, proof_kept, receipt_page, receipt_pdf
from webapp.spaces.rules import SpaceState
from webapp.spaces.service import receipt_of
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import go_to, show
from webapp.web.work import db, settings

checking = Blueprint("receipts", __name__, url_prefix="/verifier")


def _facts() -> ReceiptFacts | None:
    who = current_subject()
    return receipt_of(db(), who.person.id) if who.space.state is SpaceState.OPPOSED else None


@blueprint.get("/opposition/justificatif")
@open_to(CHOSEN)
def receipt() -> Response | BaseResponse:
    """Show the receipt: the accessible twin of the PDF."""
    facts = _facts()
    if facts is None:
        return go_to("activation.decision")
    return show("activation/receipt.html", **receipt_page(facts, settings()))


@blueprint.get("/opposition/justificatif.pdf")
@open_to(CHOSEN)
def receipt_file() -> Response | BaseResponse:
    """Make the PDF and sign it."""
    facts = _facts()
    if facts is None:
        return go_to("activation.decision")
    return Response(
        receipt_pdf(facts, settings()),
        mimetype="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="justificatif-opposition.pdf"'},
    )


@checking.get("/")
@open_to(EVERYONE)
def how() -> Response:
    """Say how a receipt is checked, online and offline."""
    return show("receipts/how.html")


@checking.get("/cles.txt")
@open_to(EVERYONE)
def published_keys() -> Response:
    """Publish what checks receipts offline."""
    return Response(public_keys_document(keys_of(settings())), mimetype="text/plain")


@checking.get("/<reference>")
@open_to(EVERYONE)
def check(reference: str) -> Response | BaseResponse:
    """Say whether a receipt is genuine, and its date: never a name, never a number."""
    if is_proof_token(reference):
        try:
            proof = read_proof(reference, public_keys(keys_of(settings())))
        except NotGenuine:
            return show("receipts/unknown.html", status=404)
        return show("receipts/genuine.html", reference=proof.reference, at=proof.decided_at, kind=proof.kind)
    typed = normalise_reference(reference)
    kept = proof_kept(db(), typed) if typed else None
    if kept is None:
        return show("receipts/unknown.html", status=404)
    return show("receipts/genuine.html", reference=kept.reference, at=kept.decided_at, kind=kept.kind)
