"""A receipt as a page and as a signed PDF, from the same facts; and what is told of it to whoever checks it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.pdf.pages import pdf_page
from webapp.pdf.qr import qr_png_data_uri, qr_svg
from webapp.pdf.receipt_keys import ReceiptKey, receipt_keys
from webapp.pdf.signing import sign_pdf
from webapp.spaces.models import Decision
from webapp.spaces.receipt_rules import TITLES, Proof, ReceiptFacts, proof_of, receipt_context, told_kind
from webapp.web.templates import site_of


def keys_of(settings: Settings) -> tuple[ReceiptKey, ...]:
    """Return the keys of receipts; the first one signs."""
    return receipt_keys(settings.keys.receipt)


def receipt_page(facts: ReceiptFacts, settings: Settings) -> dict[str, Any]:
    """Return the variables of `templates/receipts/_receipt.html`: the accessible twin of the PDF."""
    context = receipt_context(facts, site_of(settings), keys_of(settings)[0])
    context.pop("site")
    code = Markup(qr_svg(context["verify_url"], "Code à scanner pour vérifier ce justificatif"))  # noqa: S704
    return {**context, "code": code}


def receipt_pdf(facts: ReceiptFacts, settings: Settings) -> bytes:
    """Return the PDF, signed."""
    key = keys_of(settings)[0]
    context = receipt_context(facts, site_of(settings), key)
    pdf = pdf_page(
        "receipt.html", title=context["text"].title, qr=qr_png_data_uri(context["verify_url"]), **context
    )
    return sign_pdf(pdf, key, proof_of(facts, key))


def proof_kept(session: Session, reference: str) -> Proof | None:
    """Return what is told of a receipt to whoever has its reference; None when there is none."""
    row = session.execute(
        select(Decision.decided_at, Decision.kind).where(
            Decision.reference == reference, Decision.kind.in_(TITLES)
        )
    ).one_or_none()
    return Proof(reference, row.decided_at, told_kind(row.kind)) if row else None
