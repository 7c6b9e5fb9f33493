"""Sign-in in two steps: identifier and password, then an access code bound to that sign-in.

Codes are pyotp's, from a secret of that sign-in alone, sealed. pyotp accepts the same code twice, so one conditional
UPDATE uses the sign-in up; a resend moves the counter, which kills the code before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.account.models import SignIn
from webapp.account.service import AccountView
from webapp.db.vault import current_vault
from webapp.limits.rules import ACCESS_SENDS
from webapp.limits.service import add_within
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

TRIES = 5


class WrongAccessCode(Refusal):
    """Not the newest code of this sign-in; `tries_left` says how many remain."""

    def __init__(self, tries_left: int) -> None:
        """Keep how many tries remain."""
        super().__init__("wrong access code")
        self.tries_left = tries_left


class SignInOver(Refusal):
    """The sign-in expired, was used, or had too many wrong codes: one starts again."""


@dataclass(frozen=True)
class Sent:
    """A code to be sent, in clear for the one letter that carries it."""

    sign_in_id: UUID
    code: str
    expires_at: datetime


def begin(session: Session, now: datetime, account: AccountView, channel: str, life: timedelta) -> Sent:
    """Start a sign-in whose password was right; raises TooMany after ten codes in an hour."""
    add_within(session, ACCESS_SENDS, str(account.id), now)
    sign_in_id, secret = new_id(), pyotp.random_base32()
    session.add(
        SignIn(
            id=sign_in_id,
            account_id=account.id,
            sealed=current_vault().seal(
                SignIn.__tablename__, sign_in_id, {"secret": secret, "channel": channel}
            ),
            sends=1,
            expires_at=now + life,
            tries_left=TRIES,
        )
    )
    session.flush()
    return Sent(sign_in_id, pyotp.HOTP(secret).at(1), now + life)


def check(session: Session, now: datetime, sign_in_id: UUID, typed: str) -> UUID:
    """Use a sign-in up with its newest code and return its account; raises WrongAccessCode or SignInOver."""
    row = session.execute(
        select(SignIn.account_id, SignIn.sealed, SignIn.sends).where(SignIn.id == sign_in_id)
    ).one_or_none()
    if row is None:
        raise SignInOver
    secret = current_vault().unseal(SignIn.__tablename__, sign_in_id, row.sealed)["secret"]
    code = "".join(character for character in typed if character.isalnum())
    right = code.isascii() and pyotp.HOTP(secret).verify(code, row.sends)
    live = (
        SignIn.id == sign_in_id,
        SignIn.used_at.is_(None),
        SignIn.expires_at > now,
        SignIn.tries_left > 0,
        SignIn.sends == row.sends,
    )
    change = update(SignIn).where(*live).returning(SignIn.tries_left)
    if right:
        won = session.execute(change.values(used_at=now)).one_or_none()
        if won is None:
            raise SignInOver
        return UUID(str(row.account_id))
    left = session.execute(change.values(tries_left=SignIn.tries_left - 1)).one_or_none()
    if left is None or left.tries_left == 0:
        raise SignInOver
    raise WrongAccessCode(int(left.tries_left))
