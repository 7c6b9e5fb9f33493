"""Who is signed in. Flask-Login asks here, and the answer is in the visit's sealed row.

Flask-Login's own session and remember-me cookies are never used: Flask has no SECRET_KEY here, so that its session
stays empty and unwritten, and a remember-me cookie that somebody sends means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, g, request
from flask_login import LoginManager, current_user

from webapp.values.devices import device_name
from webapp.values.ids import new_token
from webapp.web.left import take_along
from webapp.web.visit import (
    FORMER,
    FORMS,
    IDLE,
    IDLE_SHARED,
    IDLED,
    TOO_LONG,
    Visit,
    cookie_name,
    idle_time,
    is_over,
    on_shared_computer,
    visit,
)
from webapp.web.work import now

LONGEST = timedelta(hours=12)
"""A session ends after this long however busy it is (ASVS 5.0, 7.3.2)."""
PROOF_LASTS = timedelta(minutes=10)
"""How long after a step up one is not asked again."""
_KEY = "member"


@dataclass(frozen=True)
class Member:
    """Somebody signed in: Flask-Login's user. Reading it costs no query beyond the visit's."""

    account_id: UUID
    since: datetime
    by: str
    """What opened it beside the password: `email`, `sms`, `app`, `recovery`; or `passkey`, which needs none."""
    device: str
    """The browser and the system as their owner would name them; empty when the browser does not say."""
    shared: bool
    """The computer was said to be shared when the session began."""
    proven_at: datetime | None
    """When this person last proved again that it is them (step up)."""
    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the account's id as Flask-Login wants it."""
        return str(self.account_id)


class VisitLogin(LoginManager):  # type: ignore[misc]
    """Flask-Login without cookies of its own."""

    def _load_user_from_remember_cookie(self, cookie: str) -> Any:
        """Ignore it: such a cookie would otherwise come before the visit, and be a fault without a SECRET_KEY."""
        return self._load_user_from_request(request)


def member() -> Member | None:
    """Return who is signed in to this request, or None."""
    who = current_user._get_current_object()
    return who if who.is_authenticated else None


def sign_in(account_id: UUID, form_key: str, kept: dict[str, Any], *, by: str) -> None:
    """Start a session: a new id, and whatever this visit had typed or proven before is forgotten but `kept`.

    Its forms are bound to something that nobody saw who was not signed in. When the session of the same person had
    ended here by itself, to the same as that one's: a form of another tab still serves.
    """
    here = visit()
    former = here.data.get(FORMER)
    forms = former["forms"] if former and former["account"] == str(account_id) else new_token()
    here.rotate(form_key)
    session = {
        "account": str(account_id),
        "since": now().isoformat(),
        "by": by,
        "device": device_name(request.headers.get("User-Agent", "")),
        "shared": on_shared_computer(),
    }
    here.data = {**kept, **take_along(here, account_id), FORMS: forms, _KEY: session}
    here.account_id, here.ended = account_id, False
    here.save()


def step_up(form_key: str) -> None:
    """Note that the person has just proved again that it is them: a new id for the session, whose forms still serve."""
    here = visit()
    here.data[FORMS] = here.forms_of
    here.rotate(form_key)
    here.data[_KEY]["proven"] = now().isoformat()
    here.save()


def stepped_up() -> bool:
    """Say whether the person proved again, a short while ago, that it is them; a clock set back does not prolong it."""
    who = member()
    if who is None or who.proven_at is None:
        return False
    return timedelta() <= now() - who.proven_at < PROOF_LASTS


def read_session(data: dict[str, Any]) -> Member | None:
    """Read who is signed in from the data of a visit, whether or not it has ended; None when nobody is."""
    kept = data.get(_KEY)
    if kept is None:
        return None
    proven = kept.get("proven")
    return Member(
        UUID(kept["account"]),
        datetime.fromisoformat(kept["since"]),
        kept.get("by", "email"),
        kept.get("device", ""),
        kept.get("shared", False),
        datetime.fromisoformat(proven) if proven else None,
    )


def session_end() -> tuple[datetime, bool]:
    """Return when the session ends if nothing more is asked, and whether asking something prolongs it."""
    who = member()
    idle_end = now() + (IDLE_SHARED if who and who.shared else idle_time())
    if who is None or idle_end < who.since + LONGEST:
        return idle_end, True
    return who.since + LONGEST, False


def remembers_nothing() -> bool:
    """Say whether nothing of this browser may be kept: the computer is shared, or was when the session began."""
    here = visit()
    session = read_session(here.data) or read_session(here.was)
    return on_shared_computer() or (session is not None and session.shared)


def shows_signed_in() -> bool:
    """Say whether the page is a signed-in one; asks no database, since the page of a fault calls it too."""
    here: Visit | None = g.get("visit")
    return here is not None and _member_of(here) is not None


def lives(found: Member, now: datetime) -> bool:
    """Say whether a session is not too old; one that began ahead of the clock is, since the clock was set back."""
    return -IDLE <= now - found.since < LONGEST


def _member_of(here: Visit) -> Member | None:
    found = read_session(here.data)
    return found if found and lives(found, now()) else None


def _end_if_over(here: Visit) -> None:
    """End what outlived its time, as a visit that was idle too long."""
    found = read_session(here.data)
    if found is None:
        return
    if not lives(found, now()):
        here.expire(TOO_LONG)
    elif found.shared and here.last_seen_at is not None and is_over(here.last_seen_at, IDLE_SHARED):
        here.expire(IDLED)  # although somebody took away the mark of the shared computer


def register_signed_in(app: Flask) -> None:
    """Have Flask-Login read the visit, for each request that brings one."""
    login = VisitLogin(app, add_context_processor=False)
    login.session_protection = None

    @login.request_loader  # type: ignore[untyped-decorator]
    def _load(_request: Request) -> Member | None:
        return _member_of(visit())

    @app.before_request
    def _recognise() -> None:
        if cookie_name() in request.cookies and request.endpoint not in ("public.alive", "public.ready"):
            _end_if_over(visit())

    app.jinja_env.globals["signed_in"] = shows_signed_in
