"""The authenticator application of an account: added with a first code, asked at each sign-in, removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.factors.models import Authenticator
from webapp.factors.rules import NEVER, matching_step
from webapp.limits.rules import FACTOR_TRIES
from webapp.limits.service import add, forget, hold_growing
from webapp.values.refusal import Refusal


class WrongFactorCode(Refusal):
    """Not a code of this application at this time, or one that served already."""


class AlreadyAdded(Refusal):
    """The account has an application: it is removed before another one is added."""


@dataclass(frozen=True)
class AuthenticatorView:
    """The application of an account, and since when."""

    added_at: datetime


def authenticator(session: Session, account_id: UUID) -> AuthenticatorView | None:
    """Return the application of an account, or None."""
    added_at = session.scalar(select(Authenticator.added_at).where(Authenticator.account_id == account_id))
    return AuthenticatorView(added_at) if added_at else None


def add_authenticator(session: Session, now: datetime, account_id: UUID, secret: str, typed: str) -> None:
    """Store the secret of an application that has just shown a first code; that code is used up.

    Raises WrongFactorCode, or AlreadyAdded (of two at once, one is stored).
    """
    step = matching_step(secret, typed, now, NEVER)
    if step is None:
        raise WrongFactorCode
    sealed = current_vault().seal(Authenticator.__tablename__, account_id, {"secret": secret})
    row = {"account_id": account_id, "sealed": sealed, "last_step": step, "added_at": now}
    insert = insert_for(session, Authenticator).values(row).on_conflict_do_nothing()
    if session.execute(insert.returning(Authenticator.account_id)).one_or_none() is None:
        raise AlreadyAdded


def remove_authenticator(session: Session, account_id: UUID) -> bool:
    """Forget the application of an account; say whether there was one."""
    removed = session.execute(
        delete(Authenticator)
        .where(Authenticator.account_id == account_id)
        .returning(Authenticator.account_id)
        .execution_options(synchronize_session=False)
    )
    return removed.one_or_none() is not None


def use_app_code(session: Session, now: datetime, account_id: UUID, typed: str) -> None:
    """Use up a code of the application; raises WrongFactorCode, or TooMany while wrong ones ask to wait.

    Six digits can be guessed by whoever has the password and much time: the waits grow with each wrong one. The
    owner has other channels meanwhile. One conditional UPDATE decides which of several tries at once was first.
    """
    hold_growing(session, FACTOR_TRIES, str(account_id), now)
    row = session.execute(
        select(Authenticator.sealed, Authenticator.last_step).where(Authenticator.account_id == account_id)
    ).one_or_none()
    if row is not None:
        secret = current_vault().unseal(Authenticator.__tablename__, account_id, row.sealed)["secret"]
        step = matching_step(secret, typed, now, row.last_step)
        if step is not None and _move(session, account_id, step):
            forget(session, FACTOR_TRIES, str(account_id))
            return
    add(session, FACTOR_TRIES, str(account_id), now)
    raise WrongFactorCode


def _move(session: Session, account_id: UUID, step: int) -> bool:
    """Make this the last step that served, if it comes after the one before."""
    moved = session.execute(
        update(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.last_step < step)
        .values(last_step=step)
        .returning(Authenticator.account_id)
        .execution_options(synchronize_session=False)
    )
    return moved.one_or_none() is not None
