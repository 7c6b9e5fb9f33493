"""Looking for words in the messages of a space.

Messages are sealed, so that the database cannot look: they are opened one after the other, the newest first, in one
query that is read as far as twenty were found. An index of their words, even a keyed one, would be many times larger
than they are, and would tell which messages have words in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.family.reach import Reached
from webapp.inbox.rules import LOOKED_THROUGH, PAGE, matches
from webapp.inbox.service import Letter, newest_first, opened
from webapp.values.plain_words import words_of

AT_ONCE = 200
"""Messages held in memory at once."""


@dataclass(frozen=True)
class Found:
    """Twenty messages at most; `older`: the message to go on from, None when all were looked through."""

    messages: list[Letter]
    older: UUID | None


def search(session: Session, space: Reached, words: str, before: UUID | None = None) -> Found:
    """Find the messages, archived ones too, in which each of these words begins a word. One query."""
    asked = words_of(words)
    query = newest_first(space, before).limit(LOOKED_THROUGH + 1).execution_options(yield_per=AT_ONCE)
    found: list[Letter] = []
    last: UUID | None = None
    with session.execute(query) as rows:
        for number, row in enumerate(rows):
            if len(found) == PAGE or number == LOOKED_THROUGH:
                return Found(found, last)
            one = opened(row)
            if matches(asked, f"{one.subject}\n{one.body}"):
                found.append(one)
            last = one.id
    return Found(found, None)
