"""Words without what people leave out when they look for them: accents and capitals."""

from __future__ import annotations

import re

from webapp.values.normal import normal

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def bare(text: str) -> str:
    """Drop accents and capitals. A search does this to thousands of texts: no sign is looked at by itself."""
    small = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return _ACCENTS.sub("", normal("NFKD", small)).lower()


def words_of(text: str) -> list[str]:
    """Cut a text into words without accents or capitals: "Été, sœur" gives "ete" and "soeur"."""
    return _WORD.findall(bare(text))


def folded(text: str) -> str:
    """The words of a text, one blank between them: equal for texts that are written differently."""
    return " ".join(words_of(text))
