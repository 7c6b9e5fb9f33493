"""What was answered, in words."""

from __future__ import annotations

from webapp.onboarding.rules import QUESTIONS, Question
from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Entry
from webapp.profile.words import LABELS, NONE_SAID, SHOW

NOTHING = "Pas de réponse"

Recorded = dict[Kind, list[Entry]]


def read_back(asked: Question, known: Recorded) -> dict[str, str]:
    """Return the fields of a question as they were answered."""
    entries = known.get(asked.kind, [])
    if asked.kind in SHOW:
        return {asked.field: SHOW[asked.kind](entries[0].said["value"])} if entries else {}
    if entries:
        return {"answer": "yes", "details": "\n".join(one.said["name"] for one in reversed(entries))}
    return {"answer": "no"} if known.get(ABSENCE[asked.kind]) else {}


def summary(known: Recorded) -> list[tuple[str, str]]:
    """Return a label and what was recorded, for each question."""
    return [(LABELS[one.kind], _said(one, known)) for one in QUESTIONS]


def _said(asked: Question, known: Recorded) -> str:
    entries = known.get(asked.kind, [])
    if asked.kind in SHOW:
        return SHOW[asked.kind](entries[0].said["value"]) if entries else NOTHING
    if entries:
        return ", ".join(one.said["name"] for one in reversed(entries))
    return NONE_SAID[asked.kind] if known.get(ABSENCE[asked.kind]) else NOTHING
