"""What the views of the inbox share: the open space one is in, a place in a list, what was just done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, abort, request

from webapp.family.here import current_space, of_another_space, other_space
from webapp.family.reach import Reached
from webapp.inbox.service import message
from webapp.web.visit import visit
from webapp.web.work import db, now

_DONE = "inbox-done"
"""Of the visit's data: what was just done, to which message, in whose space, and when; the next page says it."""
_SAID_FOR = timedelta(minutes=1)


def shown_here() -> Response | None:
    """Before a form is taken: refuse one whose page was about another space; looking for words writes nothing."""
    return None if request.endpoint == "inbox.look_for" else of_another_space()


def open_space() -> Reached:
    """Return the space one is in; 404 when it is not open: nothing of it is within reach."""
    space = current_space()
    if not space.is_open:
        abort(404)
    return space


def place() -> UUID | None:
    """Return the message after which the list goes on; 404 for what cannot be one."""
    asked = request.args.get("avant")
    if asked is None:
        return None
    try:
        found = UUID(asked)
    except ValueError:
        abort(404)
    return found if str(found) == asked else abort(404)


def known_place(space: Reached, before: UUID | None) -> None:
    """404 for a place in the list that is no message of this space; asked only when nothing follows it."""
    if before is not None and message(db(), space, before) is None:
        abort(404)


def say_done(what: str, message_id: UUID) -> None:
    """Have the next page say what was just done."""
    here = visit()
    here.data[_DONE] = {"what": what, "message": str(message_id), "child": _child(), "at": now().isoformat()}
    here.save()


def done() -> dict[str, str] | None:
    """Return what was just done; a page opened again a minute later no longer says it."""
    kept: dict[str, str] | None = visit().data.get(_DONE)
    if kept is None or kept.get("child") != _child():
        return None
    return kept if timedelta() <= now() - datetime.fromisoformat(kept["at"]) < _SAID_FOR else None


def _child() -> str:
    """Return the child whose space one is in; empty in one's own, which is not asked for here."""
    space = other_space()
    return str(space.id) if space else ""
