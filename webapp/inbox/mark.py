"""The unread mark: how many messages wait in the space one is in, said on every page of whoever is signed in.

It costs no query of its own: one's own count is read with the visit, a child's with the family.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g

from webapp.family import reach
from webapp.family.here import other_space
from webapp.family.reach import Reached
from webapp.inbox.rules import count_in_figures, count_in_words
from webapp.inbox.service import count_unread, unread_of, unread_of_own
from webapp.inbox.telling import write_down
from webapp.spaces.happening import tell_with
from webapp.web import visit_row
from webapp.web.visit import visit
from webapp.web.work import db

_NAME = "unread"


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
    """Return the mark of this request."""
    if _NAME in g:
        return Mark(g.unread)
    child = other_space()
    if child is None:
        return Mark(visit().along.get(_NAME, 0))
    return Mark(child.along.get(_NAME, 0) if child.is_open else 0)


def count_again(space: Reached) -> None:
    """Count anew what this request has just changed."""
    g.unread = count_unread(db(), space)


def register_inbox(app: Flask) -> None:
    """Let the layout say the mark; write down what happens to spaces."""
    visit_row.read_along(_NAME, unread_of_own(visit_row.ACCOUNT_ID))
    reach.read_along(_NAME, unread_of(reach.SPACE_ID, reach.ROLE))
    app.jinja_env.globals["inbox_mark"] = mark
    tell_with(write_down)
