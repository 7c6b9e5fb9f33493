"""By which channels an account can get an access code, and starting with one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account import access_codes
from webapp.account.sending import destinations, put_access_code
from webapp.account.service import AccountView
from webapp.account.ways import APP, Held, held
from webapp.config import Settings
from webapp.mail.letter import Destination


@dataclass(frozen=True)
class Channels:
    """Where codes can be sent (`email`, `sms`), and those that the owner of the account holds (`app`)."""

    places: dict[str, Destination] = field(repr=False)
    held: Held

    def has(self, channel: str) -> bool:
        """Say whether the account has this channel."""
        return channel in self.places or (channel == APP and bool(self.held))

    def choose(self, wanted: str) -> str | None:
        """Return the channel that was asked for, or else one that there is; None when there is none."""
        if self.has(wanted):
            return wanted
        return next(iter(self.places), APP if self.held else None)


def channels_of(session: Session, known: AccountView) -> Channels:
    """Return the channels of an account."""
    return Channels(destinations(session, known), held(session, known.id))


def begin_code(
    session: Session, now: datetime, settings: Settings, known: AccountView, channel: str, channels: Channels
) -> UUID:
    """Start a sign-in whose password was right by one of its channels; raises TooMany. Return its id."""
    sent = access_codes.begin(session, now, known, channel, _life(settings))
    if channel in channels.places:
        put_access_code(session, now, settings, known, sent, channels.places[channel])
    return sent.sign_in_id


def begin_again(
    session: Session,
    now: datetime,
    settings: Settings,
    known: AccountView,
    sign_in_id: UUID,
    channel: str,
    channels: Channels,
) -> None:
    """Go on with a sign-in by one of its channels: the code sent before dies. Raises TooMany or SignInOver."""
    sent = access_codes.resend(session, now, sign_in_id, known, channel, _life(settings))
    if channel in channels.places:
        put_access_code(session, now, settings, known, sent, channels.places[channel])


def _life(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.access_code_minutes)
