"""Codes that serve only in the visit that asked for them: those of a forgotten password (`CodeKind.RESET`)."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.spaces.codes import (
    CodeExpired,
    Redeemed,
    WrongCode,
    code_columns,
    count_wrong_try,
    digest_of,
    read_redeemed,
    refuse_dead,
    use,
)
from webapp.spaces.models import ProvisionalCode
from webapp.spaces.rules import CodeKind
from webapp.values.codes import normalise_code

KEPT = timedelta(days=1)
"""How long a dead code stays, for the pages that say why it no longer serves."""


def redeem(session: Session, code_id: UUID, typed: str, now: datetime) -> Redeemed:
    """Use up the RESET code that a visit asked for, with what was typed; a wrong one takes a try from it.

    An older one of the same visit is said to be replaced, and takes none. The right one of an account that has
    changed since has expired: nobody else learns that. Raises the refusal that fits.
    """
    row = _awaited(session, code_id)
    refuse_dead(row, now)
    digest = digest_of(normalise_code(typed), CodeKind.RESET)
    if not hmac.compare_digest(row.digest, digest):
        older = (ProvisionalCode.digest == digest, ProvisionalCode.subject_index == row.subject_index)
        other = session.execute(code_columns().where(*older)).one_or_none()
        if other is not None:
            refuse_dead(other, now)
        raise WrongCode(count_wrong_try(session, code_id, now))
    found = read_redeemed(row)
    if found.account_id is None:
        raise CodeExpired
    use(session, code_id, now)
    return found


def account_awaited(session: Session, code_id: UUID) -> UUID | None:
    """Return whose password the RESET code of a visit would let choose; nobody's id for nobody."""
    return read_redeemed(_awaited(session, code_id)).account_id


def live_until(session: Session, code_id: UUID, now: datetime) -> datetime:
    """Return until when the RESET code that a visit asked for lives; raises the refusal that fits when it is dead."""
    row = _awaited(session, code_id)
    refuse_dead(row, now)
    expires_at: datetime = row.expires_at
    return expires_at


def claim_used(session: Session, code_id: UUID) -> UUID | None:
    """Take a used RESET code away, and end all of its subject; return its account, None when it was taken already.

    What a proven code lets one do is done once: of any number at once, one finds the row. All codes of the subject
    are locked first: two that were proven would each wait for the other's.
    """
    about = session.scalar(select(ProvisionalCode.subject_index).where(ProvisionalCode.id == code_id))
    if about is None:
        return None
    hold_subject(session, about)
    gone = session.execute(
        delete(ProvisionalCode)
        .where(
            ProvisionalCode.id == code_id,
            ProvisionalCode.kind == CodeKind.RESET,
            ProvisionalCode.used_at.is_not(None),
        )
        .returning(ProvisionalCode.id, ProvisionalCode.kind, ProvisionalCode.sealed)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if gone is None:
        return None
    end_subject(session, about)
    return read_redeemed(gone).account_id


def hold_subject(session: Session, subject: bytes) -> None:
    """Lock the RESET codes of a subject, for whoever will end them: they come before the account they are for."""
    mine = select(ProvisionalCode.id).where(
        ProvisionalCode.subject_index == subject, ProvisionalCode.kind == CodeKind.RESET
    )
    session.execute(mine.order_by(ProvisionalCode.id).with_for_update()).all()


def end_subject(session: Session, subject: bytes) -> None:
    """Make the RESET codes of a subject nobody's, whatever became of them: none of them serves any more.

    Their rows stay. Whoever waits for a code without having it would otherwise see it end when the account changes,
    and so learn that there is an account.
    """
    mine = select(ProvisionalCode.id).where(
        ProvisionalCode.subject_index == subject, ProvisionalCode.kind == CodeKind.RESET
    )
    for code_id in session.scalars(mine.order_by(ProvisionalCode.id)).all():
        sealed = current_vault().seal(ProvisionalCode.__tablename__, code_id, {"cards": [], "account": None})
        session.execute(
            update(ProvisionalCode)
            .where(ProvisionalCode.id == code_id)
            .values(sealed=sealed)
            .execution_options(synchronize_session=False)
        )


def forget_awaited(session: Session, now: datetime) -> None:
    """Delete the RESET codes whose time was up a day ago, used or not."""
    session.execute(
        delete(ProvisionalCode).where(
            ProvisionalCode.kind == CodeKind.RESET, ProvisionalCode.expires_at < now - KEPT
        )
    )


def _awaited(session: Session, code_id: UUID) -> Any:
    mine = (ProvisionalCode.id == code_id, ProvisionalCode.kind == CodeKind.RESET)
    row = session.execute(code_columns().where(*mine)).one_or_none()
    if row is None:
        raise CodeExpired  # so long ago that it was forgotten
    return row
