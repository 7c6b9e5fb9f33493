"""Codes of twelve characters: issued, redeemed once, and each way in which one can be refused.

Those that let somebody decide (provisional codes) work in any browser; those of a forgotten password, only where they
were asked for (`awaited.py`). A code is hashed with its purpose: typed where it does not belong, it is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.spaces.models import ProvisionalCode
from webapp.spaces.rules import CODE_LIFE, CODE_TRIES, CodeKind
from webapp.values.codes import has_code_shape, new_code, normalise_code
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

SKEW = timedelta(minutes=1)
"""By how much the clocks of two servers may differ: a code made later than that is one of a clock set back."""


class WrongCode(Refusal):
    """No live code is this one; `tries_left` when the visitor has just asked for one, else None."""

    def __init__(self, tries_left: int | None = None) -> None:
        """Keep how many tries remain."""
        super().__init__("wrong code")
        self.tries_left = tries_left


class CodeExpired(Refusal):
    """It lived its time."""


class CodeUsed(Refusal):
    """It was used: it works once."""


class CodeReplaced(Refusal):
    """A newer one was sent since."""


class CodeSpent(Refusal):
    """Too many wrong tries: it is dead, a new one is needed."""


@dataclass(frozen=True)
class Issued:
    """A new code, in clear for the one letter that carries it, and its row."""

    id: UUID
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Redeemed:
    """A proven code: the cards whose people may decide with it, or the account whose password it lets choose."""

    id: UUID
    kind: CodeKind
    card_ids: tuple[UUID, ...]
    account_id: UUID | None


def issue(
    session: Session,
    now: datetime,
    *,
    subject: bytes,
    card_ids: tuple[UUID, ...] = (),
    account_id: UUID | None = None,
    kind: CodeKind = CodeKind.REQUEST,
    life: timedelta = CODE_LIFE,
    instead_of: UUID | None = None,
) -> Issued:
    """Make a code for whoever `subject` is about; the older live ones of the same subject die.

    `card_ids`: whose people may decide with it; `account_id`: of a RESET, whose password it lets choose. Of a RESET
    only the code `instead_of` dies, that of the same visit: a stranger who asks too must not end the owner's.
    """
    older = [
        ProvisionalCode.subject_index == subject,
        ProvisionalCode.used_at.is_(None),
        ProvisionalCode.replaced_at.is_(None),
    ]
    if kind is CodeKind.RESET:
        older.append(ProvisionalCode.id == (instead_of or new_id()))
    session.execute(update(ProvisionalCode).where(*older).values(replaced_at=now))
    code, code_id = new_code(), new_id()
    fields = {"cards": [str(card) for card in card_ids], "account": str(account_id) if account_id else None}
    session.add(
        ProvisionalCode(
            id=code_id,
            digest=digest_of(code, kind),
            kind=kind,
            subject_index=subject,
            sealed=current_vault().seal(ProvisionalCode.__tablename__, code_id, fields),
            created_at=now,
            expires_at=now + life,
            tries_left=CODE_TRIES,
        )
    )
    session.flush()
    return Issued(code_id, code, now + life)


def find(session: Session, typed: str, now: datetime) -> Redeemed:
    """Recognise a live provisional code without using it up; raises the refusal that fits otherwise."""
    code = normalise_code(typed)
    if not has_code_shape(code):
        raise WrongCode
    wanted = digest_of(code, CodeKind.REQUEST)
    row = session.execute(code_columns().where(ProvisionalCode.digest == wanted)).one_or_none()
    if row is None:
        raise WrongCode
    refuse_dead(row, now)
    return read_redeemed(row)


def invited_cards(session: Session, code_id: UUID) -> tuple[UUID, ...]:
    """Return the cards of a code that was recognised."""
    return read_redeemed(session.execute(code_columns().where(ProvisionalCode.id == code_id)).one()).card_ids


def is_live(session: Session, code_id: UUID, now: datetime) -> bool:
    """Say whether a code may still be used."""
    row = session.execute(code_columns().where(ProvisionalCode.id == code_id)).one_or_none()
    if row is None:
        return False
    try:
        refuse_dead(row, now)
    except Refusal:
        return False
    return True


def use(session: Session, code_id: UUID, now: datetime) -> None:
    """Use a code up: one conditional UPDATE, so that of any number at once exactly one wins."""
    won = session.execute(
        update(ProvisionalCode).where(*_live(code_id, now)).values(used_at=now).returning(ProvisionalCode.id)
    ).one_or_none()
    if won is None:
        refuse_dead(session.execute(code_columns().where(ProvisionalCode.id == code_id)).one(), now)
        raise CodeUsed


def redeem(session: Session, typed: str, now: datetime) -> Redeemed:
    """Recognise a provisional code and use it up."""
    found = find(session, typed, now)
    use(session, found.id, now)
    return found


def count_wrong_try(session: Session, code_id: UUID, now: datetime) -> int:
    """Take one try from a live code and return how many remain; raises the refusal that fits when it is dead."""
    left = session.execute(
        update(ProvisionalCode)
        .where(*_live(code_id, now))
        .values(tries_left=ProvisionalCode.tries_left - 1)
        .returning(ProvisionalCode.tries_left)
    ).one_or_none()
    if left is None:
        row = session.execute(code_columns().where(ProvisionalCode.id == code_id)).one_or_none()
        if row is None:
            raise WrongCode
        refuse_dead(row, now)
        raise CodeSpent
    if left.tries_left == 0:
        raise CodeSpent
    return int(left.tries_left)


def _live(code_id: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Say in the statement itself that a code may still be used."""
    return (
        ProvisionalCode.id == code_id,
        ProvisionalCode.used_at.is_(None),
        ProvisionalCode.replaced_at.is_(None),
        ProvisionalCode.expires_at > now,
        ProvisionalCode.created_at <= now + SKEW,
        ProvisionalCode.tries_left > 0,
    )


def code_columns() -> Any:
    """Select what the functions below read of a code."""
    return select(
        ProvisionalCode.id,
        ProvisionalCode.digest,
        ProvisionalCode.subject_index,
        ProvisionalCode.kind,
        ProvisionalCode.sealed,
        ProvisionalCode.created_at,
        ProvisionalCode.expires_at,
        ProvisionalCode.tries_left,
        ProvisionalCode.used_at,
        ProvisionalCode.replaced_at,
    )


def refuse_dead(row: Any, now: datetime) -> None:
    """Raise the refusal that fits, unless the code may still be used."""
    if row.used_at is not None:
        raise CodeUsed
    if row.replaced_at is not None:
        raise CodeReplaced
    if row.tries_left <= 0:
        raise CodeSpent
    if row.expires_at <= now or row.created_at > now + SKEW:
        raise CodeExpired


def read_redeemed(row: Any) -> Redeemed:
    """Open what a code lets one do."""
    fields = current_vault().unseal(ProvisionalCode.__tablename__, row.id, row.sealed)
    account = fields.get("account")
    cards = tuple(UUID(card) for card in fields["cards"])
    return Redeemed(row.id, CodeKind(row.kind), cards, UUID(account) if account else None)


def digest_of(code: str, kind: CodeKind) -> bytes:
    """Digest of a normalised code, under our key and with its purpose."""
    return current_vault().index("reset-code" if kind is CodeKind.RESET else "provisional-code", code)
