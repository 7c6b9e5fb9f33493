"""Whose card a forgotten identifier may follow: its owner's own, not one of somebody else who covers them too."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.support.registry import FATHER, MOTHER, a_row
from tests.support.registry_database import Registry, registry
from webapp.account.service import NewAccount, create_account, give_space
from webapp.beneficiaries.service import CardHeld, cards
from webapp.config import Settings
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.identity.contacts import contact_choices
from webapp.mail.models import OutboxRow
from webapp.recovery.reminding import remind
from webapp.spaces.service import Decided, open_space

__all__ = ["registry"]

pytestmark = pytest.mark.one_database("no two requests meet")

FORMER = {"insured_nir": FATHER, "card_serial": "40268137945", "email": "autre@example.org", "phone": ""}
"""She is covered under somebody else's number too: the contact there is theirs."""


@pytest.mark.parametrize(
    ("email", "where"), [("camille@example.net", []), ("autre@example.org", ["autre@example.org"])]
)
def test_a_contact_of_somebody_elses_card_learns_nothing(
    registry: Registry, settings: Settings, email: str, where: list[str]
) -> None:
    registry.load(a_row(), a_row(**FORMER))
    (card,) = registry.find("1987-04-12", FATHER, FORMER["card_serial"])
    _open_for(registry, card, email)
    _remind(registry, settings, card)
    assert _told(registry) == where


def test_her_own_card_is_good_enough_and_her_account_is_told(registry: Registry, settings: Settings) -> None:
    registry.load(a_row(), a_row(**FORMER))
    (card,) = registry.find()
    _open_for(registry, card, "camille@example.net")
    _remind(registry, settings, card)
    assert _told(registry) == ["camille@example.org", "camille@example.net"]


def _open_for(registry: Registry, card: CardHeld, email: str) -> None:
    at, person = registry.clock, card.person_id
    with writing(registry.engine) as session:
        new = NewAccount(person, "camille.une", "x", email, None, "t", at)
        open_space(session, at, Decided(person, "C", MOTHER, "self"), at)
        give_space(session, at, create_account(session, at, new), person, "holder")


def _remind(registry: Registry, settings: Settings, card: CardHeld) -> None:
    with writing(registry.engine) as session:
        to = contact_choices(list(cards(session, [card.id]).values()))[0]
        remind(session, registry.clock, settings, subject=b"x" * 32, to=to)


def _told(registry: Registry) -> list[str]:
    """Where the identifier went."""
    with reading(registry.engine) as session:
        wanted = select(OutboxRow.id, OutboxRow.sealed).where(OutboxRow.kind == "identifier-reminder")
        rows = session.execute(wanted.order_by(OutboxRow.id)).all()
    return [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed)["to"] for row in rows]
