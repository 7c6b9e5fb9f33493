"""The messages of the spaces that the account reaches. Read as they are written, however many."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.archive.records import Holder, Record, Section
from webapp.inbox.service import newest_first, opened

AT_ONCE = 200
"""Messages held in memory at once."""


def _messages(who: Holder) -> Iterator[Record]:
    for space in who.spaces:
        rows = who.session.execute(newest_first(space, None), execution_options={"yield_per": AT_ONCE})
        for row in rows:
            one = opened(row)
            yield space.name, one.sent_at, one.subject, one.body, one.read_at, one.archived_at


MESSAGES = Section(
    "messages",
    "Les messages de la messagerie",
    (
        ("space", "Espace"),
        ("sent_at", "Date"),
        ("subject", "Sujet"),
        ("body", "Texte"),
        ("read_at", "Lu le"),
        ("archived_at", "Archivé le"),
    ),
    _messages,
)
