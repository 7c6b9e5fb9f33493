"""Files and rows that agree, whatever happens between the two.

A file is written down as loose, then written, then taken by the row of its document in the transaction of the act. What
stops half-way leaves a loose file, which a worker removes an hour later; a document that goes leaves its file loose in
the transaction in which it goes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.db.work import after_commit, writing
from webapp.documents.cleaning import Cleaned
from webapp.documents.models import Document, LooseFile
from webapp.documents.rules import KEPT_IN_BIN
from webapp.documents.storage import Store, new_file_name, store_of
from webapp.values.ids import new_id

SEALED_AS = "documents.file"
"""What the bytes of a file are sealed as, with the id of its document."""
TIME_TO_TAKE = timedelta(hours=1)
"""How long a file that is being added may stay loose: a request is over long before."""
AT_ONCE = 50
"""Files that one sweep removes; the next one removes the next ones."""
REMOVING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a file was due that a worker has begun to remove: no document takes it any more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """A file that was written, for the document that will hold it."""

    document_id: UUID
    file: str
    cleaned: Cleaned


class Lost(Exception):
    """A file stayed loose for so long that a worker has removed it."""


def write_down(engine: Engine, store: Store, now: datetime, files: Sequence[Cleaned]) -> list[Written]:
    """Write sealed files, each noted as loose first, in a transaction of its own: call it before any other."""
    written = [Written(new_id(), new_file_name(), one) for one in files]
    with writing(engine) as session:
        loose = [{"name": one.file, "due_at": now + TIME_TO_TAKE} for one in written]
        session.execute(insert(LooseFile), loose)
    for one in written:
        store.write(one.file, current_vault().seal_bytes(SEALED_AS, one.document_id, one.cleaned.data))
    return written


def take(session: Session, files: Sequence[Written]) -> None:
    """Loose no more: rows of this transaction hold them. Raises Lost."""
    names = [one.file for one in files]
    loose = (LooseFile.name.in_(names), LooseFile.due_at > REMOVING)
    taken = delete(LooseFile).where(*loose).returning(LooseFile.name)
    if len(session.scalars(taken, execution_options={"synchronize_session": False}).all()) != len(names):
        raise Lost


def read_file(store: Store, document_id: UUID, name: str) -> bytes:
    """Return what is in the file of a document; raises storage.Missing, or CannotUnseal when it was altered."""
    return current_vault().unseal_bytes(SEALED_AS, document_id, store.read(name))


def erase_where(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """Delete these documents for good, in the caller's transaction; a worker removes their files after it."""
    gone = session.execute(
        delete(Document).where(*which).returning(Document.file),
        execution_options={"synchronize_session": False},
    ).scalars()
    names = list(gone)
    for start in range(0, len(names), 1_000):
        some = [{"name": name, "due_at": now} for name in names[start : start + 1_000]]
        session.execute(insert_for(session, LooseFile).values(some).on_conflict_do_nothing())
    return len(names)


def erase_documents(session: Session, now: datetime, people: Sequence[UUID]) -> None:
    """Delete every document of these people's spaces."""
    erase_where(session, now, Document.beneficiary_id.in_(people))


def empty_bins(session: Session, now: datetime) -> None:
    """Delete for good what has been in a bin for thirty days, a part of it at each sweep."""
    due = select(Document.id).where(Document.deleted_at <= now - KEPT_IN_BIN)
    erase_where(session, now, Document.id.in_(due.order_by(Document.deleted_at).limit(AT_ONCE)))


def removing_files(settings: Settings) -> Callable[[Session, datetime], None]:
    """Return the sweep that removes loose files whose time has come.

    Its transaction only says which; the store is asked once that is committed, for it may take long to answer, and
    nobody could write meanwhile. What could not be removed is found by the next sweep.
    """

    def remove_loose(session: Session, now: datetime) -> None:
        due = select(LooseFile.name).where(LooseFile.due_at <= now).order_by(LooseFile.due_at).limit(AT_ONCE)
        names = session.scalars(due.with_for_update(skip_locked=True)).all()
        if not names:
            return
        begun = update(LooseFile).where(LooseFile.name.in_(names)).values(due_at=REMOVING)
        session.execute(begun, execution_options={"synchronize_session": False})
        engine = session.get_bind().engine
        after_commit(session, lambda: _remove(engine, store_of(settings), names))

    return remove_loose


def _remove(engine: Engine, store: Store, names: Sequence[str]) -> None:
    gone = []
    for name in names:
        try:
            store.remove(name)
        except Exception as error:  # noqa: BLE001  (a store may fail in any way; its words may hold its key)
            log.error("a file that no document holds cannot be removed: %s", type(error).__name__)
            break
        gone.append(name)
    with writing(engine) as session:
        session.execute(
            delete(LooseFile).where(LooseFile.name.in_(gone)),
            execution_options={"synchronize_session": False},
        )
