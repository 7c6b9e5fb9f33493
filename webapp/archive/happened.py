"""What happened: the activity of the account, and the letters that were sent. Read in pages, however long."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.activity.service import Reader, all_entries, all_lines
from webapp.activity.words import by_channel, of_letter
from webapp.archive.records import Coded, Holder, Record, Section
from webapp.journal.events import Event


def _reader(who: Holder) -> Reader:
    proven = who.own_id is not None
    return Reader(who.account.id, who.account.beneficiary_id, proven, who.family.first_names)


def _activity(who: Holder) -> Iterator[Record]:
    for line in all_lines(who.session, _reader(who)):
        yield line.at, line.words, line.note or None


def _letters(who: Holder) -> Iterator[Record]:
    for entry in all_entries(who.session, _reader(who)):
        if entry.event == Event.LETTER_SENT:
            kind, channel = entry.facts.get("kind", ""), entry.facts.get("channel", "")
            yield entry.at, Coded(kind, of_letter(kind)), Coded(channel, by_channel(channel))


ACTIVITY = Section(
    "activity",
    "L’activité de mon compte",
    (("at", "Date"), ("event", "Ce qui s’est passé"), ("note", "Précision")),
    _activity,
)
LETTERS = Section(
    "letters",
    "Les lettres que j’ai reçues",
    (("at", "Date"), ("kind", "Sujet"), ("channel", "Par")),
    _letters,
)
