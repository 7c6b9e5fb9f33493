"""The checks of `espace-sante doctor`. None shows a secret, a name or an address of a person."""

from __future__ import annotations

import smtplib
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine, LargeBinary, and_, func, literal, not_, or_, select
from sqlalchemy.exc import SQLAlchemyError

import webapp.features  # noqa: F401  (every model)
from webapp.config import CHECKOUT, Settings, SettingsError
from webapp.db.base import Base
from webapp.db.migrate import current, newest
from webapp.db.vault import CannotUnseal, current_vault
from webapp.db.work import reading
from webapp.journal.checking import read_head, verify_chain
from webapp.mail.models import WAITING, OutboxRow
from webapp.mail.smtp import connect, smtp_server, travels_in_clear
from webapp.values.clock import utc_now
from webapp.values.ids import new_id

LATE = timedelta(minutes=5)
"""A letter that has been due for so long says that no worker runs."""
SMTP_SECONDS = 5.0
SAMPLE_NUMBER = "+33799990001"  # nobody's, and nothing is sent to it
FONTS = CHECKOUT / "webapp" / "pdf" / "fonts"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: what was looked at, whether it is good, and what to do when it is not."""

    what: str
    good: bool
    says: str


def database(engine: Engine) -> Finding:
    """Reach the database, and compare its revision with the newest."""
    try:
        found, wanted = current(engine), newest()
    except SQLAlchemyError as error:
        why = type(error).__name__
        return Finding("database", False, f"cannot be reached ({why}): check DATABASE_URL and that it runs.")
    if found != wanted:
        at = f"at revision {found}" if found else "empty"
        return Finding("database", False, f"{at}, not {wanted}: run espace-sante db upgrade.")
    return Finding("database", True, f"{engine.dialect.name}, revision {found}")


def keys(settings: Settings, engine: Engine) -> Finding:
    """Seal and open a probe; look for rows sealed under a key that is not known any more."""
    vault, row_id = current_vault(), new_id()
    try:
        if vault.unseal("probe", row_id, vault.seal("probe", row_id, {"a": 1})) != {"a": 1}:
            return Finding("keys", False, "what was sealed does not open again: check DATA_KEYS.")
    except CannotUnseal:
        return Finding("keys", False, "what was sealed does not open again: check DATA_KEYS.")
    starts = [bytes([1, len(name)]) + name.encode() for name in settings.keys.data]
    with reading(engine) as session:
        for table in Base.metadata.sorted_tables:
            if "sealed" not in table.columns or not isinstance(table.columns["sealed"].type, LargeBinary):
                continue
            column = table.columns["sealed"]
            known = or_(
                *(func.substr(column, 1, len(start)) == literal(start, LargeBinary) for start in starts)
            )
            stranger = select(literal(1)).where(and_(column.is_not(None), not_(known))).limit(1)
            if session.execute(stranger).first() is not None:
                return Finding(
                    "keys", False, f"{table.name} holds rows under a key that DATA_KEYS lacks: put it back."
                )
    return Finding("keys", True, f"{', '.join(settings.keys.data)} (the first one writes)")


def outbox(settings: Settings, engine: Engine) -> Finding:
    """Look for a letter that should have left long ago."""
    now = utc_now()
    with reading(engine) as session:
        row = session.execute(select(func.count(), func.min(OutboxRow.due_at)).where(WAITING)).one()
    waiting = row[0]
    oldest: datetime | None = row[1]
    if oldest is not None and now - oldest > LATE:
        minutes = int((now - oldest).total_seconds() // 60)
        return Finding(
            "outbox",
            False,
            f"{waiting} letters wait, the oldest for {minutes} minutes: run espace-sante worker.",
        )
    return Finding("outbox", True, f"{waiting} letters wait, none of them late")


def journal(settings: Settings, engine: Engine) -> Finding:
    """Check the whole chain; say its head, to be noted somewhere else."""
    with reading(engine) as session:
        problems = verify_chain(session)
        head = read_head(session)
    if problems:
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        return Finding(
            "journal", False, f"{problems[0]}{more}: compare with a backup, and find out who wrote."
        )
    if head is None:
        return Finding("journal", True, "no entry yet")
    return Finding("journal", True, f"{head.length} entries, head {head.last_mac.hex()[:16]}")


def mail(settings: Settings) -> Finding:
    """Speak with the mail server, without sending anything; or try the folder."""
    if settings.mail_url.startswith("spool:"):
        return _folder("mail", "MAIL_URL", settings, settings.mail_url)
    try:
        server = smtp_server(settings.mail_url)
    except SettingsError as error:
        return Finding("mail", False, str(error))
    try:
        smtp = connect(server, settings.host, SMTP_SECONDS)
        smtp.noop()
        smtp.quit()
    except (OSError, smtplib.SMTPException) as error:
        why = type(error).__name__
        return Finding(
            "mail", False, f"{server.host}:{server.port} does not take letters ({why}): check MAIL_URL."
        )
    if settings.production and travels_in_clear(server):
        return Finding(
            "mail", False, "letters would travel in clear: use smtps:// or ?starttls=1 in MAIL_URL."
        )
    return Finding("mail", True, f"{server.host}:{server.port} answers, from {settings.sender_address}")


def sms(settings: Settings) -> Finding:
    """Read the gateway's URL, without sending anything; or try the folder."""
    if settings.sms_url.startswith("spool:"):
        return _folder("SMS", "SMS_URL", settings, settings.sms_url)
    from webapp.mail.gateway import parse_gateway

    service = settings.sms_url.split("://", 1)[0]
    if parse_gateway(settings.sms_url, SAMPLE_NUMBER) is None:
        return Finding("SMS", False, f"SMS_URL ({service}://…) is not an address that Apprise can read.")
    if settings.production and "{to}" not in settings.sms_url:
        return Finding("SMS", False, "SMS_URL lacks {to}: everyone's codes would go to the same place.")
    return Finding("SMS", True, f"gateway {service}://")


def documents(settings: Settings) -> Finding:
    """Write a file into the store of documents, read it, remove it."""
    from webapp.documents.storage import new_file_name, store_of

    url = settings.documents_url
    if url.startswith("file:"):
        return _writable("documents", "DOCUMENTS_URL", settings.folder(url))
    where = f"s3://{urlsplit(url).hostname}"
    name, data = new_file_name(), b"doctor"
    try:
        store = store_of(settings)
        store.write(name, data)
        try:
            same = store.read(name) == data
        finally:
            store.remove(name)
    except Exception as error:  # noqa: BLE001  (a store may fail in any way; its words may hold its key)
        why = type(error).__name__
        return Finding("documents", False, f"{where} does not keep a file ({why}): check DOCUMENTS_URL.")
    if not same:
        return Finding("documents", False, f"{where} gives back something else: check DOCUMENTS_URL.")
    return Finding("documents", True, f"into {where}")


def files(settings: Settings) -> Finding:
    """Look for what a page and a receipt cannot do without."""
    needed = [
        CHECKOUT / "static" / "look.css",
        *(FONTS / f"EspaceDejaVuSans{bold}.ttf" for bold in ("", "-Bold")),
    ]
    for path in needed:
        if not path.is_file():
            return Finding(
                "files", False, f"{path.relative_to(CHECKOUT)} is missing: take the checkout again."
            )
    return Finding("files", True, "stylesheet and fonts are there")


def news(settings: Settings) -> Finding:
    """Read the news as a page would."""
    from webapp.news.rules import NewsProblem
    from webapp.news.service import read_news

    if not settings.news.exists():
        return Finding("news", True, f"none: {_short(settings.news)} does not exist")
    try:
        found = read_news(settings.news)
    except NewsProblem as error:
        return Finding("news", False, f"{_short(settings.news)}: {error}")
    return Finding("news", True, f"{len(found)} in {_short(settings.news)}")


def _folder(what: str, setting: str, settings: Settings, url: str) -> Finding:
    folder = settings.folder(url)
    if settings.production:
        return Finding(what, False, f"{setting} is a folder: nobody would receive anything. Give a server.")
    return _writable(what, setting, folder)


def _writable(what: str, setting: str, folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Finding(what, True, f"into {_short(folder)}")
    except OSError as error:
        return Finding(
            what, False, f"{_short(folder)} cannot be written ({error.strerror}): check {setting}."
        )


def _short(folder: Path) -> str:
    return str(folder.relative_to(CHECKOUT)) if folder.is_relative_to(CHECKOUT) else str(folder)
