"""Sending by SMTP: one connection for a batch, opened at its first letter and again when the server closed it."""

from __future__ import annotations

import contextlib
import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.config import Settings, SettingsError, is_loopback
from webapp.mail.message import Outgoing, email_of
from webapp.mail.senders import NotSent

TIMEOUT_SECONDS = 15.0
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class SmtpServer:
    """MAIL_URL, taken apart."""

    host: str
    port: int
    tls_from_start: bool
    starttls: bool
    user: str
    password: str = field(repr=False)


def smtp_server(url: str) -> SmtpServer:
    """Read `smtp://[user:password@]host[:port][?starttls=1]` or `smtps://…`; SettingsError when it cannot be."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError("MAIL_URL has a port that is no number.") from None
    options = parse_qs(parts.query)
    if not parts.hostname or set(options) - {"starttls"} or parts.path.strip("/"):
        raise SettingsError("MAIL_URL must be like smtp://user:password@host:587?starttls=1.")
    starttls = options.get("starttls", ["0"])[-1] in ("1", "on", "true")
    return SmtpServer(
        host=parts.hostname,
        port=port or (587 if starttls else PORTS[parts.scheme]),
        tls_from_start=parts.scheme == "smtps",
        starttls=starttls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def connect(server: SmtpServer, own_name: str, timeout: float = TIMEOUT_SECONDS) -> smtplib.SMTP:
    """Open a connection up to the moment where letters may be sent; OSError or SMTPException otherwise."""
    name = f"[{own_name}]" if _is_address(own_name) else own_name
    smtp: smtplib.SMTP
    if server.tls_from_start:
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(server.host, server.port, name, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


class SmtpRoad:
    """The road of `smtp://` and `smtps://`."""

    def __init__(self, settings: Settings) -> None:
        """Read MAIL_URL; nothing is opened yet."""
        self._settings = settings
        self._server = smtp_server(settings.mail_url)
        self._smtp: smtplib.SMTP | None = None

    def send(self, letter: Outgoing) -> None:
        """Send one letter; a connection that the server closed since the last one is opened again, once."""
        message = email_of(letter, self._settings)
        kept = self._smtp is not None
        while True:
            try:
                if self._smtp is None:
                    self._smtp = connect(self._server, self._settings.host)
                self._smtp.send_message(message, self._settings.sender_address, [letter.to])
            except (smtplib.SMTPServerDisconnected, ConnectionError) as error:
                self.close()
                if not kept:
                    raise NotSent(_why(error), road_is_cut=True) from None
                kept = False
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
                self._reset()
                raise NotSent(_why(error)) from None
            except smtplib.SMTPNotSupportedError as error:  # an address that this server cannot write
                self._reset()
                raise NotSent(_why(error), road_is_cut=self._smtp is None) from None
            except (OSError, smtplib.SMTPException) as error:
                self.close()
                raise NotSent(_why(error), road_is_cut=True) from None
            else:
                return

    def _reset(self) -> None:
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self.close()

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _why(error: Exception) -> str:
    """Name a fault without its text: servers repeat the recipient in theirs."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((answer[0] for answer in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def travels_in_clear(server: SmtpServer) -> bool:
    """Say whether letters would cross a network unencrypted."""
    return not (server.tls_from_start or server.starttls or is_loopback(server.host))
