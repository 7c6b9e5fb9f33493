"""The day of majority hands a space over: the guardians' access ends, and all are told.

Source: Code civil, articles 371-1 and 414 (parental authority ends at eighteen). The rule is applied to each request
as soon as the day begins in Paris (`reach`); this sweep then writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, literal_column, select, update
from sqlalchemy.orm import Session

from webapp.account.erasing import hold_visits_of, retire_idle
from webapp.account.models import AccountSpace
from webapp.account.service import account
from webapp.account.telling import tell as tell_owner
from webapp.beneficiaries.service import cards_of, people
from webapp.config import Settings
from webapp.family.disagreeing import end_orphans
from webapp.family.guardians import sharing_accounts
from webapp.family.models import Disagreement, SpaceInvitation
from webapp.family.rules import Answer, Role
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.spaces.closing import erasure_of
from webapp.spaces.happening import Happening, What, tell
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import SpaceState
from webapp.values.ages import majority_day
from webapp.values.clock import paris_day

AT_ONCE = 200
"""Spaces handed over in one transaction; the next sweep takes the next ones."""
_PLAIN = {"synchronize_session": False}


def handing_over(settings: Settings) -> Callable[[Session, datetime], None]:
    """Return the sweep that a worker runs: what the day, or the registry, has ended."""

    def sweep(session: Session, now: datetime) -> None:
        hand_over(session, now, settings)
        end_orphans(session, now, settings)

    return sweep


def hand_over(session: Session, now: datetime, settings: Settings) -> int:
    """Hand over the spaces of those who have come of age; return how many. Run again, it does nothing.

    A guardian's account that was kept for the child alone, its own space being erased, goes too.
    """
    _fill_days(session)
    is_over = (AccountSpace.role == Role.GUARDIAN, AccountSpace.ends_on <= paris_day(now))
    hold_visits_of(session, select(AccountSpace.account_id).where(*is_over))  # before any space, as pages do
    ending = select(AccountSpace.beneficiary_id).where(*is_over)
    held = session.scalars(
        select(HealthSpace.beneficiary_id)
        .where(HealthSpace.beneficiary_id.in_(ending))
        .order_by(HealthSpace.beneficiary_id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not held:
        return 0
    guardians = {person_id: sharing_accounts(session, person_id) for person_id in held}
    ended = delete(AccountSpace).where(
        AccountSpace.beneficiary_id.in_(held), AccountSpace.role == Role.GUARDIAN
    )
    columns = (AccountSpace.beneficiary_id, AccountSpace.account_id)
    rows = session.execute(ended.returning(*columns), execution_options=_PLAIN).all()
    due = sorted({row.beneficiary_id for row in rows})
    for statement in (
        update(SpaceInvitation)
        .where(SpaceInvitation.beneficiary_id.in_(due), SpaceInvitation.answered_at.is_(None))
        .values(answered_at=now, answer=Answer.WITHDRAWN),
        update(Disagreement)
        .where(Disagreement.beneficiary_id.in_(due), Disagreement.withdrawn_at.is_(None))
        .values(withdrawn_at=now),
        update(HealthSpace).where(HealthSpace.beneficiary_id.in_(due)).values(frozen_at=None),
        # Opened by others: the young adult chooses identifiers or closes it, as after an automatic opening.
        update(HealthSpace)
        .where(HealthSpace.beneficiary_id.in_(due), HealthSpace.state == SpaceState.OPENED)
        .values(state=SpaceState.OPENED_AUTOMATICALLY),
    ):
        session.execute(statement, execution_options=_PLAIN)
    persons = people(session, due)
    for person_id in due:
        _tell(session, now, settings, person_id, persons[person_id].first_name)
        _tell_guardians(session, now, settings, guardians[person_id], persons[person_id].first_name)
        tell(session, Happening(What.HANDED_OVER, person_id, now))
    retire_idle(session, now, settings, {row.account_id for row in rows})
    for person_id in due:
        record(session, Event.SPACE_HANDED_OVER, now=now, beneficiary_id=person_id)
    return len(due)


def _tell_guardians(
    session: Session, now: datetime, settings: Settings, accounts: Iterable[UUID], child: str
) -> None:
    """Write to each account that reached the space until now, never to one whose holder the registry named no more."""
    for account_id in sorted(accounts):
        known = account(session, account_id)
        if known is not None:
            tell_owner(session, now, settings, known, "guardian-access-ended", child=child)


def _fill_days(session: Session) -> None:
    """Find the day for the guardians whose access was given without one."""
    rows = session.execute(
        select(AccountSpace.account_id, AccountSpace.beneficiary_id)
        .where(AccountSpace.role == literal_column("'guardian'"), AccountSpace.ends_on.is_(None))
        .limit(AT_ONCE)
    ).all()  # the literal lets both databases use the index of these rows alone
    persons = people(session, {row.beneficiary_id for row in rows})
    for row in rows:
        session.execute(
            update(AccountSpace)
            .where(
                AccountSpace.account_id == row.account_id, AccountSpace.beneficiary_id == row.beneficiary_id
            )
            .values(ends_on=majority_day(persons[row.beneficiary_id].birth_date))
            .execution_options(synchronize_session=False)
        )


def _tell(session: Session, now: datetime, settings: Settings, person_id: UUID, name: str) -> None:
    """Write where the insurer can reach the young adult, on every card once."""
    erasure = erasure_of(session, person_id)  # none of an open one
    day = erasure.day if erasure else None
    letter = render_letter("space-handed-over", settings, name=name, at=now, erase_on=day)
    contacts = [card.contact for card in cards_of(session, person_id)]
    places = {("email", one.email) for one in contacts if one.email} or {
        ("sms", one.phone) for one in contacts if one.phone
    }
    for channel, address in sorted(places):
        put(session, letter, Destination(channel, address or ""), now, about=person_id)
