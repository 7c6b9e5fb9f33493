"""Names as people write theirs, from the capitals of the registry."""

import re

from webapp.values.french import APOSTROPHE

_FIRST_NAME_SEPARATOR = re.compile(r"[\s,]+")
_WORD = re.compile(r"[^\W\d_]+")


def display_name(first_names: str, family_name: str, used_name: str = "") -> str:
    """ "Camille Durand": the first of the first names, then the name in use, or else the name at birth."""
    family = used_name.strip() or family_name
    return " ".join(part for part in (first_name(first_names), tidy_name(family)) if part)


def first_name(first_names: str) -> str:
    """The first of them, tidied: a hyphen joins ("Jean-Pierre"), a space or a comma separates."""
    parts = [part for part in _FIRST_NAME_SEPARATOR.split(first_names) if part]
    return tidy_name(parts[0]) if parts else ""


def tidy_name(name: str) -> str:
    """ "LE GALL" → "Le Gall", "D'ARC" → "D’Arc", "jean-pierre" → "Jean-Pierre".

    A name that already mixes capitals and small letters ("de Gaulle", "McKay") is somebody's choice and keeps
    them.
    """
    name = " ".join(name.split()).replace("'", APOSTROPHE)
    if name.isupper() or name.islower():
        return _WORD.sub(lambda word: word[0][:1].upper() + word[0][1:].lower(), name)
    return name
