"""The trace of letters: each that left or was given up, in the transaction that marks it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.claims import Settled, witness_by


def record_letters() -> None:
    """Have this process write down what it delivers."""
    witness_by(_write_down)


def _write_down(session: Session, letter: Settled, now: datetime) -> None:
    record(
        session,
        Event.LETTER_SENT if letter.sent else Event.LETTER_ABANDONED,
        now=now,
        beneficiary_id=letter.about,
        facts={"letter": str(letter.id), "kind": letter.kind, "channel": letter.channel},
    )
