"""The two steps of a closing, announced from the first one."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {"choose": "choisir ce que devient le contenu", "confirm": "confirmer"}
CLOSE = Steps(("choose", "confirm"))


def counter(name: str) -> Counter:
    """Where one stands, with the words of the step after."""
    return count(CLOSE, name, LABELS)
