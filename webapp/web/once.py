"""A form sent twice acts once: each form carries a random key, and its answer is kept by browser and key.

The key is put down in the same transaction as the act, so that of two forms sent at once the second waits for the
first, then goes on where the first went. A refusal takes the key away again: a corrected form may be sent.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from functools import cache
from typing import Any, cast

from flask import Flask, Response, abort, g, request
from markupsafe import Markup
from sqlalchemy import Executable, LargeBinary, Table, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from webapp.db.upsert import insert_of
from webapp.db.vault import current_vault
from webapp.db.work import reading, run
from webapp.web.models import GivenAnswer
from webapp.web.pages import see_other
from webapp.web.visit import cookie_name, load_visit, token_digest, visit
from webapp.web.work import READS, db, engine, now

_GIVEN = cast(Table, GivenAnswer.__table__)
_OLD = bindparam("old", type_=LargeBinary())
_MINE = (_GIVEN.c.token_digest == _OLD, _GIVEN.c.form_key == bindparam("key"))
_LOCATION = select(_GIVEN.c.location).where(*_MINE)
_KEEP = update(_GIVEN).where(*_MINE).values(location=bindparam("to"))
_DROP = delete(_GIVEN).where(*_MINE)

FIELD = "once"
MASKED = "csrf_token"
"""Left out of what is compared: it is masked afresh each time a page is shown."""


def once_field() -> Markup:
    """Return the hidden field with a new key."""
    key = secrets.token_urlsafe(12)
    return Markup(f'<input type="hidden" name="{FIELD}" value="{key}">')  # noqa: S704  (base64)


def form_key() -> str:
    """Return what makes this form one and the same: its key, its address and what it says.

    Somebody who goes back and answers otherwise sends another form, although the page still carries the same key.
    Under our index key, since fields hold passwords and numbers. A random one when the form carries no key.
    """
    if "form_key" not in g:
        key = request.form.get(FIELD, "")
        if 8 <= len(key) <= 64 and key.isascii() and key.isprintable():
            fields = sorted((name, values) for name, values in request.form.lists() if name != MASKED)
            said = [request.path, fields, *_files()]
            mac = current_vault().index("form", json.dumps(said))
            g.form_key = base64.urlsafe_b64encode(mac).decode().rstrip("=")
        else:
            g.form_key = secrets.token_urlsafe(12)
    return cast(str, g.form_key)


def _files() -> list[list[str]]:
    """Return the files that are sent, by digest: the same fields with another file are another form."""
    found = []
    for name, file in request.files.items(multi=True):
        found.append([name, file.filename or "", hashlib.file_digest(file.stream, "sha256").hexdigest()])  # type: ignore[arg-type]
        file.stream.seek(0)
    return found


def replay() -> BaseResponse | None:
    """Answer a form that was already answered: nothing acts, so this comes before any other check."""
    if request.method in READS or FIELD not in request.form:
        return None
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return None
    with reading(engine()) as session:
        location = run(session, _LOCATION, old=token_digest(token), key=form_key()).scalar()
    return _again(location) if location else None


def _again(location: str) -> BaseResponse:
    """Send on to where the first one went, with the id that the first answer gave.

    The visit is read again: when both were sent at once, the first took the new id after we had read the old one.
    """
    here = load_visit(request.cookies.get(cookie_name(), ""))
    here.fresh_cookie = False
    if here.row_id is None:
        here.rotate(form_key())
        renewed = load_visit(here.token)
        renewed.fresh_cookie = renewed.row_id is not None
    return see_other(location)


def put_key_down() -> None:
    """Claim the key of this form for this browser, or answer (abort) as the one that claimed it first.

    Done when a view first writes, not before: a slow password hash must not hold the claim, nor SQLite's one writer.
    """
    if FIELD not in request.form:
        return
    claim = {"token_digest": visit().digest, "form_key": form_key()}
    try:
        with db().begin_nested():
            db().add(GivenAnswer(**claim, location="", at=now()))
    except IntegrityError:
        location = run(db(), _LOCATION, old=claim["token_digest"], key=claim["form_key"]).scalar()
        if location:
            abort(_again(location))
        return
    g.claim = claim


def keep_answer(response: Response) -> Response:
    """Keep where the form led; take the key away when it was refused."""
    claim = g.pop("claim", None)
    if claim is None:
        return response
    mine = {"old": claim["token_digest"], "key": claim["form_key"]}
    if response.status_code == 303 and len(response.location) <= 400 and not g.get("unanswered"):
        run(db(), _KEEP, **mine, to=response.location)
        if visit().digest != mine["old"]:  # a form sent again may come with either id
            run(db(), _follow(insert_of(db())), old=mine["old"], new=visit().digest)
    elif response.status_code < 500:
        run(db(), _DROP, **mine)
    return response


def leave_unanswered() -> None:
    """Let this very form be sent again: its visitor was sent elsewhere, and nothing was done."""
    g.unanswered = True


@cache
def _follow(insert: Any) -> Executable:
    """Make the statement that keeps every answer of a visit under its new id too."""
    kept = select(bindparam("new", type_=LargeBinary()), _GIVEN.c.form_key, _GIVEN.c.location, _GIVEN.c.at)
    columns = ("token_digest", "form_key", "location", "at")
    made: Executable = (
        insert(_GIVEN)
        .from_select(columns, kept.where(_GIVEN.c.token_digest == _OLD))
        .on_conflict_do_nothing()
    )
    return made


def register_once(app: Flask) -> None:
    """Give templates the field; claim it with the first write of a request."""
    app.extensions.setdefault("on_first_write", []).append(put_key_down)
    app.jinja_env.globals["once_field"] = once_field
