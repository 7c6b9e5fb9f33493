"""Ending a sign-in with a code that its owner holds: of an authenticator application, or printed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from webapp.account import ways
from webapp.account.access_codes import SignInExpired, SignInSpent, WrongAccessCode, is_live, why
from webapp.account.models import SignIn
from webapp.account.service import AccountView, account
from webapp.account.ways import Proof
from webapp.config import Settings


def check_held(
    session: Session, now: datetime, settings: Settings, sign_in_id: UUID, typed: str
) -> tuple[AccountView, Proof]:
    """Use a sign-in up, and the code with it; raises WrongAccessCode, SignInOver, or TooMany.

    The try is counted before the code is looked at. That keeps other tries of the same sign-in waiting, and no code
    is used up for a sign-in that is over. A try that has to wait is not counted.
    """
    count_one = (
        update(SignIn)
        .where(*is_live(sign_in_id, now))
        .values(tries_left=SignIn.tries_left - 1)
        .returning(SignIn.account_id, SignIn.tries_left)
    )
    with session.begin_nested():
        counted = session.execute(count_one).one_or_none()
        known = account(session, counted.account_id) if counted else None
        proof = ways.prove(session, now, settings, known, typed) if known else None
    if counted is None:
        raise why(session, now, sign_in_id)
    if known is None:
        raise SignInExpired
    if proof is not None:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(used_at=now))
        return known, proof
    if counted.tries_left == 0:
        raise SignInSpent(known.id)
    raise WrongAccessCode(int(counted.tries_left))
