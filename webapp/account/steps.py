"""The two steps of a sign-in, announced from the first one."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.values.steps import Steps

LABELS = {"credentials": "donner mon identifiant", "code": "entrer le code d’accès"}
SIGN_IN = Steps(("credentials", "code"))


@dataclass(frozen=True)
class Counter:
    """What the page shows: « Étape 1 sur 2 », and « Ensuite : … »."""

    number: int
    total: int
    next_label: str | None


def counter(name: str) -> Counter:
    """Where one stands, with the words of the step after."""
    step = SIGN_IN.at(name)
    return Counter(step.number, step.total, LABELS[step.next_name] if step.next_name else None)
