"""Whose profile a page is about, and who writes in it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from webapp.family.here import current_space, not_open, of_another_space
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.profile.service import Author
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web.errors import error_page
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.work import READS, db, now

TITLE = "Profil médical"


def author() -> Author:
    """Return whose profile it is and which account writes; 404 when that space is not open."""
    who, space = member(), current_space()
    if who is None or not space.is_open:
        abort(404)
    return Author(space.id, who.account_id)


def _stays_as_it_is() -> Response | None:
    """Before a form is taken: while two guardians do not agree, nothing is written, and the page says whom to ask.

    Nor is anything written by a page that was about another space.
    """
    if request.method in READS:
        return None
    if current_space().frozen:
        return _frozen()
    return of_another_space()


def in_an_open_space(blueprint: Blueprint) -> None:
    """Have the pages of a blueprint say that the space is not open, when it is not."""
    blueprint.before_request(lambda: not_open(TITLE))


def keep_as_it_is(blueprint: Blueprint) -> None:
    """Have a blueprint write in no space that is frozen, closed, or not the one that its page was about.

    Looked at before a form is taken, and again by whatever writes, once nobody else can change it.
    """
    blueprint.before_request(_stays_as_it_is)
    blueprint.register_error_handler(SpaceFrozen, lambda _error: _frozen())
    blueprint.register_error_handler(AlreadyDecided, lambda _error: error_page(404))


def _frozen() -> Response:
    return show("profile/frozen.html", status=409, space=current_space())


def note_change(by: Author) -> None:
    """Write down that a profile was changed, never what: the last act of a transaction."""
    record(db(), Event.PROFILE_CHANGED, now=now(), beneficiary_id=by.beneficiary_id, account_id=by.account_id)
