"""Where something can be sent to whoever was identified: the contacts that the insurer holds, masked (J3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from webapp.beneficiaries.service import CardHeld
from webapp.values.masking import mask_email, mask_phone

MASKED = {"email": "Par e-mail à {}", "sms": "Par SMS au {}"}


@dataclass(frozen=True)
class ContactChoice:
    """One place a code can be sent to, for the people of some cards."""

    value: str
    channel: str
    address: str = field(repr=False)
    masked: str
    card_ids: tuple[UUID, ...]

    @property
    def words(self) -> str:
        """Say the way and the masked address."""
        return MASKED[self.channel].format(self.masked)


def contact_choices(cards: list[CardHeld]) -> list[ContactChoice]:
    """Every contact on file for these cards, once each; the first of a channel is `email` or `sms`, then `email-2`…"""
    held: dict[tuple[str, str], list[UUID]] = {}
    for card in cards:
        for channel, address in (("email", card.contact.email), ("sms", card.contact.phone)):
            if address:
                held.setdefault((channel, address), []).append(card.id)
    counts = {"email": 0, "sms": 0}
    choices = []
    for (channel, address), card_ids in held.items():
        counts[channel] += 1
        value = channel if counts[channel] == 1 else f"{channel}-{counts[channel]}"
        masked = mask_email(address) if channel == "email" else mask_phone(address)
        choices.append(ContactChoice(value, channel, address, masked, tuple(card_ids)))
    return sorted(choices, key=lambda choice: choice.channel)
