"""Accounts: created with an identifier and a password, and the spaces they reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.account.models import Account, AccountSpace
from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.db.work import run
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class IdentifierTaken(Refusal):
    """Another account has this identifier."""


class AlreadyHasAccount(Refusal):
    """This person has an account already: they sign in with it."""


# Columns rather than an entity: making one takes a time that would tell that there is an account.
_VIEWED = select(Account.id, Account.beneficiary_id, Account.password_hash, Account.sealed)
_BY_PERSON = _VIEWED.where(Account.beneficiary_id == bindparam("person"))
_BY_IDENTIFIER = _VIEWED.where(Account.identifier_index == bindparam("index"))
_BY_ID = _VIEWED.where(Account.id == bindparam("account"))


@dataclass(frozen=True)
class AccountView:
    """An account: whose it is, its identifier, and where its codes can be sent."""

    id: UUID
    beneficiary_id: UUID
    identifier: str = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    password_hash: str = field(repr=False)
    language: str = "fr"
    """Of the letters: `fr` or `en`."""
    declined: frozenset[str] = frozenset()
    """The notices that this person does not want (letters about security are always sent)."""


@dataclass(frozen=True)
class NewAccount:
    """What an account is made of; `password_hash` is computed before the transaction, since it takes time."""

    beneficiary_id: UUID
    identifier: str = field(repr=False)
    password_hash: str = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    terms_version: str
    terms_accepted_at: datetime


def create_account(session: Session, now: datetime, new: NewAccount) -> UUID:
    """Create an account; raises IdentifierTaken or AlreadyHasAccount."""
    if account_of(session, new.beneficiary_id) is not None:
        raise AlreadyHasAccount
    account_id = new_id()
    fields = {"identifier": new.identifier, "email": new.email, "phone": new.phone}
    try:
        with session.begin_nested():
            session.add(
                Account(
                    id=account_id,
                    beneficiary_id=new.beneficiary_id,
                    identifier_index=identifier_index(new.identifier),
                    password_hash=new.password_hash,
                    sealed=current_vault().seal(Account.__tablename__, account_id, fields),
                    terms_version=new.terms_version,
                    terms_accepted_at=new.terms_accepted_at,
                    created_at=now,
                )
            )
    except IntegrityError as error:
        if account_of(session, new.beneficiary_id) is not None:
            raise AlreadyHasAccount from error
        if account_named(session, new.identifier) is None:
            raise  # not what the two constraints are about: a fault of ours
        raise IdentifierTaken from error
    record(session, Event.ACCOUNT_CREATED, now=now, beneficiary_id=new.beneficiary_id, account_id=account_id)
    return account_id


def give_space(
    session: Session,
    now: datetime,
    account_id: UUID,
    beneficiary_id: UUID,
    role: str,
    ends_on: date | None = None,
) -> None:
    """Let an account reach a space (`holder` or `guardian`); doing it twice changes nothing.

    `ends_on`: for the guardian of a minor, the day of majority.
    """
    insert = insert_for(session, AccountSpace)
    session.execute(
        insert.values(
            account_id=account_id, beneficiary_id=beneficiary_id, role=role, since=now, ends_on=ends_on
        ).on_conflict_do_nothing()
    )


def account_of(session: Session, beneficiary_id: UUID) -> AccountView | None:
    """Return a person's account, or None."""
    return _view(run(session, _BY_PERSON, person=beneficiary_id).one_or_none())


def account_named(session: Session, identifier: str) -> AccountView | None:
    """Return the account of an identifier, or None."""
    return _view(run(session, _BY_IDENTIFIER, index=identifier_index(identifier)).one_or_none())


def account(session: Session, account_id: UUID) -> AccountView | None:
    """Return an account by its id, or None."""
    return _view(run(session, _BY_ID, account=account_id).one_or_none())


def change(session: Session, account_id: UUID, **fields: Any) -> AccountView:
    """Change what an account says of itself (`identifier`, `email`, `phone`, `language`, `declined`).

    Its row stays locked until the transaction ends, so that of two changes at once none undoes the other. Raises
    IdentifierTaken, LookupError when there is no such account, TypeError for a name that is not one of these.
    """
    if unknown := fields.keys() - {"identifier", "email", "phone", "language", "declined"}:
        raise TypeError(f"an account has no {unknown}")
    row = session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise LookupError("no such account")
    kept = current_vault().unseal(Account.__tablename__, account_id, row.sealed) | fields
    values: dict[str, Any] = {"sealed": current_vault().seal(Account.__tablename__, account_id, kept)}
    if "identifier" in fields:
        values["identifier_index"] = identifier_index(fields["identifier"])
    try:
        with session.begin_nested():
            session.execute(update(Account).where(Account.id == account_id).values(values))
    except IntegrityError as error:
        raise IdentifierTaken from error
    session.refresh(row)
    changed = _view(row)
    assert changed is not None
    return changed


def set_password(session: Session, account_id: UUID, password_hash: str) -> None:
    """Give an account another password; its hash is computed before the transaction, since it takes time."""
    session.execute(update(Account).where(Account.id == account_id).values(password_hash=password_hash))


def identifier_index(identifier: str) -> bytes:
    """Blind index of an identifier (case is ignored)."""
    return current_vault().index("identifier", identifier.lower())


def _view(row: Any) -> AccountView | None:
    if row is None:
        return None
    fields = current_vault().unseal(Account.__tablename__, row.id, row.sealed)
    return AccountView(
        id=row.id,
        beneficiary_id=row.beneficiary_id,
        identifier=fields["identifier"],
        email=fields["email"],
        phone=fields["phone"],
        password_hash=row.password_hash,
        language=fields.get("language", "fr"),
        declined=frozenset(fields.get("declined", ())),
    )
