"""Rules of the registry over plain values: departments, and which texts say the same name."""

from __future__ import annotations

from webapp.values.normal import normal

_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
"""Postal codes of Corsica begin by 20 whatever the department."""


def department_of(postal_code: str) -> str:
    """Return the department of a French postal code ("31000" gives "31"), or "" when there is none to tell.

    Overseas it has three characters ("97400" gives "974"), in Corsica it is 2A or 2B. A code of the army or of another
    country gives "".
    """
    if len(postal_code) != 5 or not (postal_code.isascii() and postal_code.isdigit()):
        return ""
    if postal_code.startswith("20"):
        return _CORSICA.get(postal_code[:3], "")
    if postal_code.startswith(("97", "98")):
        return postal_code[:3]
    return "" if postal_code.startswith(("00", "96", "99")) else postal_code[:2]


def same_name_key(name: str) -> str:
    """Reduce a name to its letters, accents and case dropped: two insurers do not write "ÉLODIE" alike."""
    letters = (c for c in normal("NFKD", name) if c.isalpha())
    return "".join(letters).casefold()
