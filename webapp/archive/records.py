"""What the archive is made of: sections of records, each value with its name, the same in JSON and on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.family.reach import Family, Reached

SCHEMA = 2
"""Version of the names and of their meaning in `donnees.json`; it grows when one of them changes or goes."""


@dataclass(frozen=True)
class Coded:
    """A value of a short list: its code for programs, its words for people."""

    code: str
    words: str


@dataclass(frozen=True)
class Inside:
    """The place of a file of the archive: the page links to it."""

    place: str


Value = str | int | bool | date | datetime | Coded | Inside | tuple[Coded, ...] | None
Record = tuple[Value, ...]


@dataclass(frozen=True)
class Holder:
    """Whose data is asked for, and where it is read. `own_id`: their person, None while nothing proves it is theirs.

    An account that was made with a child's card tells nothing of its owner before they open their own space.
    """

    session: Session
    now: datetime
    account: AccountView
    family: Family = field(repr=False)
    own_id: UUID | None

    @property
    def spaces(self) -> list[Reached]:
        """The spaces whose content is told: one's own also when it is closed, since it holds it; of children's, those
        whose pages show it."""
        own = [self.family.own] if self.own_id is not None else []
        return [*own, *(one for one in self.family.children if one.is_open)]


@dataclass(frozen=True)
class Attached:
    """A file that lies in the archive beside what is said: where, how it is read (None: it cannot be), and whether its
    bytes are compressed already."""

    place: str
    read: Callable[[], bytes | None] = field(repr=False)
    pressed: bool = True


Read = Callable[[Holder], Iterable[Record]]


@dataclass(frozen=True)
class Section:
    """One part of the archive. `columns`: the name of each value in JSON, and its label; `single`: one record."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    read: Read
    single: bool = False


def plain(value: Value) -> str | int | bool | list[str] | None:
    """Return a value as JSON has it: ISO 8601 dates, moments in UTC, the code of what is coded."""
    if isinstance(value, Coded):
        return value.code
    if isinstance(value, Inside):
        return value.place
    if isinstance(value, date):
        return value.isoformat()
    return [one.code for one in value] if isinstance(value, tuple) else value
