"""What is said of a search."""

from __future__ import annotations

from webapp.medicines.service import Found
from webapp.values.french import NARROW_SPACE, plural


def sentence(found: Found | None) -> str:
    """One short sentence for what was found; nothing before a search."""
    if found is None:
        return ""
    if not found.count:
        return f"Aucun médicament trouvé{NARROW_SPACE}: je peux garder mes mots."
    words = f"{found.count} {plural(found.count, 'médicament trouvé', 'médicaments trouvés')}"
    return words if found.count == len(found.names) else f"{words}, voici les {len(found.names)} premiers"
