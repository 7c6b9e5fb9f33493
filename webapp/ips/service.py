"""Which lines of a file are new to a profile, and adding them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.ips.rules import NONE_OF, Line, line_of
from webapp.profile.latest import latest
from webapp.profile.rules import MEASURES, SUMMED_UP, Kind
from webapp.profile.service import Author, Entry, NotNone, add, current
from webapp.profile.words import LABELS, NONE_SAID
from webapp.profile.words import line as entry_line
from webapp.spaces.rules import OPEN
from webapp.spaces.service import hold_for
from webapp.values.clock import paris_day
from webapp.values.ids import new_id

_KINDS = {kind.value: kind for kind in Kind}
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_SAID_NONE = {NONE_OF[kind.value]: words for kind, words in NONE_SAID.items() if kind.value in NONE_OF}


def entries_out(session: Session, beneficiary_id: UUID) -> list[Entry]:
    """Return what goes out: every entry that counts, and of each measure the newest ones. Two queries."""
    others = [kind for kind in Kind if kind not in MEASURES]
    return [
        *current(session, beneficiary_id, others),
        *latest(session, beneficiary_id, MEASURES, SUMMED_UP),
    ]


def new_lines(session: Session, now: datetime, beneficiary_id: UUID, lines: Iterable[Line]) -> list[Line]:
    """Return the lines that the profile does not hold yet, once each; that there is none only where nothing is."""
    held = current(session, beneficiary_id, tuple(Kind))
    known = {_as_line(one).key for one in held}
    kinds = {one.kind.value for one in held}
    fresh: dict[str, Line] = {}
    for line in lines:
        if line.on and line.on > paris_day(now):
            continue
        some = next((kind for kind, none in NONE_OF.items() if none == line.kind), None)
        if line.key not in known and words_of(line) and not {some, line.kind if some else None} & kinds:
            fresh.setdefault(line.key, line)
    stated = {line.kind for line in fresh.values()}
    return [one for one in fresh.values() if not any(NONE_OF.get(kind) == one.kind for kind in stated)]


def set_aside(session: Session, now: datetime, beneficiary_id: UUID, lines: Iterable[Line]) -> list[str]:
    """Say which lines are not proposed although the profile does not say them: to come, or against what it notes."""
    every = list(lines)
    kinds = {
        one.kind.value for one in current(session, beneficiary_id, tuple(_KINDS[kind] for kind in NONE_OF))
    }
    kinds |= {line.kind for line in every}
    found = [f"{words_of(line)}, une date à venir" for line in every if line.on and line.on > paris_day(now)]
    contrary = [none for some, none in NONE_OF.items() if some in kinds]
    return found + [f"{words_of(line)}, alors qu’il y en a" for line in every if line.kind in contrary]


def told_otherwise(session: Session, beneficiary_id: UUID, lines: Iterable[Line]) -> set[str]:
    """Return the keys of the lines whose thing the profile names already, with other details. One query."""
    held = current(session, beneficiary_id, tuple(_KINDS[kind] for kind in NONE_OF))
    names = {(one.kind.value, str(one.said.get("name", "")).casefold()) for one in held}
    return {one.key for one in lines if (one.kind, str(one.said.get("name", "")).casefold()) in names}


def _as_line(entry: Entry) -> Line:
    """What an entry says, tidied as a file's line is: what went out and comes back is the same."""
    kind, said, on = entry.kind.value, entry.said, entry.happened_on
    return line_of(kind, said, on) or Line(kind, said, on)


def words_of(line: Line) -> str:
    """ "Allergies et intolérances : pénicilline"; nothing for what the profile has no place for, or cannot show."""
    kind = _KINDS.get(line.kind)
    if kind is None:
        return ""
    if line.kind in _SAID_NONE:
        return _SAID_NONE[line.kind]
    entry = Entry(new_id(), 1, kind, line.on or _ANY_DAY.date(), line.said, new_id(), _ANY_DAY)
    try:
        words = entry_line(entry)
    except (KeyError, ValueError, TypeError, LookupError):
        return ""
    return f"{LABELS.get(kind, '')}\u202f: {words}" if words else ""


def add_lines(session: Session, now: datetime, by: Author, lines: Iterable[Line]) -> int:
    """Add those that are still new, in one unit of work; return how many. Raises as the profile does."""
    hold_for(session, now, by.beneficiary_id, OPEN)
    count = 0
    for line in new_lines(session, now, by.beneficiary_id, lines):
        try:
            add(session, now, by, _KINDS[line.kind], line.said, line.on)
        except NotNone:
            continue
        count += 1
    return count
