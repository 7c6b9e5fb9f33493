"""Putting a letter in the outbox, in the transaction of the act it tells of. Delivery: webapp/mail/delivery.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.db.vault import current_vault
from webapp.db.work import after_commit
from webapp.mail.letter import Destination, Letter
from webapp.mail.models import OutboxRow
from webapp.values.ids import new_id

NOWHERE = "nowhere"
"""The channel of a letter that has nobody to go to."""


class NoShortForm(ValueError):
    """This kind of letter cannot be sent by SMS: it has no short text."""


def put(
    session: Session, letter: Letter, destination: Destination, now: datetime, *, about: UUID | None = None
) -> UUID:
    """Have a letter leave once this transaction is stored; return the row's id.

    `about`: the beneficiary whom it is about. Raises NoShortForm for an SMS of a kind that has none.
    """
    if destination.channel == "sms" and letter.sms is None:
        raise NoShortForm(letter.kind)
    return _add(session, letter, destination.channel, destination.address, now, about)


def put_nowhere(session: Session, letter: Letter, now: datetime) -> None:
    """Do what `put` does for a letter that has nobody to go to: it never leaves.

    So that the time of an answer does not tell whether there was somebody to write to.
    """
    _add(session, letter, NOWHERE, "nobody@nowhere.invalid", now, None, given_up_at=now)


def forget_nowhere(session: Session, now: datetime) -> None:
    """Delete the letters that had nobody to go to, a day later."""
    session.execute(
        delete(OutboxRow).where(OutboxRow.channel == NOWHERE, OutboxRow.created_at < now - timedelta(days=1))
    )


def _add(
    session: Session,
    letter: Letter,
    channel: str,
    address: str,
    now: datetime,
    about: UUID | None,
    given_up_at: datetime | None = None,
) -> UUID:
    row_id = new_id()
    content = (
        {"sms": letter.sms}
        if channel == "sms"
        else {
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "language": letter.language,
        }
    )
    sealed = current_vault().seal(OutboxRow.__tablename__, row_id, {"to": address, **content})
    session.add(
        OutboxRow(
            id=row_id,
            created_at=now,
            due_at=now,
            expires_at=letter.expires_at,
            channel=channel,
            kind=letter.kind,
            about=about,
            message_id=f"<{row_id}@{letter.host}>",
            sealed=sealed,
            tries=0,
            failed_for_good_at=given_up_at,
        )
    )
    _wake_once(session)
    return row_id


_wakers: list[Callable[[], None]] = []


def wake_by(act: Callable[[], None] | None) -> None:
    """Register what tells a worker that the outbox is no longer empty (nothing by default); None forgets it."""
    _wakers[:] = [act] if act is not None else []


def wake() -> None:
    """Tell a worker, if anybody registered how."""
    for act in _wakers:
        act()


def _wake_once(session: Session) -> None:
    """However many letters one transaction writes, one call is enough."""
    if not session.info.get("outbox_wakes"):
        session.info["outbox_wakes"] = True

        def tell() -> None:
            session.info.pop("outbox_wakes", None)
            wake()

        after_commit(session, tell)
