"""The two steps of a sign-in, announced from the first one."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {"credentials": "donner mon identifiant", "code": "entrer le code d’accès"}
SIGN_IN = Steps(("credentials", "code"))


def counter(name: str) -> Counter:
    """Where one stands, with the words of the step after."""
    return count(SIGN_IN, name, LABELS)
