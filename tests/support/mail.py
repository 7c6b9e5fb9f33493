"""A real SMTP server and a real SMS gateway on loopback, and letters to put in the outbox."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from webapp.mail.letter import Letter

PATIENCE_SECONDS = 30.0


@dataclass
class Mailbox:
    """What a mail server took, and how it is to behave. `answers` are given to DATA first, one each."""

    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    answers: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    closes_after: int = 0
    """Letters of one connection after which the server hangs up at the next, without a word."""
    port: int = 0

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.closes_after and len(self.messages) >= self.closes_after:
            self.closes_after = 0
            server.transport.abort()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        self.messages.append(message)
        return "250 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss/word", handled=False)


class _Listening(Controller):
    """A controller that may be given port 0: it says the port that it got."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def smtp_server(**options: Any) -> Iterator[Mailbox]:
    """Listen on a free loopback port."""
    box = Mailbox()
    if options.pop("login", False):
        options |= {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": False}
    controller = _Listening(box, hostname="127.0.0.1", port=0, **options)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Gateway:
    """What an SMS gateway took: the number of the address, and the text."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    port: int = 0


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """Listen on a free loopback port."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = gateway.statuses.pop(0) if gateway.statuses else 200
            if status == 200:
                asked = parse_qs(urlsplit(self.path).query).get("to", [""])[0]
                gateway.taken.append((body.get("to") or asked, body["message"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def a_letter(until: datetime | None = None, kind: str = "note") -> Letter:
    """A letter whose words are canaries."""
    return Letter(
        kind=kind,
        subject="Votre code – été",
        text="Bonjour Loïc,\n\nK7QM 2XWD 9HTA\n",
        html="<!doctype html><p>Bonjour Loïc,</p><p>K7QM 2XWD 9HTA</p>\n",
        sms="Code :\nK7QM 2XWD 9HTA",
        host="espace.example.fr",
        expires_at=until,
    )


def eventually(found: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until something is true, and return after how many seconds it was; fail after a bound."""
    start = time.monotonic()
    while not found():
        assert time.monotonic() - start < seconds, "it did not happen"
        threading.Event().wait(0.01)
    return time.monotonic() - start
