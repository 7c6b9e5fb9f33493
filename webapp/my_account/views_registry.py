"""What the insurer's registry says: read only, with who corrects it (J7)."""

from __future__ import annotations

from flask import Response, abort

from webapp.account.current import my_account
from webapp.account.step_up import STEPPED_UP
from webapp.beneficiaries.service import CardHeld, Person
from webapp.my_account.blueprint import blueprint
from webapp.my_account.registry import registry_entry
from webapp.values.card import CardType
from webapp.values.clock import french_date, paris_day
from webapp.values.french import listed
from webapp.values.masking import mask_email, mask_phone
from webapp.web.access import open_to
from webapp.web.pages import show
from webapp.web.work import db, now

SEXES = {"F": "Femme", "M": "Homme", "I": "Non précisé"}
KINDS = {CardType.WITH_PHOTO: "Avec photo", CardType.WITHOUT_PHOTO: "Sans photo"}
SHOWN = 3
"""Of the serial number of a card, which helps to be identified: how many of its last digits are shown."""


@blueprint.get("/compte/caisse")
@open_to(STEPPED_UP)
def registry() -> Response:
    """Show my identity, my cards, the addresses that the insurer holds, and whom I represent."""
    entry = registry_entry(db(), my_account(), paris_day(now())) or abort(404)
    if not entry.proven:
        return show("my_account/registry_unproven.html")
    return show(
        "my_account/registry.html",
        entry=entry,
        person=entry.person,
        sex=SEXES.get(entry.person.sex, SEXES["I"]),
        cards=[_card(card, own=card.insured_nir == entry.person.nir) for card in entry.cards],
        children=[(one.display_name, _born(one)) for one in entry.children],
        representatives=listed([one.display_name for one in entry.representatives]),
    )


def _born(child: Person) -> str:
    return f"Naissance\u202f: {french_date(child.birth_date)}"


def _card(card: CardHeld, *, own: bool) -> list[tuple[str, str]]:
    """Say what is on a card; the postal address is that of its holder, shown on one's own card alone."""
    serial = card.card_serial
    posted = [("Adresse postale", card.address or "Aucune")] if own else []
    return [
        ("Caisse", card.scheme),
        ("Carte Vitale", KINDS[card.card_type]),
        ("Numéro de série", f"{'•' * max(0, len(serial) - SHOWN)}{serial[-SHOWN:]}"),
        ("Adresse e-mail", mask_email(card.contact.email) if card.contact.email else "Aucune"),
        ("Téléphone mobile", mask_phone(card.contact.phone) if card.contact.phone else "Aucun"),
        *posted,
    ]
