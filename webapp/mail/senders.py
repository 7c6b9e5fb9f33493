"""How a letter leaves: by SMTP or an SMS gateway, or into a folder. Nothing here logs an address or a text."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from webapp.config import Settings
from webapp.mail.message import Outgoing, email_of


class NotSent(Exception):
    """The letter did not leave. `road_is_cut`: neither would the next one. The text names no recipient."""

    def __init__(self, why: str, *, road_is_cut: bool = False) -> None:
        super().__init__(why)
        self.road_is_cut = road_is_cut


class Road(Protocol):
    """One way out, kept open for a batch of letters."""

    def send(self, letter: Outgoing) -> None:
        """Send one letter; raise NotSent."""

    def close(self) -> None:
        """Close what is open."""


class Folder:
    """Letters as files, one each, in the order in which they were written; a second try writes the same file."""

    def __init__(self, folder: Path, suffix: str, content: Callable[[Outgoing], bytes]) -> None:
        self._folder, self._suffix, self._content = folder, suffix, content

    def send(self, letter: Outgoing) -> None:
        """Write the file whole or not at all."""
        name = file_name(letter.created_at, letter.id) + self._suffix
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(self._content(letter))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(temporary, self._folder / name)
            except BaseException:
                os.unlink(temporary)
                raise
        except OSError as error:
            raise NotSent(f"folder: {error.strerror}", road_is_cut=True) from None

    def close(self) -> None:
        """Nothing stays open."""


def file_name(moment: datetime, row_id: UUID) -> str:
    """A name that sorts by time: "20260302T093000.000000Z-<id>"."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{row_id}"


def mail_road(settings: Settings) -> Road:
    """Open the road of MAIL_URL (it connects at the first letter)."""
    if settings.mail_url.startswith("spool:"):
        return Folder(
            settings.folder(settings.mail_url), ".eml", lambda letter: email_of(letter, settings).as_bytes()
        )
    from webapp.mail.smtp import SmtpRoad

    return SmtpRoad(settings)


def sms_road(settings: Settings) -> Road:
    """Open the road of SMS_URL."""
    if settings.sms_url.startswith("spool:"):
        return Folder(
            settings.folder(settings.sms_url), ".txt", lambda letter: f"{letter.to}\n{letter.text}\n".encode()
        )
    from webapp.mail.gateway import GatewayRoad

    return GatewayRoad(settings.sms_url)
