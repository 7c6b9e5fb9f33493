"""Sign-in in two steps: identifier and password, then an access code bound to that sign-in.

Codes that are sent are pyotp's, from a secret of that sign-in alone, sealed. pyotp accepts the same code twice, so one
conditional UPDATE uses the sign-in up; a resend moves the counter, which kills the code before it. The codes that their
owner holds (an application's, printed ones) are in `held_codes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pyotp
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from webapp.account.models import SignIn
from webapp.account.service import AccountView
from webapp.account.ways import APP
from webapp.db.vault import current_vault
from webapp.limits.rules import ACCESS_SENDS, NEW_ADDRESS_SENDS
from webapp.limits.service import add_within, forget
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

TRIES = 5
SKEW = timedelta(minutes=1)
"""By how much the clocks of two servers may differ."""
RESENDS_FOR = timedelta(hours=1)
"""How long after a right password a new code may still be asked for without typing it again."""


class Purpose(StrEnum):
    """What an access code is for; one never serves for another."""

    SIGN_IN = "sign-in"
    NEW_ADDRESS = "new-address"


class WrongAccessCode(Refusal):
    """Not the newest code of this sign-in; `tries_left` says how many remain."""

    def __init__(self, tries_left: int) -> None:
        """Keep how many tries remain."""
        super().__init__("wrong access code")
        self.tries_left = tries_left


class SignInOver(Refusal):
    """No code serves any more; the subclasses say why."""


class SignInExpired(SignInOver):
    """The code, or the time in which a new one may be asked for, has expired."""


class SignInUsed(SignInOver):
    """The code has served."""


class SignInSpent(SignInOver):
    """Too many wrong codes; `account_id` when it was this one that made them too many."""

    def __init__(self, account_id: UUID | None = None) -> None:
        """Keep whose sign-in has just ended."""
        super().__init__("too many wrong codes")
        self.account_id = account_id


@dataclass(frozen=True)
class Sent:
    """A code to be sent, in clear for the one letter that carries it."""

    sign_in_id: UUID
    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class Pending:
    """A sign-in whose code is awaited, as it stands."""

    id: UUID
    account_id: UUID
    channel: str
    sends: int
    expires_at: datetime
    address: str | None = field(repr=False)
    """The new address that its code proves; None for a sign-in."""
    over: type[SignInOver] | None
    """Why its code no longer serves; None while it does."""
    letters: int
    """How many codes were really sent: none while one signs in with an application."""


def begin(
    session: Session,
    now: datetime,
    account: AccountView,
    channel: str,
    life: timedelta,
    *,
    purpose: Purpose = Purpose.SIGN_IN,
    address: str | None = None,
) -> Sent:
    """Start a sign-in whose password was right, or the proof of a new `address`.

    Raises TooMany after ten codes sent in an hour; one that its owner makes or reads is not sent, and not counted.
    """
    _count_sent(session, now, account, channel, address)
    sign_in_id, secret = new_id(), pyotp.random_base32()
    fields = {
        "secret": secret,
        "channel": channel,
        "begun": now.isoformat(),
        "sent": now.isoformat(),
        "address": address,
        "letters": int(channel != APP),
    }
    session.add(
        SignIn(
            id=sign_in_id,
            account_id=account.id,
            purpose=purpose,
            sealed=_seal(sign_in_id, fields),
            sends=1,
            expires_at=now + life,
            tries_left=TRIES,
        )
    )
    session.flush()
    return Sent(sign_in_id, pyotp.HOTP(secret).at(1), now + life)


def pending(
    session: Session, now: datetime, sign_in_id: UUID, *, purpose: Purpose = Purpose.SIGN_IN
) -> Pending | None:
    """Return a sign-in as it stands, or None."""
    row = session.get(SignIn, sign_in_id, populate_existing=True)
    if row is None or row.purpose != purpose:
        return None
    fields = current_vault().unseal(SignIn.__tablename__, row.id, row.sealed)
    return Pending(
        row.id,
        row.account_id,
        fields["channel"],
        row.sends,
        row.expires_at,
        fields.get("address"),
        _over(row, now) or (SignInExpired if _is_ahead(fields, now) else None),
        fields.get("letters", row.sends),
    )


def resend(
    session: Session, now: datetime, sign_in_id: UUID, account: AccountView, channel: str, life: timedelta
) -> Sent:
    """Make a new code, by this channel; the one before no longer serves.

    Its row is locked first: two requests at once wait for each other there. Raises TooMany, SignInUsed, or
    SignInExpired an hour after the password.
    """
    row = session.execute(
        select(SignIn.sealed, SignIn.sends, SignIn.used_at)
        .where(SignIn.id == sign_in_id, SignIn.account_id == account.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise SignInExpired
    fields = current_vault().unseal(SignIn.__tablename__, sign_in_id, row.sealed)
    _count_sent(session, now, account, channel, fields.get("address"))
    if now - datetime.fromisoformat(fields["begun"]) > RESENDS_FOR:
        raise SignInExpired
    newer = int(row.sends) + 1
    letters = int(fields.get("letters", row.sends)) + int(channel != APP)
    won = session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.sends == row.sends, SignIn.used_at.is_(None))
        .values(
            sends=newer,
            expires_at=now + life,
            tries_left=TRIES,
            sealed=_seal(
                sign_in_id, {**fields, "channel": channel, "letters": letters, "sent": now.isoformat()}
            ),
        )
        .returning(SignIn.id)
    ).one_or_none()
    if won is None:
        raise SignInUsed
    return Sent(sign_in_id, pyotp.HOTP(fields["secret"]).at(newer), now + life)


def check(
    session: Session, now: datetime, sign_in_id: UUID, typed: str, *, purpose: Purpose = Purpose.SIGN_IN
) -> UUID:
    """Use a sign-in up with its newest code and return its account; raises WrongAccessCode or SignInOver."""
    row = session.execute(
        select(SignIn.account_id, SignIn.sealed, SignIn.sends).where(
            SignIn.id == sign_in_id, SignIn.purpose == purpose
        )
    ).one_or_none()
    if row is None:
        raise SignInExpired
    fields = current_vault().unseal(SignIn.__tablename__, sign_in_id, row.sealed)
    if _is_ahead(fields, now):
        raise SignInExpired
    code = "".join(character for character in typed if character.isalnum())
    was_sent = fields["channel"] != APP
    right = was_sent and code.isascii() and pyotp.HOTP(fields["secret"]).verify(code, row.sends)
    live = (*is_live(sign_in_id, now), SignIn.sends == row.sends)
    change = update(SignIn).where(*live).returning(SignIn.tries_left)
    if right:
        won = session.execute(change.values(used_at=now)).one_or_none()
        if won is None:
            raise why(session, now, sign_in_id)
        return UUID(str(row.account_id))
    left = session.execute(change.values(tries_left=SignIn.tries_left - 1)).one_or_none()
    if left is None:
        raise why(session, now, sign_in_id)
    if left.tries_left == 0:
        raise SignInSpent(UUID(str(row.account_id)))
    raise WrongAccessCode(int(left.tries_left))


def _count_sent(
    session: Session, now: datetime, account: AccountView, channel: str, address: str | None
) -> None:
    """Count a code that is sent; those that prove a new address apart, or they would bar the way in."""
    if channel != APP:
        limit = ACCESS_SENDS if address is None else NEW_ADDRESS_SENDS
        add_within(session, limit, str(account.id), now)


def forget_sent(session: Session, account_id: UUID) -> None:
    """Count the codes sent to an account from nothing again: whoever had them sent knows its password no more.

    After its sign-ins were ended: a code that is being sent again holds its own before this counter.
    """
    forget(session, ACCESS_SENDS, str(account_id))


def _over(row: Any, now: datetime) -> type[SignInOver] | None:
    if row.used_at is not None:
        return SignInUsed
    if row.expires_at <= now:
        return SignInExpired
    return SignInSpent if row.tries_left <= 0 else None


def _is_ahead(fields: dict[str, Any], now: datetime) -> bool:
    """Say whether the code was sent after the present: a clock that is set back must not make it live longer."""
    return now < datetime.fromisoformat(fields.get("sent", fields["begun"])) - SKEW


def is_live(sign_in_id: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what must be true of a sign-in whose code still serves."""
    return (
        SignIn.id == sign_in_id,
        SignIn.used_at.is_(None),
        SignIn.expires_at > now,
        SignIn.tries_left > 0,
    )


def why(session: Session, now: datetime, sign_in_id: UUID) -> Refusal:
    """Say why the conditional UPDATE found nothing; a code replaced meanwhile is a wrong one."""
    row = session.execute(
        select(SignIn.used_at, SignIn.expires_at, SignIn.tries_left).where(SignIn.id == sign_in_id)
    ).one_or_none()
    if row is None:
        return SignInExpired()
    over = _over(row, now)
    return over() if over else WrongAccessCode(int(row.tries_left))


def _seal(sign_in_id: UUID, fields: dict[str, Any]) -> bytes:
    return current_vault().seal(SignIn.__tablename__, sign_in_id, fields)
