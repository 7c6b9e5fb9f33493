"""Printed recovery codes: ten at a time, each for one sign-in. Only their digests are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account
from webapp.db.vault import current_vault
from webapp.factors.models import RecoveryCode
from webapp.factors.rules import new_recovery_codes, read_recovery_code
from webapp.factors.service import WrongFactorCode
from webapp.values.ids import new_id


@dataclass(frozen=True)
class PrintedCodes:
    """The codes of an account: when they were made, and how many have not served."""

    made_at: datetime
    left: int


def printed_codes(session: Session, account_id: UUID) -> PrintedCodes | None:
    """Return how the codes of an account stand; None when it never had any."""
    made_at, total, used = session.execute(
        select(func.max(RecoveryCode.made_at), func.count(), func.count(RecoveryCode.used_at)).where(
            RecoveryCode.account_id == account_id
        )
    ).one()
    return PrintedCodes(made_at, total - used) if total else None


def make_codes(session: Session, now: datetime, account_id: UUID) -> list[str]:
    """Make ten codes and return them, for the one page that shows them; the former ones are dead.

    The account's row stays locked, so that of two sets made at once one remains.
    """
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    drop_codes(session, account_id)
    codes = new_recovery_codes()
    session.execute(
        insert(RecoveryCode),
        [
            {"id": new_id(), "account_id": account_id, "digest": _digest(account_id, code), "made_at": now}
            for code in codes
        ],
    )
    return codes


def drop_codes(session: Session, account_id: UUID) -> None:
    """Make every code of an account worthless."""
    session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.account_id == account_id)
        .execution_options(synchronize_session=False)
    )


def use_recovery_code(session: Session, now: datetime, account_id: UUID, typed: str) -> int:
    """Use one code up and return how many are left; raises WrongFactorCode. One conditional UPDATE: one winner."""
    code = read_recovery_code(typed)
    if code is None:
        raise WrongFactorCode
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.digest == _digest(account_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    if used.one_or_none() is None:
        raise WrongFactorCode
    found = printed_codes(session, account_id)
    return found.left if found else 0


def _digest(account_id: UUID, code: str) -> bytes:
    return current_vault().index("recovery-code", f"{account_id}|{code}")
