"""The letter that carries an access code, and where it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.access_codes import Sent
from webapp.account.service import AccountView
from webapp.beneficiaries.service import cards_of, person
from webapp.config import Settings
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.values.masking import mask_email, mask_phone


def destinations(session: Session, known: AccountView) -> dict[str, Destination]:
    """Return where the codes of an account can go, by channel.

    The registry's contact serves an account that has none of its own: whoever opened a space with a letter on
    paper gets in once the insurer holds an address.
    """
    email, phone = known.email, known.phone
    if not email and not phone:
        for card in cards_of(session, known.beneficiary_id):
            email, phone = email or card.contact.email, phone or card.contact.phone
    found = {"email": email, "sms": phone}
    return {channel: Destination(channel, address) for channel, address in found.items() if address}


def masked(to: Destination) -> str:
    """Show a destination so that its owner knows it and nobody else learns it."""
    return mask_email(to.address) if to.channel == "email" else mask_phone(to.address)


def put_access_code(
    session: Session, now: datetime, settings: Settings, known: AccountView, sent: Sent, to: Destination
) -> None:
    """Have the letter with an access code leave once this transaction is stored."""
    holder = person(session, known.beneficiary_id)
    letter = render_letter(
        "access-code",
        settings,
        language=known.language,
        name=holder.first_name if holder else "",
        code=sent.code,
        minutes=settings.access_code_minutes,
        until=sent.expires_at,
    )
    put(session, letter, to, now, about=known.beneficiary_id)
