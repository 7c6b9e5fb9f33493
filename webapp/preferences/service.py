"""Changing how one is written to: the language, and the notices that are declined."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.noticing import NOTICES
from webapp.account.service import AccountView, change
from webapp.journal.events import Event
from webapp.journal.service import record


def choose_letters(
    session: Session, now: datetime, known: AccountView, *, language: str, wanted: dict[str, bool]
) -> bool:
    """Keep a language (`fr`, `en`) and which notices are wanted; say whether that is anything new.

    Last in the transaction: what is new is written down.
    """
    kept = known.declined - NOTICES.keys()  # a notice of a later version stays declined
    declined = kept | {notice for notice in NOTICES if not wanted[notice]}
    if (language, declined) == (known.language, known.declined):
        return False
    change(session, known.id, language=language, declined=sorted(declined))
    record(
        session,
        Event.PREFERENCES_CHANGED,
        now=now,
        account_id=known.id,
        beneficiary_id=known.beneficiary_id,
        facts={"language": language, "declined": sorted(declined)},
    )
    return True
