"""What the medical profile holds, every version of it, and how far one came with the first questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from webapp.archive.records import Coded, Holder, Record, Section
from webapp.onboarding.rules import ANSWERED, QUESTIONS, SKIPPED
from webapp.onboarding.service import progress
from webapp.profile.rules import ABSENCE
from webapp.profile.service import Entry, everything
from webapp.profile.words import LABELS, NONE_SAID, happened, note_of, said, when
from webapp.values.partial_date import Precision, show_day

_OF_A_QUESTION = {ANSWERED: "J’ai répondu", SKIPPED: "Question passée"}
_SAID_NONE = {ABSENCE[kind]: words for kind, words in NONE_SAID.items()}


def _entries(who: Holder) -> Iterator[Record]:
    for space in who.spaces:
        numbers: dict[UUID, int] = {}
        for entry in everything(who.session, space.id):
            words = _SAID_NONE.get(entry.kind) or said(entry)
            yield (
                space.name,
                numbers.setdefault(entry.entry_id, len(numbers) + 1),
                entry.version,
                Coded(entry.kind, LABELS.get(entry.kind, words)),
                words or None,
                _day(entry),
                note_of(entry.said) or None,
                entry.written_at,
                entry.account_id == who.account.id,
                entry.removed,
            )


def _day(entry: Entry) -> date | str | None:
    """The day it happened on; words of a year or a month alone, and of what lasted."""
    if entry.removed or not when(entry):
        return None
    if entry.said.get("until") or entry.said.get("since"):
        return when(entry)
    known = happened(entry)
    return known.day if known.precision is Precision.DAY else show_day(known)


def _questions(who: Holder) -> Iterator[Record]:
    for space in who.spaces:
        found = progress(who.session, space.id)
        for one in QUESTIONS:
            said = found.answers.get(str(one.number))
            if said is not None:
                yield space.name, one.heading, Coded(said, _OF_A_QUESTION.get(said, said)), found.finished_at


PROFILE = Section(
    "profile",
    "Profil médical, avec chaque correction",
    (
        ("space", "Espace"),
        ("entry", "Ligne"),
        ("version", "Version de la ligne"),
        ("kind", "Partie"),
        ("said", "Ce qui est noté"),
        ("happened_on", "Jour"),
        ("note", "Remarque"),
        ("written_at", "Écrit le"),
        ("written_by_me", "Écrit par moi"),
        ("removed", "Retiré"),
    ),
    _entries,
)
FIRST_QUESTIONS = Section(
    "first_questions",
    "Les cinq premières questions",
    (("space", "Espace"), ("question", "Question"), ("answer", "Réponse"), ("finished_at", "Finies le")),
    _questions,
)
