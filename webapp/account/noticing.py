"""The notice of a sign-in from a browser and a network that the account does not know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.guard import Origin, is_known_place
from webapp.account.sending import destinations
from webapp.account.service import AccountView
from webapp.account.telling import tell_at
from webapp.config import Settings
from webapp.journal.events import Event
from webapp.journal.service import has_happened

NEW_DEVICE = "new-device"
NEW_MESSAGE = "new-message"
NOTICES = {
    NEW_DEVICE: "Prévenir d’une connexion depuis un appareil et un réseau inconnus",
    NEW_MESSAGE: "Prévenir d’un nouveau message dans la messagerie",
}
"""The notices that a person may decline (`AccountView.declined`), in words; other letters are always sent."""


def notice_sign_in(
    session: Session, now: datetime, settings: Settings, known: AccountView, origin: Origin
) -> None:
    """Tell the owner of a sign-in from a new place, by e-mail if there is an address, else by SMS.

    Call it before that place is remembered and before the sign-in is written down: the first one of an account tells
    nothing new, nor does one from a known place.
    """
    if NEW_DEVICE in known.declined or is_known_place(session, now, known, origin):
        return
    if not has_happened(session, known.id, Event.SIGN_IN_DONE):
        return
    places = destinations(session, known)
    to = places.get("email") or places.get("sms")
    if to is not None:
        tell_at(session, now, settings, known, [to], "new-sign-in", device=origin.browser)
