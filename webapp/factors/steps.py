"""The two steps of adding an application, announced from the first one."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {"prepare": "préparer mon téléphone", "code": "montrer la clé à l’application et entrer un code"}
ADDING = Steps(("prepare", "code"))


def counter(name: str) -> Counter:
    """Where one stands, with the words of the step after."""
    return count(ADDING, name, LABELS)
