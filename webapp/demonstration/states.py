"""States of the page that shows what was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from webapp.db.work import writing
from webapp.mail.delivery import deliver_due
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.web.states import State, World

ADDRESS = "/demonstration/envois"
_MAIL = Destination("email", "camille@example.org")
_PHONE = Destination("sms", "+33799990001")


def _one(world: World) -> None:
    _send(world, "provisional-code", _MAIL)


def _many(world: World) -> None:
    for _ in range(4):
        for kind in ("provisional-code", "access-code", "space-opened", "opposition-recorded"):
            _send(world, kind, _PHONE if kind == "access-code" else _MAIL)


def _english(world: World) -> None:
    _send(world, "access-code", _PHONE, language="en")
    _send(world, "space-opened", _MAIL, language="en")


def _send(world: World, kind: str, to: Destination, language: str = "fr") -> None:
    known = world.app.extensions
    now = known["clock"]()
    facts: dict[str, Any] = {"name": "Camille", "for_child": False, "minutes": 15, "at": now}
    facts["until"] = now + timedelta(minutes=15)
    facts["code"] = "012345" if kind == "access-code" else "K7QM2XWD9HTA"
    facts["sign_in_url"] = f"{known['settings'].public_url}/connexion"
    with writing(known["engine"]) as session:
        put(session, render_letter(kind, known["settings"], language=language, **facts), to, now)
    deliver_due(known["engine"], known["settings"], known["clock"])


STATES = (
    State("sent-nothing", ADDRESS, kind="prose"),
    State("sent-one", ADDRESS, _one, kind="prose"),
    State("sent-english", ADDRESS, _english, kind="prose"),
    State("sent-many", ADDRESS, _many, kind="prose"),
)
