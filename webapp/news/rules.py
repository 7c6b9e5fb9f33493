"""What a news file says. Plain values only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LONGEST_TITLE, LONGEST_TEXT, MOST = 120, 2_000, 50
"""Characters of a title and of a text; items of a file."""
EXAMPLE = """\
# Les actualités, la plus récente d'abord ou non : elles sont rangées par date.
# Le service relit ce fichier dès qu'il change ; `espace-sante doctor` dit s'il est juste.
# Un texte est fait de paragraphes, qu'une ligne vide sépare.

[[actualite]]
date = {today}
titre = "Mon espace santé s’ouvre en démonstration"
texte = \"\"\"
Les personnes de cette démonstration n’existent pas. Chacun peut essayer d’ouvrir un espace, ou de s’y opposer.

Rien de ce qui est écrit ici ne quitte cette machine.
\"\"\"
"""
"""What the demonstration begins with; `today` is an ISO day."""


class NewsProblem(ValueError):
    """A file that cannot be shown as it is; the text is one sentence that says where."""


@dataclass(frozen=True)
class News:
    """One piece of news."""

    day: date
    title: str
    paragraphs: tuple[str, ...]


def parse_news(text: str) -> tuple[News, ...]:
    """Read a TOML file: tables `actualite` with `date`, `titre` and `texte`; the newest first.

    Raises NewsProblem, with the number of the piece and what is wrong with it.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NewsProblem(f"it is not TOML: {error}.") from None
    unknown = sorted(set(found) - {"actualite"})
    if unknown:
        raise NewsProblem(f"« {unknown[0]} » is unknown: each piece begins with [[actualite]].")
    pieces = found.get("actualite", [])
    if not isinstance(pieces, list) or len(pieces) > MOST:
        raise NewsProblem(f"each piece begins with [[actualite]], and there are {MOST} at most.")
    read = [_piece(number, piece) for number, piece in enumerate(pieces, 1)]
    return tuple(sorted(read, key=lambda one: one.day, reverse=True))


def _piece(number: int, piece: Any) -> News:
    if not isinstance(piece, dict) or set(piece) != {"date", "titre", "texte"}:
        raise NewsProblem(f"piece {number} needs date, titre and texte, and nothing else.")
    day, title, text = piece["date"], piece["titre"], piece["texte"]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise NewsProblem(f"the date of piece {number} is a day, for example 2026-11-23, without quotes.")
    for name, value, longest in (("titre", title, LONGEST_TITLE), ("texte", text, LONGEST_TEXT)):
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            raise NewsProblem(f"the {name} of piece {number} is 1 to {longest} characters of text.")
    paragraphs = tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
    return News(day, " ".join(title.split()), paragraphs)
