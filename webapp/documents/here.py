"""What the views of documents share: the open space one is in, who is there, a place in a list, what was just done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, abort, g, request

from webapp.db.work import reading
from webapp.documents.service import Filed, document
from webapp.family.here import current_space, of_another_space
from webapp.family.reach import Reached, family_of
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.visit import visit
from webapp.web.work import READS, db, engine, now, today

_DONE = "documents-done"
"""Of the visit's data: what was just done, to which documents, and when; the list then says it."""
_SAID_FOR = timedelta(minutes=1)


def read_family_first() -> None:
    """Read whom a form is about while nothing is locked: opening what is sent takes longer than anybody may wait."""
    who = member()
    if request.method not in READS and who is not None and "family" not in g:
        with reading(engine()) as session:
            g.family = family_of(session, who.account_id, today())


def stays_as_it_is() -> Response | None:
    """Before a form is taken: while two guardians do not agree, nothing is written, and the page says whom to ask.

    Nor is anything written by a page that was about another space. Looking for a document writes nothing of a space.
    """
    if request.method in READS or request.endpoint == "documents.look_for":
        return None
    return frozen() if current_space().frozen else of_another_space()


def frozen() -> Response:
    """Say that the space stays as it is."""
    return show("documents/frozen.html", status=409, space=current_space())


def open_space() -> Reached:
    """Return the space one is in; 404 when it is not open: nothing of it is within reach."""
    space = current_space()
    if not space.is_open:
        abort(404)
    return space


def my_account() -> UUID:
    """Return the account of whoever is here."""
    who = member()
    if who is None:
        abort(404)
    return who.account_id


def found(document_id: UUID) -> Filed:
    """Return a document of the space one is in, in the bin or not; 404 for any other."""
    return document(db(), open_space(), document_id) or abort(404)


def place() -> UUID | None:
    """Return the document after which the list goes on; 404 for what cannot be one."""
    asked = request.args.get("avant")
    if asked is None:
        return None
    try:
        after = UUID(asked)
    except ValueError:
        abort(404)
    return after if str(after) == asked else abort(404)


def known_place(space: Reached, before: UUID | None) -> None:
    """404 for a place in the list that is no document of this space; asked only when nothing follows it."""
    if before is not None and document(db(), space, before) is None:
        abort(404)


def note(event: Event, facts: dict[str, Any] | None = None) -> None:
    """Write down what was done, never to which document: the last act of a transaction."""
    record(db(), event, now=now(), beneficiary_id=open_space().id, account_id=my_account(), facts=facts)


def say_done(what: str, **facts: Any) -> None:
    """Have the list say what was just done in this space."""
    here = visit()
    here.data[_DONE] = {"what": what, "space": str(open_space().id), "at": now().isoformat(), **facts}
    here.save()


def done() -> dict[str, Any] | None:
    """Return what was just done; a page opened again a minute later no longer says it."""
    kept: dict[str, Any] | None = visit().data.get(_DONE)
    if kept is None or kept["space"] != str(current_space().id):
        return None
    return kept if timedelta() <= now() - datetime.fromisoformat(kept["at"]) < _SAID_FOR else None
