"""The messages of a space: sent, listed twenty at a time, read, marked, archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from webapp.account.models import HOLDER, Account, AccountSpace
from webapp.beneficiaries.models import Beneficiary
from webapp.db.vault import current_vault
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sight import not_kept_back
from webapp.inbox.letters import Written
from webapp.inbox.models import Message
from webapp.inbox.rules import COUNTED, PAGE, Folder
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import OPEN
from webapp.values.ids import new_id

_COLUMNS = (Message.id, Message.kind, Message.sealed, Message.sent_at, Message.read_at, Message.archived_at)
_UNREAD = (Message.archived_at.is_(None), Message.read_at.is_(None))
_IN = {
    Folder.INBOX: (Message.archived_at.is_(None),),
    Folder.UNREAD: _UNREAD,
    Folder.ARCHIVED: (Message.archived_at.is_not(None),),
}
Seen = tuple[ColumnElement[bool], ...]
"""The condition on the messages that somebody may see."""
_ACCOUNT, _BEFORE = "account", "before"
_PLAIN = {"synchronize_session": False}


@dataclass(frozen=True)
class Letter:
    """One message, opened."""

    id: UUID
    kind: str
    sent_at: datetime
    read_at: datetime | None
    archived_at: datetime | None
    subject: str = field(repr=False)
    body: str = field(repr=False)

    @property
    def read(self) -> bool:
        """Whether somebody opened it."""
        return self.read_at is not None

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.archived_at is not None


@dataclass(frozen=True)
class Listed:
    """Twenty messages, the newest first; `older`: the message to go on from, None at the end."""

    messages: list[Letter]
    older: UUID | None


def send(
    session: Session, now: datetime, person_id: UUID, what: Written, *, confidential: bool = False
) -> UUID:
    """Put a message into a space, in the caller's transaction; return its id."""
    message_id = new_id()
    fields = {"subject": what.subject, "body": what.body}
    session.add(
        Message(
            id=message_id,
            beneficiary_id=person_id,
            kind=what.kind,
            sealed=current_vault().seal(Message.__tablename__, message_id, fields),
            sent_at=now,
            confidential=confidential,
        )
    )
    return message_id


def holds_any(session: Session, person_id: UUID) -> bool:
    """Say whether anything was ever sent to a space and still is there."""
    return bool(session.scalar(select(exists().where(Message.beneficiary_id == person_id))))


def listed(session: Session, space: Reached, folder: Folder, before: UUID | None = None) -> Listed:
    """Read twenty messages of a folder older than the message `before` (None: the newest). One query."""
    return _listed(session.execute(in_folder(seen_in(space), folder, before)).all())


def listed_of_own(session: Session, account_id: UUID, folder: Folder, before: UUID | None = None) -> Listed:
    """Read the same of an account's own space, when it is open; empty too when it is not. One query."""
    given = {_ACCOUNT: account_id} if before is None else {_ACCOUNT: account_id, _BEFORE: before}
    return _listed(session.execute(_of_own(folder, before is not None), given).all())


def in_folder(seen: Seen, folder: Folder, before: Any) -> Select[*tuple[Any, ...]]:
    """Return the query of a page of a folder, and of one more to know whether there is another page."""
    return _newest_first(seen, before).where(*_IN[folder]).limit(PAGE + 1)


def newest_first(space: Reached, before: UUID | None) -> Select[*tuple[Any, ...]]:
    """Return the query of what may be seen of a space, by its key: a place in the list is a message of that space."""
    return _newest_first(seen_in(space), before)


def seen_in(space: Reached) -> Seen:
    """Return the condition on what whoever is in a space may see."""
    return (
        Message.beneficiary_id == space.id,
        not_kept_back(space.role, cast("ColumnElement[bool]", Message.confidential)),
    )


def seen_of_own(account_id: Any) -> Seen:
    """Return the same of an account's own space, when it is open: a list then need not ask which space that is."""
    holder = func.coalesce(Beneficiary.same_as_id, Beneficiary.id)
    own = (
        select(AccountSpace.beneficiary_id)
        .join(Account, Account.id == AccountSpace.account_id)
        .join(Beneficiary, Beneficiary.id == Account.beneficiary_id)
        .join(HealthSpace, HealthSpace.beneficiary_id == AccountSpace.beneficiary_id)
        .where(
            AccountSpace.account_id == account_id,
            AccountSpace.role == HOLDER,
            AccountSpace.beneficiary_id == holder,
            or_(*(HealthSpace.state == state for state in sorted(OPEN))),
        )
    )
    return (Message.beneficiary_id == own.scalar_subquery(),)


def message(session: Session, space: Reached, message_id: UUID) -> Letter | None:
    """Read one message of a space; None when it is not there, or not to be seen."""
    row = session.execute(select(*_COLUMNS).where(Message.id == message_id, *seen_in(space))).one_or_none()
    return opened(row) if row else None


def count_unread(session: Session, space: Reached) -> int:
    """Count the unread messages of a space that are not archived, up to `COUNTED`."""
    first = select(Message.id).where(*seen_in(space), *_UNREAD).limit(COUNTED).subquery()
    return int(session.scalar(select(func.count()).select_from(first)) or 0)


def unread_of_own(account_id: ColumnElement[UUID | None]) -> ColumnElement[int]:
    """Return the count of those of an account's own space, when it is open, to be read with something else."""
    return _within(
        account_id,
        Message.beneficiary_id == AccountSpace.beneficiary_id,
        AccountSpace.account_id == account_id,
        AccountSpace.role == HOLDER,
        HealthSpace.beneficiary_id == AccountSpace.beneficiary_id,
        or_(*(HealthSpace.state == state for state in sorted(OPEN))),  # IN would be expanded at each page
    )


def unread_of(space_id: ColumnElement[UUID], role: ColumnElement[str]) -> ColumnElement[int]:
    """Return the same of a space that is reached as `role`."""
    seen = or_(role == Role.HOLDER, Message.confidential.is_(False))
    return _within(space_id, Message.beneficiary_id == space_id, seen)


def mark_read(session: Session, now: datetime, space: Reached, message_id: UUID) -> None:
    """Note that a message was opened; its first time stays."""
    _change(session, space, message_id, Message.read_at.is_(None), read_at=now)


def mark_unread(session: Session, space: Reached, message_id: UUID) -> bool:
    """Let a message be unread again; False when there is none such among those not archived."""
    return _change(session, space, message_id, Message.archived_at.is_(None), read_at=None)


def archive(session: Session, now: datetime, space: Reached, message_id: UUID) -> bool:
    """Put a message away, read; False when there is none such. The same again changes nothing."""
    read_at, archived_at = (func.coalesce(column, now) for column in (Message.read_at, Message.archived_at))
    return _change(session, space, message_id, read_at=read_at, archived_at=archived_at)


def take_back(session: Session, space: Reached, message_id: UUID) -> bool:
    """Put a message back into the inbox; False when there is none such."""
    return _change(session, space, message_id, archived_at=None)


def opened(row: Any) -> Letter:
    """Open a row that was read."""
    fields = current_vault().unseal(Message.__tablename__, row.id, row.sealed)
    return Letter(
        row.id,
        row.kind,
        row.sent_at,
        row.read_at,
        row.archived_at,
        fields["subject"],
        fields["body"],
    )


def _listed(rows: Sequence[Any]) -> Listed:
    older = rows[PAGE - 1].id if len(rows) > PAGE else None
    return Listed([opened(row) for row in rows[:PAGE]], older)


@cache
def _of_own(folder: Folder, further: bool) -> Select[*tuple[Any, ...]]:
    """The query of a page of one's own folder, made once: making it costs more than running it."""
    before = bindparam(_BEFORE, type_=Uuid()) if further else None
    return in_folder(seen_of_own(bindparam(_ACCOUNT, type_=Uuid())), folder, before)


def _newest_first(seen: Seen, before: Any) -> Select[*tuple[Any, ...]]:
    query = select(*_COLUMNS).where(*seen)
    if before is not None:
        at = select(Message.sent_at).where(Message.id == before, *seen).scalar_subquery()
        query = query.where(tuple_(Message.sent_at, Message.id) < tuple_(at, before))
    return query.order_by(Message.sent_at.desc(), Message.id.desc())


def _within(outer: Any, *of: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the count as one value of a row of another query."""
    first = select(Message.id).where(*of, *_UNREAD).limit(COUNTED).correlate(outer.table).subquery()
    return select(func.count()).select_from(first).correlate(outer.table).scalar_subquery()


def _change(
    session: Session, space: Reached, message_id: UUID, *only: ColumnElement[bool], **values: Any
) -> bool:
    mine = update(Message).where(Message.id == message_id, *seen_in(space), *only).values(values)
    return bool(session.execute(mine.returning(Message.id), execution_options=_PLAIN).one_or_none())
