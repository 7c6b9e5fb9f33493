"""What the medical profile holds, every version of it."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.archive.records import Coded, Holder, Record, Section
from webapp.profile.rules import ABSENCE
from webapp.profile.service import everything
from webapp.profile.words import LABELS, NONE_SAID, said

_SAID_NONE = {ABSENCE[kind]: words for kind, words in NONE_SAID.items()}


def _entries(who: Holder) -> Iterator[Record]:
    for space in (who.family.own, *who.family.children):
        for entry in everything(who.session, space.id) if space.is_open else ():
            words = _SAID_NONE.get(entry.kind) or said(entry)
            yield (
                space.name,
                Coded(entry.kind, LABELS.get(entry.kind, words)),
                words,
                entry.written_at,
                entry.removed,
            )


PROFILE = Section(
    "profile",
    "Profil médical, avec chaque correction",
    (
        ("name", "Espace"),
        ("kind", "Partie"),
        ("said", "Ce qui est noté"),
        ("written_at", "Écrit le"),
        ("removed", "Retiré"),
    ),
    _entries,
)
