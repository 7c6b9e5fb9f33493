"""The passkeys of accounts: added, listed, named, removed, and proven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from webapp.account.models import Account
from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.passkeys.ceremony import Added, Credential, to_bytes, to_text
from webapp.passkeys.models import Passkey
from webapp.passkeys.rules import MOST, free_name
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class AlreadyAdded(Refusal):
    """This passkey belongs to an account already."""


class EnoughPasskeys(Refusal):
    """The account has as many as it may."""


@dataclass(frozen=True)
class PasskeyView:
    """A passkey as its owner knows it, and as its authenticator does."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None
    credential: Credential


def passkeys(session: Session, account_id: UUID) -> list[PasskeyView]:
    """Return the passkeys of an account, the oldest first."""
    rows = session.execute(
        select(Passkey.id, Passkey.sealed, Passkey.added_at, Passkey.used_at)
        .where(Passkey.account_id == account_id)
        .order_by(Passkey.added_at, Passkey.id)
    )
    return [_view(row) for row in rows]


def has_passkeys(session: Session, account_id: UUID) -> bool:
    """Say whether an account has any."""
    return bool(session.scalar(select(exists().where(Passkey.account_id == account_id))))


def add_passkey(session: Session, now: datetime, account_id: UUID, added: Added, name: str) -> None:
    """Store a passkey that was just made; raises EnoughPasskeys or AlreadyAdded.

    The account's row stays locked, so that of several added at once none is one too many.
    """
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    others = passkeys(session, account_id)
    if len(others) >= MOST:
        raise EnoughPasskeys
    row_id = new_id()
    fields = {
        "credential": to_text(added.credential.id),
        "transports": list(added.credential.transports),
        "public_key": to_text(added.public_key),
        "name": free_name(name, [one.name for one in others]),
    }
    row = {
        "id": row_id,
        "account_id": account_id,
        "credential_index": credential_index(added.credential.id),
        "sealed": current_vault().seal(Passkey.__tablename__, row_id, fields),
        "sign_count": added.sign_count,
        "added_at": now,
    }
    insert = insert_for(session, Passkey).values(row).on_conflict_do_nothing()
    if session.execute(insert.returning(Passkey.id)).one_or_none() is None:
        raise AlreadyAdded


def rename_passkey(session: Session, account_id: UUID, passkey_id: UUID, name: str) -> bool:
    """Give a passkey another name; say whether it is one of this account."""
    mine = (Passkey.id == passkey_id, Passkey.account_id == account_id)
    sealed = session.scalar(select(Passkey.sealed).where(*mine).with_for_update())
    if sealed is None:
        return False
    fields = {**current_vault().unseal(Passkey.__tablename__, passkey_id, sealed), "name": name}
    session.execute(
        update(Passkey)
        .where(*mine)
        .values(sealed=current_vault().seal(Passkey.__tablename__, passkey_id, fields))
        .execution_options(synchronize_session=False)
    )
    return True


def remove_passkey(session: Session, account_id: UUID, passkey_id: UUID) -> bool:
    """Forget a passkey; say whether there was one of this account."""
    removed = session.execute(
        delete(Passkey)
        .where(Passkey.id == passkey_id, Passkey.account_id == account_id)
        .returning(Passkey.id)
        .execution_options(synchronize_session=False)
    )
    return removed.one_or_none() is not None


def credential_index(credential_id: bytes) -> bytes:
    """Return what a passkey is found by."""
    return current_vault().index("passkey", credential_id.hex())


def _view(row: Any) -> PasskeyView:
    fields = current_vault().unseal(Passkey.__tablename__, row.id, row.sealed)
    credential = Credential(to_bytes(fields["credential"]), tuple(fields["transports"]))
    return PasskeyView(row.id, fields["name"], row.added_at, row.used_at, credential)
