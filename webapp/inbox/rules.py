"""Rules of the inbox over plain values: folders, how many are counted, which words find which message."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from webapp.values.french import plural

PAGE = 20
COUNTED = 100
"""Unread messages are counted up to here: beyond, a page would read ten thousand rows to say a number."""
LOOKED_THROUGH = 10_000
"""Messages that one page of a search opens at most; the next page goes on from there."""
WORDS_LENGTH = 80
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})


class Folder(StrEnum):
    """The lists that a person can look at."""

    INBOX = "inbox"
    UNREAD = "unread"
    ARCHIVED = "archived"


def words_of(text: str) -> list[str]:
    """Cut a text into words without accents or capitals: "Été, sœur" gives "ete" and "soeur"."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return _WORD.findall("".join(sign for sign in bare if not unicodedata.combining(sign)).casefold())


def matches(asked: list[str], text: str) -> bool:
    """Say whether each word that is asked for begins a word of the text."""
    found = set(words_of(text))
    return all(any(word.startswith(one) for word in found) for one in asked)


def count_in_words(count: int) -> str:
    """ "1 message non lu", "2 messages non lus", "99+ messages non lus"; nothing for none."""
    return f"{count_in_figures(count)} {plural(count, 'message non lu', 'messages non lus')}" if count else ""


def count_in_figures(count: int) -> str:
    """ "3", or "99+"."""
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)
