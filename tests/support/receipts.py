"""A receipt as the product makes it, of an invented person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from webapp.pdf.pages import pdf_page
from webapp.pdf.qr import qr_png_data_uri
from webapp.pdf.receipt_keys import ReceiptKey, receipt_keys
from webapp.pdf.signing import sign_pdf
from webapp.spaces.receipt_rules import CLOSING, OPPOSITION, ReceiptFacts, proof_of, receipt_context

KEYS = receipt_keys({"r2": bytes(range(32)), "r1": bytes(range(1, 33))})
KEY = KEYS[0]
NIR = "155127505600146"
DECIDED_AT = datetime(2022, 2, 3, 9, 12, 5, tzinfo=UTC)
FACTS = ReceiptFacts("K7QM2XWD9HTA", OPPOSITION, "Élodie L’Œuvre", NIR, DECIDED_AT)
CLOSED = ReceiptFacts("W3CF7GHJ4KDA", CLOSING, "Élodie L’Œuvre", NIR, DECIDED_AT, date(2032, 2, 3))


@dataclass(frozen=True)
class ExampleSite:
    """A site that says who runs it."""

    name: str = "Espace santé d’exemple"
    publisher: str = "Caisse d’exemple, 1 rue des Exemples, 44000 Nantes"
    hosting: str = "Hébergeur d’exemple"
    dpo_contact: str = "dpo@caisse.example.fr"
    help_phone: str = "01 99 00 12 34"
    public_url: str = "https://espace.example.fr"
    demonstration: bool = False


SITE = ExampleSite()


def receipt_pdf(facts: ReceiptFacts = FACTS, site: ExampleSite = SITE, key: ReceiptKey = KEY) -> bytes:
    """Return the signed receipt."""
    context = receipt_context(facts, site, key)
    pdf = pdf_page(
        "receipt.html", title=context["text"].title, qr=qr_png_data_uri(context["verify_url"]), **context
    )
    return sign_pdf(pdf, key, proof_of(facts, key))
