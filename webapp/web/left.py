"""What was typed when a session had ended is found again after signing in (WCAG 2.2.5, 2.2.6).

It waits in the sealed row of the visit, for a day at most, with whose it was: another account that signs in there
never meets it. Passwords and codes are never kept, and a shared computer keeps nothing at all.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, g, request
from werkzeug.datastructures import MultiDict

from webapp.web.csrf import shown_about
from webapp.web.once import leave_unanswered
from webapp.web.visit import LEFT, Visit, on_shared_computer, visit
from webapp.web.work import READS, db, now, writes

KEPT = timedelta(hours=24)
BIGGEST = 8 * 1024
"""Bytes kept at most, names included; more than that is not kept at all, and nothing is promised."""
_NEVER = ("csrf", "once", "password", "code", "credential", "secret", "token", "confirm", "accept")
"""Fields whose name holds one of these words are never kept; what is consented to is asked again."""
_NOT_TYPED = frozenset(("seen", "skip", "version"))
"""What a button or the page itself says: kept with what was typed, and nothing that anybody misses when alone."""
WORTH_COPYING = 20
"""Signs of a text that is shown again when it could not be taken; shorter ones are soon typed again."""
_WHO = ("nir", "birth", "card")
_LED = "led"
"""Of what is kept: a sign-in has led to it already."""
_contexts: set[str] = set()


def keep_with(key: str) -> None:
    """Have this key of a visit's data kept too: it says whose page it was, and a page of somebody else differs."""
    _contexts.add(key)


def leave() -> None:
    """Keep what this request sends for the owner of its session, who has to sign in or to prove again who it is."""
    here, typed = visit(), _typed()
    if here.account_id is None or not typed or not writes():
        return
    owner, context = here.account_id, _context(here.was or here.data)
    if not shown_about("".join(map(str, context.values()))):
        return  # of another tab: found again in the space one is in, it would be taken for what is said of that one
    db()  # before anything is put down: the first write forgets what the same form had left before
    leave_unanswered()
    here.data[LEFT] = {
        "account": str(owner),
        "path": request.path,
        "fields": typed,
        "with": context,
        "at": now().isoformat(),
    }
    here.save()


def something_waits() -> bool:
    """Say whether what was typed waits for its owner to sign in."""
    kept = _fresh(visit())
    return kept is not None and _LED not in kept


def waits_on(path: str) -> bool:
    """Say whether whoever is signed in will find again on this page what they typed."""
    here = visit()
    kept = _fresh(here)
    return kept is not None and (kept["path"], kept["account"]) == (path, str(here.account_id))


def way_back(account_id: UUID) -> str | None:
    """Return the address of the page on which this account will find again what it typed; once."""
    kept = _fresh(visit())
    return kept["path"] if kept and kept["account"] == str(account_id) and _LED not in kept else None


def take_along(here: Visit, account_id: UUID) -> dict[str, Any]:
    """Return what a new session of this account goes on with; what another one typed is forgotten.

    It stays for its day, but a later sign-in neither promises it again nor leads there: something else was typed last.
    """
    kept = _fresh(here)
    if kept is None or kept["account"] != str(account_id):
        return {}
    return {LEFT: {**kept, _LED: True}, **kept["with"]}


def bring_back(names: set[str]) -> MultiDict[str, str] | None:
    """Return what was typed on this page, in a form with these fields; None when nothing was, or not by its owner."""
    here = visit() if request.method in READS and "visit" in g else None
    kept = _fresh(here) if here else None
    if here is None or kept is None or here.ended or kept["path"] != request.path:
        return None
    mine = kept["account"] == str(here.account_id) and kept["with"] == _context(here.data)
    fields = MultiDict((name, value) for name, value in kept["fields"])
    if not mine or not names.intersection(fields):
        return None
    g.found_again = True
    return fields


def to_copy() -> list[str]:
    """Return the texts of this request that are worth copying from the page that refuses it.

    Only what came from a page of ours: whatever another site sends is never shown as what the visitor wrote, and
    browsers too old to say where it comes from get nothing. Nothing on a shared computer, of whom one says to be nor
    of what is secret.
    """
    ours = request.method not in READS and request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not ours or on_shared_computer():
        return []
    return [
        value
        for name, value in _typed()
        if len(value) >= WORTH_COPYING and " " in value and not name.startswith(_WHO)
    ]


def found_again() -> bool:
    """Say whether this page shows what was typed before the session ended."""
    return bool(g.get("found_again"))


def _typed() -> list[tuple[str, str]]:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name.lower() for word in _NEVER) and not _is_id(value)
    ]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    said = any(value for name, value in fields if name not in _NOT_TYPED)
    return fields if said and size <= BIGGEST else []


def _is_id(value: str) -> bool:
    """Say whether a value is the id of a row, which nobody typed."""
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _fresh(here: Visit) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = here.data.get(LEFT)
    if kept is None:
        return None
    return kept if timedelta() <= now() - datetime.fromisoformat(kept["at"]) < KEPT else None


def _context(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in sorted(_contexts) if key in data}


def _forget_once_sent() -> None:
    """Drop it with the first write of the form that it belongs to."""
    here = visit()
    kept = here.data.get(LEFT)
    if kept is None or here.ended or kept["path"] != request.path:
        return
    if request.form.keys() & {name for name, _value in kept["fields"]}:
        del here.data[LEFT]
        here.save()


def register_left(app: Flask) -> None:
    """Forget what was kept once it is sent; let the layout say that it is back."""
    app.extensions.setdefault("on_first_write", []).append(_forget_once_sent)
    app.jinja_env.globals["found_again"] = found_again
