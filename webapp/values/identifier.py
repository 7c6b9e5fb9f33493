"""The identifier a person chooses to sign in: 8 to 64 of a to z, 0 to 9, dot, dash, underscore; case is
ignored.
"""

import re
from enum import Enum

from webapp.values.french import plural, typeset

SHORTEST = 8
LONGEST = 64

_ALLOWED = re.compile(r"[A-Za-z0-9._-]")  # tested before lowering: the Kelvin sign lowers to a plain k


class IdentifierProblem(Enum):
    """What can be wrong with an identifier."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"


class IdentifierError(ValueError):
    """What is wrong: `missing` or `extra` characters, and the first `character` that cannot be used."""

    def __init__(
        self, problem: IdentifierProblem, missing: int = 0, extra: int = 0, character: str = ""
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.missing = missing
        self.extra = extra
        self.character = character


def parse_identifier(text: str) -> str:
    """The identifier in small letters, without the spaces around it; IdentifierError otherwise."""
    identifier = text.strip()
    if not identifier:
        raise IdentifierError(IdentifierProblem.EMPTY)
    for character in identifier[: LONGEST + 1]:
        if not _ALLOWED.match(character):
            raise IdentifierError(IdentifierProblem.CHARACTERS, character=character)
    if len(identifier) < SHORTEST:
        raise IdentifierError(IdentifierProblem.TOO_SHORT, missing=SHORTEST - len(identifier))
    if len(identifier) > LONGEST:
        raise IdentifierError(IdentifierProblem.TOO_LONG, extra=len(identifier) - LONGEST)
    return identifier.lower()


def identifier_sentence(error: IdentifierError) -> str:
    """What to do about it, in French."""
    if error.problem is IdentifierProblem.EMPTY:
        sentence = f"Choisissez un identifiant de {SHORTEST} caractères ou plus"
    elif error.problem is IdentifierProblem.TOO_SHORT:
        more = f"{error.missing} {plural(error.missing, 'caractère', 'caractères')}"
        sentence = f"Ajoutez {more} : l'identifiant en a {SHORTEST} ou plus"
    elif error.problem is IdentifierProblem.TOO_LONG:
        less = f"{error.extra} {plural(error.extra, 'caractère', 'caractères')}"
        sentence = f"Enlevez {less} : l'identifiant en a {LONGEST} au plus"
    elif error.character.isspace():
        sentence = "Écrivez l'identifiant sans espace : un point ou un tiret peut la remplacer"
    elif error.character.isprintable():
        sentence = f"Remplacez « {error.character} » : il faut des lettres sans accent ou des chiffres"
    else:
        sentence = "Utilisez seulement des lettres sans accent, des chiffres, un point ou un tiret"
    return typeset(f"{sentence}. Exemple : camille.durand75")
