"""The steps of each procedure (CONTRACT, settled points): counter, bar and what comes next derive from these."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.values.steps import Steps

LABELS = {
    "identify": "dire qui je suis",
    "where": "choisir comment recevoir le code",
    "enter": "entrer le code",
    "person": "choisir la personne",
    "decide": "décider",
    "confirm": "confirmer",
    "guardian": "me connecter ou créer mon compte",
    "terms": "lire les conditions",
    "identifiers": "choisir mes identifiants",
}

CODE = Steps(("identify", "where", "enter"))
OPEN = Steps(("decide", "terms", "identifiers"))
OPPOSE = Steps(("decide", "confirm"))


@dataclass(frozen=True)
class Counter:
    """What the page shows: « Étape 1 sur 3 », and « Ensuite : … »."""

    number: int
    total: int
    next_label: str | None


def counter(steps: Steps, name: str) -> Counter:
    """Where one stands in a procedure, with the words of the step after."""
    step = steps.at(name)
    return Counter(step.number, step.total, LABELS[step.next_name] if step.next_name else None)


def opening(*, among_several: bool, minor: bool) -> Steps:
    """The steps of an opening: a person to choose, or a guardian to name, adds one."""
    return _among(OPEN.with_step("guardian", before="terms") if minor else OPEN, among_several)


def opposing(*, among_several: bool) -> Steps:
    """The steps of an opposition."""
    return _among(OPPOSE, among_several)


def _among(steps: Steps, several: bool) -> Steps:
    return steps.with_step("person", before="decide") if several else steps
