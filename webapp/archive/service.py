"""Making the archive of an account, and telling its owner that it was made."""

from __future__ import annotations

from datetime import datetime

from jinja2 import Template
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.account.models import AccountSpace
from webapp.account.service import AccountView
from webapp.account.telling import tell
from webapp.archive.documents import attached_documents
from webapp.archive.records import Holder
from webapp.archive.sections import SECTIONS
from webapp.archive.writing import Archive, write_archive
from webapp.config import Settings
from webapp.family.reach import family_of
from webapp.family.rules import Role
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.clock import paris_day


def make_archive(
    session: Session, now: datetime, settings: Settings, known: AccountView, page: Template
) -> Archive:
    """Return everything that is held of whoever owns an account, as a ZIP archive. Only reads.

    In a session that has read nothing yet: both files are read from the same moment. Documents are read as the
    archive is sent, when the session is over.
    """
    _hold_still(session)
    family = family_of(session, known.id, paris_day(now))
    assert family is not None  # the account was just read
    own = select(AccountSpace.beneficiary_id).where(
        AccountSpace.account_id == known.id,
        AccountSpace.beneficiary_id == family.own.id,
        AccountSpace.role == Role.HOLDER,
    )
    holder = Holder(session, now, known, family, own_id=session.scalar(own))
    return write_archive(
        holder, SECTIONS, page, settings.site_name, tuple(attached_documents(holder, settings))
    )


def _hold_still(session: Session) -> None:
    """Every statement sees what the first one saw; on SQLite a transaction that reads does so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def tell_downloaded(session: Session, now: datetime, settings: Settings, known: AccountView) -> None:
    """Tell the owner everywhere, and write it down: whoever gets hold of such an archive knows a lot."""
    tell(session, now, settings, known, "data-downloaded")
    record(session, Event.DATA_DOWNLOADED, now=now, account_id=known.id, beneficiary_id=known.beneficiary_id)
