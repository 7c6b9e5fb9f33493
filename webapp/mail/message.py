"""What a sender is given, and how an e-mail is put together (RFC 5322, plain text and HTML)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

from webapp.config import Settings


@dataclass(frozen=True)
class Outgoing:
    """One letter with its recipient, unsealed for the time of sending."""

    id: UUID
    created_at: datetime
    message_id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str | None = field(repr=False)
    language: str = "fr"


def email_of(letter: Outgoing, settings: Settings) -> EmailMessage:
    """Build the message. Header values that hold a line end are refused by the library (ValueError)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=settings.site_name, addr_spec=settings.sender_address)
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answer comes back
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = (
        letter.language
    )  # last: what is said of contents before they are set is lost
    return message
