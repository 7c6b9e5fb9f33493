"""Two guardians who do not agree: the space stays as it is until whoever said so takes it back.

Parents exercise parental authority together (Code civil, article 372); when one asks because they cannot agree, the
family judge decides (articles 373-2-6 and 373-2-8) and may propose a mediation (373-2-10). The site decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.beneficiaries.models import Beneficiary, Guardianship
from webapp.beneficiaries.service import person, read_person
from webapp.config import Settings
from webapp.family.guardians import guardians, sharing_accounts, write_to
from webapp.family.models import Disagreement
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import DISAGREEMENTS
from webapp.limits.service import add_within
from webapp.spaces.service import freeze, hold
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

AT_ONCE = 200
"""Disagreements ended in one transaction; the next sweep takes the next ones."""


class NotShared(Refusal):
    """Nobody else reaches this space from their account: there is nobody to disagree with."""


@dataclass(frozen=True)
class Standing:
    """A disagreement that stands: who said so, and when."""

    person_id: UUID
    by: str = field(repr=False)
    raised_at: datetime


def standing(session: Session, child_id: UUID) -> list[Standing]:
    """List the disagreements that stand about a child, the oldest first. One query."""
    rows = session.execute(
        select(Disagreement.person_id, Disagreement.raised_at, Beneficiary.sealed)
        .join(Beneficiary, Beneficiary.id == Disagreement.person_id)
        .where(_stands(child_id))
        .order_by(Disagreement.raised_at)
    )
    return [
        Standing(row.person_id, read_person(row.person_id, row.sealed).first_name, row.raised_at)
        for row in rows
    ]


def disagree(session: Session, now: datetime, settings: Settings, known: AccountView, child_id: UUID) -> None:
    """Freeze a space that one shares, and tell every guardian; saying it twice changes nothing. Raises NotShared.

    The caller has made sure that the account reaches the child.
    """
    sharing = sharing_accounts(session, child_id)
    if known.id not in sharing or len(sharing) < 2:
        raise NotShared
    declare(session, now, settings, child_id, known.beneficiary_id, account_id=known.id)


def declare(
    session: Session,
    now: datetime,
    settings: Settings,
    child_id: UUID,
    by: UUID,
    *,
    account_id: UUID | None = None,
) -> None:
    """Freeze a space because a guardian, `by`, does not agree; the caller has made sure that they represent the child.

    `account_id`: the account that says so, None with a code. Last in the transaction. Raises TooMany, before anything
    is changed: a refusal is stored too, and a frozen space with nothing to take back would stay so for ever.
    """
    hold(session, now, child_id)
    mine = and_(_stands(child_id), Disagreement.person_id == by)
    if session.scalar(select(Disagreement.id).where(mine)) is not None:
        return
    add_within(session, DISAGREEMENTS, str(by), now)
    freeze(session, now, child_id, frozen=True)
    session.add(Disagreement(id=new_id(), beneficiary_id=child_id, person_id=by, raised_at=now))
    session.flush()
    _tell_all(session, now, settings, "disagreement-raised", child_id)
    record(session, Event.DISAGREEMENT_RAISED, now=now, account_id=account_id, beneficiary_id=child_id)


def agree(
    session: Session,
    now: datetime,
    settings: Settings,
    child_id: UUID,
    by: UUID,
    *,
    account_id: UUID | None = None,
) -> bool:
    """Take back what one said; say whether one had. When nobody says so any more the space is free, all are told."""
    mine = and_(_stands(child_id), Disagreement.person_id == by)
    if session.scalar(select(Disagreement.id).where(mine)) is None:
        return False
    hold(session, now, child_id)  # whoever else changes it waits
    if not _take_back(session, now, mine):
        return False
    _let_go(session, now, settings, child_id)
    record(session, Event.DISAGREEMENT_WITHDRAWN, now=now, account_id=account_id, beneficiary_id=child_id)
    return True


def end_orphans(session: Session, now: datetime, settings: Settings) -> int:
    """End what was said by people who no longer represent the child, by the registry; return how many. A sweep."""
    orphans = session.execute(
        select(Disagreement.id, Disagreement.beneficiary_id)
        .join(Beneficiary, Beneficiary.id == Disagreement.person_id)
        .outerjoin(
            Guardianship,
            and_(
                Guardianship.beneficiary_id == Disagreement.beneficiary_id,
                Guardianship.guardian_index == Beneficiary.nir_index,
            ),
        )
        .where(Disagreement.withdrawn_at.is_(None), Guardianship.beneficiary_id.is_(None))
        .order_by(Disagreement.beneficiary_id)
        .limit(AT_ONCE)
    ).all()
    ended = []
    for row in orphans:
        hold(session, now, row.beneficiary_id)
        if _take_back(session, now, and_(_stands(row.beneficiary_id), Disagreement.id == row.id)):
            _let_go(session, now, settings, row.beneficiary_id)
            ended.append(row.beneficiary_id)
    for child_id in ended:
        record(session, Event.DISAGREEMENT_WITHDRAWN, now=now, beneficiary_id=child_id)
    return len(ended)


def _stands(child_id: UUID) -> ColumnElement[bool]:
    return and_(Disagreement.beneficiary_id == child_id, Disagreement.withdrawn_at.is_(None))


def _take_back(session: Session, now: datetime, which: ColumnElement[bool]) -> bool:
    ended = session.execute(
        update(Disagreement)
        .where(which)
        .values(withdrawn_at=now)
        .returning(Disagreement.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())


def _let_go(session: Session, now: datetime, settings: Settings, child_id: UUID) -> None:
    """Free a space about which nobody disagrees any more, and tell its guardians."""
    if session.scalar(select(Disagreement.id).where(_stands(child_id)).limit(1)) is None:
        freeze(session, now, child_id, frozen=False)
        _tell_all(session, now, settings, "disagreement-withdrawn", child_id)


def _tell_all(session: Session, now: datetime, settings: Settings, kind: str, child_id: UUID) -> None:
    child = person(session, child_id)
    if child is None:
        return
    for one in guardians(session, now, [child_id]):
        write_to(session, now, settings, one.person, kind, child=child.first_name)
