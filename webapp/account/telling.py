"""Telling the owner of an account what happened to it, wherever they can be reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.account.sending import destinations
from webapp.account.service import AccountView
from webapp.beneficiaries.service import person
from webapp.config import Settings
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter


def tell(
    session: Session, now: datetime, settings: Settings, known: AccountView, kind: str, **facts: Any
) -> None:
    """Have a letter leave by every channel of an account, once this transaction is stored.

    The letter's facts are `name` (the first name), `at` (now) and those given.
    """
    tell_at(session, now, settings, known, list(destinations(session, known).values()), kind, **facts)


def tell_at(
    session: Session,
    now: datetime,
    settings: Settings,
    known: AccountView,
    places: list[Destination],
    kind: str,
    **facts: Any,
) -> None:
    """The same, at these places only: an address that was just given up, for one."""
    holder = person(session, known.beneficiary_id)
    given = {"name": holder.first_name if holder else "", "at": now, **facts}
    letter = render_letter(kind, settings, language=known.language, **given)
    for to in places:
        put(session, letter, to, now, about=known.beneficiary_id)
