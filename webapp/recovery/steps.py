"""The steps of a recovery, announced from the first one."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {
    "identify": "dire qui je suis",
    "where": "choisir où recevoir mon identifiant",
    "identifier": "donner mon identifiant",
    "code": "entrer le code reçu",
    "password": "choisir un nouveau mot de passe",
}

IDENTIFIER = Steps(("identify", "where"))
PASSWORD = Steps(("identifier", "code", "password"))


def counter(steps: Steps, name: str) -> Counter:
    """Where one stands, with the words of the step after."""
    return count(steps, name, LABELS)
