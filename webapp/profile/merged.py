"""When two people of the registry turn out to be one, the profile of either is that one's.

Called in the transaction of the import, after the spaces (which it holds) and the accounts.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.beneficiaries.models import Beneficiary
from webapp.db.vault import current_vault
from webapp.profile.models import FirstQuestions, ProfileEntry
from webapp.profile.rules import ABSENCE
from webapp.profile.service import Author, current, take_away
from webapp.spaces.service import hold


def carry_over(session: Session, now: datetime) -> int:
    """Give every version of every entry, and the first questions, to whom each left-over person is; count people.

    Whoever went through the first questions under their own number is asked no more than that says.
    """
    moved = _carry_questions(session) | _carry_entries(session, now)
    return len(moved)


def _carry_entries(session: Session, now: datetime) -> set[UUID]:
    left_over = session.execute(
        select(ProfileEntry.beneficiary_id, Beneficiary.same_as_id)
        .join(Beneficiary, Beneficiary.id == ProfileEntry.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
        .distinct()
        .order_by(ProfileEntry.beneficiary_id)
    ).all()
    for was, person in left_over:
        assert person is not None
        hold(session, now, person)
        session.execute(
            update(ProfileEntry)
            .where(ProfileEntry.beneficiary_id == was)
            .values(beneficiary_id=person)
            .execution_options(synchronize_session=False)
        )
        _agree(session, now, person)
    return {row.beneficiary_id for row in left_over}


def _agree(session: Session, now: datetime, person: UUID) -> None:
    """What one profile says there is takes the place of the other's statement that there is none; that stands once."""
    for some, none in ABSENCE.items():
        statements = current(session, person, (none,))
        kept = 0 if current(session, person, (some,)) else 1
        for one in statements[kept:]:
            take_away(session, now, Author(person, one.account_id), one.entry_id, one.version)


def _carry_questions(session: Session) -> set[UUID]:
    left_over = session.execute(
        select(
            FirstQuestions.beneficiary_id,
            FirstQuestions.sealed,
            FirstQuestions.finished_at,
            Beneficiary.same_as_id,
        )
        .join(Beneficiary, Beneficiary.id == FirstQuestions.beneficiary_id)
        .where(Beneficiary.same_as_id.is_not(None))
        .order_by(FirstQuestions.beneficiary_id)
    ).all()
    vault, table = current_vault(), FirstQuestions.__tablename__
    for was, sealed, finished_at, person in left_over:
        assert person is not None
        session.execute(delete(FirstQuestions).where(FirstQuestions.beneficiary_id == was))
        if session.scalar(
            select(FirstQuestions.beneficiary_id).where(FirstQuestions.beneficiary_id == person)
        ):
            continue
        answers = vault.unseal(table, was, sealed)  # sealed under the id of whom it is about: sealed anew
        session.add(
            FirstQuestions(
                beneficiary_id=person, sealed=vault.seal(table, person, answers), finished_at=finished_at
            )
        )
        session.flush()
    return {row.beneficiary_id for row in left_over}
