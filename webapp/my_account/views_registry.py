"""What the insurer's registry says: read only, with who corrects it (J7)."""

from __future__ import annotations

from flask import Response, abort

from webapp.account.current import my_account
from webapp.account.step_up import STEPPED_UP
from webapp.beneficiaries.service import CardHeld, cards_of, person
from webapp.my_account.blueprint import blueprint
from webapp.values.masking import mask_email, mask_phone
from webapp.web.access import open_to
from webapp.web.pages import show
from webapp.web.work import db

SEXES = {"F": "Femme", "M": "Homme", "I": "Non précisé"}


@blueprint.get("/compte/caisse")
@open_to(STEPPED_UP)
def registry() -> Response:
    """Show my identity, my cards and the addresses that the insurer holds."""
    known = my_account()
    found = person(db(), known.beneficiary_id) or abort(404)
    cards = cards_of(db(), known.beneficiary_id)
    return show(
        "my_account/registry.html",
        person=found,
        sex=SEXES.get(found.sex, SEXES["I"]),
        cards=[_card(card) for card in cards],
        schemes=list(dict.fromkeys(card.scheme for card in cards)),
    )


def _card(card: CardHeld) -> list[tuple[str, str]]:
    serial = card.card_serial
    return [
        ("Caisse", card.scheme),
        ("Numéro de série", f"{'•' * max(0, len(serial) - 3)}{serial[-3:]}"),
        ("Adresse e-mail", mask_email(card.contact.email) if card.contact.email else "Aucune"),
        ("Téléphone mobile", mask_phone(card.contact.phone) if card.contact.phone else "Aucun"),
    ]
