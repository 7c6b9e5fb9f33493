"""What happens to a space becomes a message in it; an e-mail then says that something waits, never what."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.account.models import AccountSpace
from webapp.account.noticing import NEW_MESSAGE
from webapp.account.sending import destinations
from webapp.account.service import account
from webapp.account.telling import tell_at
from webapp.config import Settings
from webapp.family.reach import family_of
from webapp.inbox.letters import welcome, written
from webapp.inbox.service import holds_any, send
from webapp.spaces.happening import Happening, What
from webapp.values.clock import paris_day

LETTER = "message-waiting"


def write_down(session: Session, happening: Happening) -> None:
    """Send the message of a happening: the first one of a space is its welcome, and the only one on that day.

    An act that has a letter of its own (a decision, a majority) is not announced by a second one.
    """
    begun = holds_any(session, happening.beneficiary_id)
    if happening.what in (What.OPENED, What.REOPENED) and not begun:
        send(session, happening.at, happening.beneficiary_id, welcome(happening))
        return
    if happening.what is What.OPENED or (not begun and happening.what in (What.OPPOSED, What.CLOSED)):
        return  # opened by its holder after others had; or a receipt in a space that was never used
    send(session, happening.at, happening.beneficiary_id, written(happening))
    if happening.settings is not None:
        say_it_waits(
            session,
            happening.at,
            happening.settings,
            happening.beneficiary_id,
            but=happening.by_account,
        )


def say_it_waits(
    session: Session, now: datetime, settings: Settings, person_id: UUID, *, but: UUID | None = None
) -> None:
    """Write to every account that reaches a space and wants to know, by e-mail or else by SMS."""
    reached_from = session.scalars(
        select(AccountSpace.account_id)
        .where(AccountSpace.beneficiary_id == person_id, AccountSpace.account_id != but)
        .order_by(AccountSpace.account_id)
    ).all()
    for account_id in reached_from:
        known, family = account(session, account_id), family_of(session, account_id, paris_day(now))
        if known is None or family is None or NEW_MESSAGE in known.declined:
            continue
        for_child = family.own.id != person_id
        if for_child and family.child(person_id) is None:
            continue  # of age, or represented no more
        places = destinations(session, known)
        to = places.get("email") or places.get("sms")
        if to is not None:
            url = f"{settings.public_url}/connexion"
            tell_at(session, now, settings, known, [to], LETTER, for_child=for_child, sign_in_url=url)
