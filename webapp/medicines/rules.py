"""How names of medicines are compared: without accents, capitals or signs, word by word. Plain values only."""

from __future__ import annotations

import re

from webapp.values import plain_words

SOURCE = "Base de données publique des médicaments"
DATED = "mai 2026"
"""The mention that its reuse asks for, and the state of the file that is shipped."""
MOST_WORDS = 8
"""Words of a search that are looked at."""
LONGEST_WORD = 40
FEWEST_LETTERS = 2
FROM_SUBSTANCE = 99
"""The place of a word that is in a medicine's substances only; in its name, words are counted from 0."""
_NUMBER = re.compile(r"(\d+)")


def words_of(text: str) -> list[str]:
    """ "Acétylcystéine 200 mg" → "acetylcysteine", "200", "mg": in order, without accents or capitals."""
    return [word[:LONGEST_WORD] for word in plain_words.words_of(text)]


def folded(text: str) -> str:
    """The words of a name, one blank between them: equal for names that are written differently."""
    return " ".join(words_of(text))


def asked(text: str) -> list[str]:
    """The words that a search is about; none when there are too few letters to look for."""
    words = words_of(text)[:MOST_WORDS]
    return words if sum(map(len, words)) >= FEWEST_LETTERS else []


def places(name: str, substances: str) -> dict[str, int]:
    """Where each word by which a medicine is found stands: its place in the name, or FROM_SUBSTANCE."""
    found = dict.fromkeys(words_of(substances), FROM_SUBSTANCE)
    for place, word in reversed(list(enumerate(words_of(name)))):
        found[word] = min(place, FROM_SUBSTANCE - 1)
    return found


def in_order(name: str) -> list[tuple[int, int | str]]:
    """What names are sorted by: numbers as numbers, so that 500 mg comes before 1000 mg."""
    parts = _NUMBER.split(folded(name))
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts if part]
