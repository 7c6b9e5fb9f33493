"""The normal forms of Unicode, in time that grows with a text and not with its square.

The library sorts the accents that follow one letter by moving each before those that it found already: thirty thousand
of them, which one form can hold, take it seconds, during which it lets no other thread run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal
from unicodedata import category

_PIECE = 512
"""Signs that are looked at together: more than the longest password has, however its letters are taken apart."""

_UNSEEN = frozenset(("Cf", "Cs", "Co", "Cn"))


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """Return a text in one of its normal forms; one that is very long is read a piece after the other."""
    if len(text) <= _PIECE:
        return unicodedata.normalize(form, text)  # noqa: TID251
    return "".join(unicodedata.normalize(form, piece) for piece in _pieces(text))  # noqa: TID251


def one_line(text: str) -> str:
    """Keep of a text what can be read on one line, composed: no control or direction sign, blanks made one."""
    kept = (" " if category(sign) == "Cc" else sign for sign in text if category(sign) not in _UNSEEN)
    return " ".join(normal("NFC", "".join(kept)).split())


def _pieces(text: str) -> Iterator[str]:
    """Cut a text before a letter, and not before an accent, as long as accents do not go on for ever."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        while end < min(len(text), start + 2 * _PIECE) and unicodedata.combining(text[end]):
            end += 1
        yield text[start:end]
        start = end
