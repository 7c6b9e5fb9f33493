"""What was answered, in words."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.onboarding.rules import QUESTIONS, Question
from webapp.onboarding.service import Recorded
from webapp.profile.rules import ABSENCE, MOST_AT_ONCE
from webapp.profile.words import LABELS, NONE_SAID, SHOW
from webapp.values.french import of_name

NOTHING = "Pas de réponse"


def read_back(asked: Question, known: Recorded) -> dict[str, str]:
    """Return the fields of a question as they were answered."""
    entries = known.get(asked.kind, [])
    if asked.kind in SHOW:
        return {asked.field: SHOW[asked.kind](entries[0].said["value"])} if entries else {}
    if entries:
        return {"answer": "yes", "details": "\n".join(one.said["name"] for one in reversed(entries))}
    return {"answer": "no"} if known.get(ABSENCE[asked.kind]) else {}


@dataclass(frozen=True)
class Answer:
    """What was recorded of one question, in words."""

    number: int
    label: str
    words: str

    @property
    def given(self) -> bool:
        """Whether anything was recorded."""
        return self.words != NOTHING


def heading(asked: Question, child: str | None) -> str:
    """Return the question as a heading; `child`: the first name of the child whom it is about, None for oneself."""
    return asked.heading if child is None else asked.of_child.format(name=child, of_name=of_name(child))


def summary(known: Recorded) -> list[Answer]:
    """Return what was recorded, for each question."""
    return [Answer(one.number, LABELS[one.kind], _said(one, known)) for one in QUESTIONS]


def _said(asked: Question, known: Recorded) -> str:
    entries = known.get(asked.kind, [])
    if asked.kind in SHOW:
        return SHOW[asked.kind](entries[0].said["value"]) if entries else NOTHING
    if entries:
        names = ", ".join(one.said["name"] for one in reversed(entries[:MOST_AT_ONCE]))
        return f"{names} et d’autres" if len(entries) > MOST_AT_ONCE else names
    return NONE_SAID[asked.kind] if known.get(ABSENCE[asked.kind]) else NOTHING
