"""The unread mark: how many messages wait in the space one is in, said on every page of whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g

from webapp.db.work import reading
from webapp.family.here import current_space, other_space
from webapp.inbox.rules import count_in_figures, count_in_words
from webapp.inbox.service import count_own_unread, count_unread
from webapp.inbox.telling import write_down
from webapp.spaces.happening import tell_with
from webapp.web.signed_in import member
from webapp.web.work import db, engine, writes


@dataclass(frozen=True)
class Mark:
    """What the link to the inbox says."""

    count: int

    @property
    def words(self) -> str:
        """ "1 message non lu"; nothing for none."""
        return count_in_words(self.count)

    @property
    def figures(self) -> str:
        """ "1"; "99+"."""
        return count_in_figures(self.count)


def mark() -> Mark:
    """Return the mark of this request, counted once; none on the page of a fault, which asks no database."""
    if "unread" not in g:
        g.unread = 0 if g.get("fault") else _count()
    return Mark(g.unread)


def _count() -> int:
    who = member()
    if who is None:
        return 0
    space = current_space() if "family" in g else other_space()
    if space is not None and not space.is_open:
        return 0
    if not writes():
        return count_own_unread(db(), who.account_id) if space is None else count_unread(db(), space)
    with reading(engine()) as session:  # a form that is refused takes no lock for this
        return count_own_unread(session, who.account_id) if space is None else count_unread(session, space)


def register_inbox(app: Flask) -> None:
    """Let the layout say the mark; write down what happens to spaces."""
    app.jinja_env.globals["inbox_mark"] = mark
    tell_with(write_down)
