"""Looking for documents by category and day, which the database finds, and by name, which it cannot: names are sealed.

Names are opened one after the other, the newest first, in one query that is read as far as twenty were found, as the
words of messages are.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from webapp.documents.rules import LOOKED_THROUGH, PAGE
from webapp.documents.service import Filed, Listed, Wanted, newest_first, opened
from webapp.family.reach import Reached
from webapp.values.plain_words import folded, words_of

AT_ONCE = 50
"""Rows read at once: few, for what is looked for often is among the newest."""


def matches(asked: list[str], name: str) -> bool:
    """Say whether each word that is asked for begins a word of the name."""
    there = f" {folded(name)}"  # looked through as one text: sixty words by sixty, two thousand times, take seconds
    return all(f" {one}" in there for one in asked)


def search(
    session: Session, space: Reached, wanted: Wanted, words: str, before: UUID | None = None
) -> Listed:
    """Find the documents that are wanted, and in whose name each of these words begins a word. One query."""
    asked = words_of(words)
    query = newest_first(space, wanted, before)
    query = query.limit(LOOKED_THROUGH + 1).execution_options(yield_per=AT_ONCE)
    found: list[Filed] = []
    last: UUID | None = None
    with session.execute(query) as rows:
        for number, row in enumerate(rows):
            if len(found) == PAGE or number == LOOKED_THROUGH:
                return Listed(found, last)
            one = opened(row)
            if matches(asked, one.name):
                found.append(one)
            last = one.id
    return Listed(found, None)
