"""The visit of a browser: a random id in a cookie, and a sealed row for what was typed and proven.

A visit that did nothing has a cookie and no row, so that opening a page writes nothing. It ends after fifteen idle
minutes, ten on a shared computer. Nothing personal is ever in the cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NoReturn
from uuid import UUID

from flask import Flask, Response, abort, g, request
from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from webapp.db.vault import CannotUnseal, current_vault
from webapp.db.work import writing
from webapp.values.ids import new_id, new_token
from webapp.web import cookies
from webapp.web.models import VisitRow
from webapp.web.visit_row import along, read_row
from webapp.web.work import READS, db, engine, now, settings, was_asked_for

COOKIE = "visite"
IDLE = timedelta(minutes=15)
IDLE_SHARED = timedelta(minutes=10)
SEEN_EVERY = timedelta(seconds=30)
"""How often the clock of a visit is written at most."""
SEEN_PATIENCE = timedelta(milliseconds=250)
"""How long a page waits for that at most."""
OVER = "over"
"""Of the data: why the session of this visit is over (`IDLED`, `TOO_LONG`, `ELSEWHERE`)."""
IDLED, TOO_LONG, ELSEWHERE = "idle", "long", "elsewhere"
LEFT = "left"
"""Of the data: what was typed when the session had ended (see left.py)."""
FORMS = "forms"
"""Of the data: what the forms of this session are bound to once its id has changed (see `forms_of`)."""
FORMER = "former"
"""Of the data: whose session ended here by itself (`account`), and what its forms are bound to (`forms`)."""
_OUTLIVES = frozenset((OVER, LEFT, FORMS, FORMER))
"""What is still known of a visit that has ended."""

log = logging.getLogger(__name__)


@dataclass
class Visit:
    """One browser. `data` holds what features keep; call `save()` after changing it."""

    token: str
    row_id: UUID | None = None
    stored_digest: bytes | None = None
    """What the row is found by, as it was read: `save` gives up when another request has moved it meanwhile."""
    data: dict[str, Any] = field(default_factory=dict)
    account_id: UUID | None = None
    """Whose session this is, also once it ended by itself; None before a sign-in."""
    ended: bool = False
    """It ended by itself: nothing that it had proven stands any more."""
    was: dict[str, Any] = field(default_factory=dict)
    """What it held until then; kept apart, so that nobody takes it for what it holds."""
    last_seen_at: datetime | None = None
    along: dict[str, Any] = field(default_factory=dict)
    """What was read along with it, by the names that features gave."""
    fresh_cookie: bool = False
    forget: bool = False

    @property
    def digest(self) -> bytes:
        """Digest of the cookie's id: what the database knows of it."""
        return token_digest(self.token)

    @property
    def forms_of(self) -> str:
        """What forms are bound to (csrf.py): what the session was given for that, else the visit's id."""
        known: str = self.data.get(FORMS) or self.digest.hex()
        return known

    @property
    def forms_taken(self) -> tuple[str, ...]:
        """The same, the visit's id, and what the forms of a session that ended here were bound to.

        Those of the sign-in page are sent before anybody looks whether the session had ended; those of the session
        wait for its owner.
        """
        former = self.data.get(FORMER)
        return (self.forms_of, self.digest.hex(), *([former["forms"]] if former else []))

    def save(self) -> None:
        """Store `data`, sealed, in this request's unit of work; 409, and nothing stored, when two requests cross.

        Without that check, a form that was read before a code was proven and stored after it would put the
        former id back.
        """
        if self.ended:
            self.account_id, self.ended = None, False
        moment = now()
        row_id = self.row_id or new_id()
        sealed = current_vault().seal(VisitRow.__tablename__, row_id, self.data)
        if self.row_id is None:
            try:
                with db().begin_nested():
                    db().add(
                        VisitRow(
                            id=row_id,
                            token_digest=self.digest,
                            account_id=self.account_id,
                            sealed=sealed,
                            started_at=moment,
                            last_seen_at=moment,
                        )
                    )
            except IntegrityError:
                _give_up()
        else:
            moved = db().execute(
                update(VisitRow)
                .where(VisitRow.id == row_id, VisitRow.token_digest == self.stored_digest)
                .values(
                    sealed=sealed,
                    last_seen_at=moment,
                    token_digest=self.digest,
                    account_id=self.account_id,
                )
                .returning(VisitRow.id)
            )
            if moved.one_or_none() is None:
                _give_up()
        self.row_id, self.stored_digest, self.last_seen_at = row_id, self.digest, moment

    def rotate(self, form_key: str) -> None:
        """Take a new id, because the visitor has just proven something (session fixation).

        The new id derives from the old one and the form's own random key under our secret: the same form sent twice
        meets the same new id, and nobody who planted the old id can compute it.
        """
        secret = settings().keys.signing[0]
        mac = hmac.digest(secret, f"rotate\0{self.token}\0{form_key}".encode(), hashlib.sha256)
        self.token = base64.urlsafe_b64encode(mac).decode().rstrip("=")
        self.fresh_cookie = True

    def expire(self, why: str) -> None:
        """Let go of everything typed and proven, in this request alone: reading writes nothing."""
        self.was, self.ended, self.last_seen_at = self.data, True, None
        self.data = {key: value for key, value in self.was.items() if key in _OUTLIVES}
        if self.account_id is not None:
            former = {"account": str(self.account_id), "forms": self.forms_of}
            self.data.pop(FORMS, None)  # the sign-in page that comes now is anybody's
            self.data |= {OVER: why, FORMER: former}

    @property
    def holds_something(self) -> bool:
        """Say whether anything was typed or proven that an end would lose."""
        return self.row_id is not None and not self.ended and bool(self.data.keys() - _OUTLIVES)

    def end(self) -> None:
        """Forget everything: row and cookie."""
        if self.row_id is not None:
            db().execute(delete(VisitRow).where(VisitRow.id == self.row_id))
        self.row_id, self.data, self.forget = None, {}, True


def _give_up() -> NoReturn:
    """Store nothing of this request: what it was asked for no longer stands."""
    db().rollback()
    abort(409)


def token_digest(token: str) -> bytes:
    """Digest of a cookie's id (256 random bits: no salt is needed)."""
    return hashlib.sha256(token.encode()).digest()


def cookie_name() -> str:
    """Return the name of the cookie of a visit, as browsers see it."""
    return cookies.full_name(COOKIE)


def on_shared_computer() -> bool:
    """Say whether the visitor told us that this computer is shared: shorter visits, nothing remembered."""
    return cookies.read_cookie(cookies.SHARED) == "1"


def idle_time() -> timedelta:
    """How long a visit lives without a request."""
    return IDLE_SHARED if on_shared_computer() else IDLE


def visit() -> Visit:
    """Return the visit of this request, loaded once."""
    here: Visit | None = g.get("visit")
    if here is None:
        here = g.visit = _load(request.cookies.get(cookie_name(), ""))
    return here


def load_visit(token: str) -> Visit:
    """Load another id's visit into this request (a form sent twice, whose first answer took a new id)."""
    here = g.visit = _load(token)
    here.fresh_cookie = True
    return here


def _load(token: str) -> Visit:
    if not 40 <= len(token) <= 64:
        return Visit(token=new_token(), fresh_cookie=True)
    digest = token_digest(token)
    row = read_row(digest)
    if row is None:
        return Visit(token=token)
    found = Visit(token=token, row_id=row.id, stored_digest=digest, account_id=row.account_id)
    found.along = {name: getattr(row, name) for name in along}
    try:
        found.data = current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed)
    except CannotUnseal:
        found.ended = True
        return found
    found.last_seen_at = row.last_seen_at
    if is_over(row.last_seen_at, idle_time()) and found.holds_something:
        found.expire(IDLED)
    return found


def is_over(last_seen_at: datetime, idle: timedelta) -> bool:
    """Say whether nobody came for longer than `idle`.

    A visit last seen as far ahead is over too: the clock was set back, and would otherwise prolong it by as much.
    """
    return abs(now() - last_seen_at) > idle


def _hold() -> None:
    """Lock the visit before anything else: the journal's head would otherwise come first in some views, last in others.

    Of somebody signed in, every session of the account, always in the same order: one of them may be about to end
    the others, which would otherwise wait for it with what it waits for. SQLite has one writer at a time anyway. A
    visit that was closed from elsewhere since it was read acts no more.
    """
    here = visit()
    if here.row_id is None:
        return
    which = VisitRow.id == here.row_id
    if here.account_id is not None:
        which = or_(which, VisitRow.account_id == here.account_id)
    held = db().scalars(select(VisitRow.id).where(which).order_by(VisitRow.id).with_for_update()).all()
    if here.row_id not in held:
        _give_up()


def seen() -> None:
    """Move the clock of the visit (back too, when ours was); the one thing that a reading request writes here."""
    here: Visit | None = g.get("visit")
    if here is None or here.last_seen_at is None or request.method not in READS:
        return
    if was_asked_for() and is_over(here.last_seen_at, SEEN_EVERY):
        try:
            with writing(engine(), patience=SEEN_PATIENCE) as session:
                session.execute(update(VisitRow).where(VisitRow.id == here.row_id).values(last_seen_at=now()))
        except OperationalError:  # an import holds SQLite's one writer: the next page moves the clock
            log.info("a visit's clock was not moved")


def put_cookie(response: Response) -> Response:
    """Give the browser its id when it has none yet, or a new one; take it away after `end()`."""
    here: Visit | None = g.get("visit")
    if here is None:
        return response
    if here.forget:
        cookies.take_cookie(response, COOKIE)
    elif here.fresh_cookie:
        cookies.put_cookie(response, COOKIE, here.token)
    return response


def register_visits(app: Flask) -> None:
    """Let templates ask whether this computer is shared; two forms of one visit wait for each other."""
    app.extensions.setdefault("on_first_write", []).append(_hold)
    app.jinja_env.globals["on_shared_computer"] = on_shared_computer
