"""Adding documents to a space, reading them twenty at a time, changing what is said of them, the bin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_, update
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.documents.files import Written, take
from webapp.documents.models import Document
from webapp.documents.rules import KEPT_IN_BIN, LEAST_COUNTED, MOST_IN_SPACE, PAGE, Media, counted
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sight import not_kept_back
from webapp.spaces.rules import OPEN
from webapp.spaces.service import hold_for
from webapp.values.clock import paris_day
from webapp.values.refusal import Refusal

COLUMNS = (
    Document.id,
    Document.category,
    Document.dated_on,
    Document.sealed,
    Document.media,
    Document.size,
    Document.file,
    Document.account_id,
    Document.added_at,
    Document.hidden,
    Document.deleted_at,
)
_PLAIN = {"synchronize_session": False}


class NoRoom(Refusal):
    """The space holds as much as a space may hold."""


@dataclass(frozen=True)
class Filed:
    """One document as it is shown; its file is read apart."""

    id: UUID
    category: str
    dated_on: date
    media: Media
    size: int
    file: str
    account_id: UUID
    added_at: datetime
    hidden: bool
    deleted_at: datetime | None
    name: str = field(repr=False)

    @property
    def erased_on(self) -> date | None:
        """The day on which it is erased for good; None when it is not in the bin."""
        return paris_day(self.deleted_at + KEPT_IN_BIN) if self.deleted_at else None


@dataclass(frozen=True)
class Listed:
    """Twenty documents; `older`: the one to go on from, None at the end."""

    documents: list[Filed]
    older: UUID | None


@dataclass(frozen=True)
class Said:
    """What a person says of a document."""

    name: str = field(repr=False)
    category: str
    dated_on: date


@dataclass(frozen=True)
class Wanted:
    """What is looked for: of one category (all when empty), from one day to another (both, or none)."""

    category: str = ""
    first: date | None = None
    last: date | None = None


EVERYTHING = Wanted()


def add(
    session: Session, now: datetime, space: Reached, account_id: UUID, files: Sequence[tuple[Written, Said]]
) -> None:
    """Put documents into a space; raises SpaceFrozen, AlreadyDecided (it is open no more), NoRoom, files.Lost."""
    hold_for(session, now, space.id, OPEN)
    if counted(len(written.cleaned.data) for written, _said in files) > room_left(session, space):
        raise NoRoom
    take(session, [written for written, _said in files])
    for written, said in files:
        session.add(
            Document(
                id=written.document_id,
                beneficiary_id=space.id,
                category=said.category,
                dated_on=said.dated_on,
                sealed=_sealed(written.document_id, said.name),
                media=written.cleaned.media,
                size=len(written.cleaned.data),
                file=written.file,
                account_id=account_id,
                added_at=now,
            )
        )
    session.flush()


def room_left(session: Session, space: Reached) -> int:
    """Return how many bytes a space may still take; what lies in its bin counts until it is erased. One query."""
    each = case((Document.size > LEAST_COUNTED, Document.size), else_=LEAST_COUNTED)
    query = select(func.coalesce(func.sum(each), 0)).where(Document.beneficiary_id == space.id)
    return MOST_IN_SPACE - int(session.scalar(query) or 0)


def listed(session: Session, space: Reached, before: UUID | None = None) -> Listed:
    """Read twenty documents, by the day that they carry, the newest first. One query."""
    return _page(session, newest_first(space, EVERYTHING, before))


def in_bin(session: Session, space: Reached, before: UUID | None = None) -> Listed:
    """Read twenty documents of the bin, the one deleted last first. One query."""
    mine = (*seen(space), Document.deleted_at.is_not(None))
    return _page(session, _by_key(space, mine, Document.deleted_at, before))


def newest_first(space: Reached, wanted: Wanted, before: UUID | None) -> Select[*tuple[Any, ...]]:
    """Return the query of the documents that are wanted, but for the bin.

    A place in the list is a document of the space; it stays one when it was deleted or put elsewhere meanwhile.
    """
    mine = [*seen(space), Document.deleted_at.is_(None)]
    if wanted.category:
        mine.append(Document.category == wanted.category)
    if wanted.first and wanted.last:
        mine.append(Document.dated_on.between(wanted.first, wanted.last))
    return _by_key(space, mine, Document.dated_on, before)


def everything(session: Session, space: Reached) -> Iterator[Filed]:
    """Read every document of a space, in the bin too, the one added first first; a page at a time."""
    query = select(*COLUMNS).where(*seen(space)).order_by(Document.added_at, Document.id)
    return (opened(row) for row in session.execute(query, execution_options={"yield_per": PAGE * 10}))


def document(session: Session, space: Reached, document_id: UUID) -> Filed | None:
    """Read one document of a space, in the bin or not; None when it is not there, or not to be seen."""
    row = session.execute(select(*COLUMNS).where(Document.id == document_id, *seen(space))).one_or_none()
    return opened(row) if row else None


def may_delete(found: Filed, space: Reached, account_id: UUID) -> bool:
    """Say whether this account may delete a document: whoever added it, or the holder of the space."""
    return space.role is Role.HOLDER or found.account_id == account_id


def describe(session: Session, now: datetime, space: Reached, document_id: UUID, said: Said) -> bool:
    """Change what is said of a document; False when there is none such outside the bin."""
    values = {
        "sealed": _sealed(document_id, said.name),
        "category": said.category,
        "dated_on": said.dated_on,
    }
    return _change(session, now, space, document_id, Document.deleted_at.is_(None), **values)


def hide(session: Session, now: datetime, space: Reached, document_id: UUID, *, hidden: bool) -> bool:
    """Hide a document from professionals, or show it to them again; False when there is none such."""
    return _change(session, now, space, document_id, Document.deleted_at.is_(None), hidden=hidden)


def throw_away(session: Session, now: datetime, space: Reached, document_id: UUID) -> bool:
    """Put a document into the bin; False when there is none such outside it."""
    return _change(session, now, space, document_id, Document.deleted_at.is_(None), deleted_at=now)


def take_back(session: Session, now: datetime, space: Reached, document_id: UUID) -> bool:
    """Take a document out of the bin; False when there is none such in it, or its thirty days are over."""
    in_time = Document.deleted_at > now - KEPT_IN_BIN
    return _change(session, now, space, document_id, in_time, deleted_at=None)


def opened(row: Any) -> Filed:
    """Open a row that was read."""
    name = current_vault().unseal(Document.__tablename__, row.id, row.sealed)["name"]
    return Filed(
        row.id,
        row.category,
        row.dated_on,
        Media(row.media),
        row.size,
        row.file,
        row.account_id,
        row.added_at,
        row.hidden,
        row.deleted_at,
        name,
    )


def _sealed(document_id: UUID, name: str) -> bytes:
    return current_vault().seal(Document.__tablename__, document_id, {"name": name})


def seen(space: Reached) -> tuple[ColumnElement[bool], ...]:
    """Return the condition on what may be seen of a space: its own documents, but what a minor keeps back."""
    return seen_as(space.role, space.id)


def seen_as(role: Role, space_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the same for a role, and a space whose id may be bound later."""
    return (
        Document.beneficiary_id == space_id,
        not_kept_back(role, cast("ColumnElement[bool]", Document.confidential)),
    )


def _by_key(
    space: Reached, mine: Sequence[ColumnElement[bool]], key: Any, before: UUID | None
) -> Select[*tuple[Any, ...]]:
    query = select(*COLUMNS).where(*mine)
    if before is not None:
        at = select(key).where(Document.id == before, *seen(space)).scalar_subquery()
        query = query.where(tuple_(key, Document.id) < tuple_(at, before))
    return query.order_by(key.desc(), Document.id.desc())


def _page(session: Session, query: Select[*tuple[Any, ...]]) -> Listed:
    rows = session.execute(query.limit(PAGE + 1)).all()
    older = rows[PAGE - 1].id if len(rows) > PAGE else None
    return Listed([opened(row) for row in rows[:PAGE]], older)


def _change(
    session: Session,
    now: datetime,
    space: Reached,
    document_id: UUID,
    only: ColumnElement[bool],
    **values: Any,
) -> bool:
    hold_for(session, now, space.id, OPEN)
    mine = update(Document).where(Document.id == document_id, *seen(space), only).values(values)
    return bool(session.execute(mine.returning(Document.id), execution_options=_PLAIN).one_or_none())
