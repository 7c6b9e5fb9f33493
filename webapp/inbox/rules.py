"""Rules of the inbox over plain values: folders, how many are counted, which words find which message."""

from __future__ import annotations

from enum import StrEnum

from webapp.values.french import plural
from webapp.values.plain_words import bare

TITLE = "Messagerie"
PAGE = 20
COUNTED = 100
"""Unread messages are counted up to here: beyond, a page would read ten thousand rows to say a number."""
LOOKED_THROUGH = 2_000
"""Messages that one page of a search opens at most, about a tenth of a second; the next page goes on from there."""
WORDS_LENGTH = 80


class Folder(StrEnum):
    """The lists that a person can look at."""

    INBOX = "inbox"
    UNREAD = "unread"
    ARCHIVED = "archived"


def matches(asked: list[str], text: str) -> bool:
    """Say whether each word that is asked for (by `plain_words.words_of`) begins a word of the text."""
    plain = bare(text)
    return all(_begins_a_word(one, plain) for one in asked)


def _begins_a_word(word: str, text: str) -> bool:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def count_in_words(count: int) -> str:
    """ "1 message non lu", "2 messages non lus", "99+ messages non lus"; nothing for none."""
    return f"{count_in_figures(count)} {plural(count, 'message non lu', 'messages non lus')}" if count else ""


def count_in_figures(count: int) -> str:
    """ "3", or "99+"."""
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)
