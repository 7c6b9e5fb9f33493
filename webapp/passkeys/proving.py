"""A passkey proven: it replaces the password and the code, since it shows possession and verifies its owner."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.limits.rules import IDENTIFY_ALL
from webapp.limits.service import add, add_failure, add_within, check_address
from webapp.passkeys.ceremony import Answer, WrongPasskey, check_proof, read_answer, to_bytes
from webapp.passkeys.models import Passkey
from webapp.passkeys.rules import PASSKEY_ADDRESS, PASSKEY_CHALLENGES, PASSKEY_WARNED, Place, count_grew
from webapp.passkeys.service import credential_index


class CopiedPasskey(WrongPasskey):
    """Its signature is right and its counter went back: two devices may hold it (WebAuthn level 2, 6.1.1)."""

    def __init__(self, account_id: UUID, passkey_id: UUID) -> None:
        """Keep whose it is."""
        super().__init__()
        self.account_id, self.passkey_id = account_id, passkey_id


def may_ask(session: Session, now: datetime, address: str | None) -> None:
    """Count a challenge asked for by a visitor; raises TooMany."""
    may_try(session, now, address)
    if address is not None:
        add_within(session, PASSKEY_CHALLENGES, address, now)


def may_try(session: Session, now: datetime, address: str | None) -> None:
    """Raise TooMany when too many passkeys were refused to this network address."""
    check_address(session, PASSKEY_ADDRESS, IDENTIFY_ALL, address, now)


def count_refused(session: Session, now: datetime, address: str | None) -> None:
    """Count a passkey that was refused."""
    add_failure(session, PASSKEY_ADDRESS, IDENTIFY_ALL, address, now)


def warns(session: Session, now: datetime, passkey_id: UUID) -> bool:
    """Say whether the owner of a copied passkey is to be told: once a day, however often it is tried."""
    return add(session, PASSKEY_WARNED, str(passkey_id), now) == 1


def use_passkey(
    session: Session,
    now: datetime,
    place: Place,
    challenge: bytes | None,
    text: str,
    owner: UUID | None = None,
) -> UUID:
    """Check a proof and return whose account it opens; raises WrongPasskey or CopiedPasskey.

    `owner`: whose passkey it has to be, when somebody is signed in already; the answer may then leave the user
    handle out (7.2, step 6). The row is locked: of two answers with one counter, one wins.
    """
    answer = read_answer(text)
    found = session.execute(
        select(Passkey.id, Passkey.account_id, Passkey.sealed, Passkey.sign_count)
        .where(Passkey.credential_index == credential_index(answer.credential_id))
        .with_for_update()
    ).one_or_none()
    if challenge is None or found is None or not _belongs(answer, found.account_id, owner):
        raise WrongPasskey
    public_key = current_vault().unseal(Passkey.__tablename__, found.id, found.sealed)["public_key"]
    count = check_proof(place, challenge, answer, to_bytes(public_key))
    if not count_grew(found.sign_count, count):
        raise CopiedPasskey(found.account_id, found.id)
    session.execute(
        update(Passkey)
        .where(Passkey.id == found.id)
        .values(sign_count=count, used_at=now)
        .execution_options(synchronize_session=False)
    )
    account_id: UUID = found.account_id
    return account_id


def _belongs(answer: Answer, account_id: UUID, owner: UUID | None) -> bool:
    if owner is None:
        return answer.user_handle == account_id.bytes
    return account_id == owner and answer.user_handle in (None, account_id.bytes)
