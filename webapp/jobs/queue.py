"""The queue, by huey: a file beside a SQLite database, or tables of its own in PostgreSQL.

A job in it says only "look at the outbox": huey takes a job out before running it, so that what must not be lost
stands in our own rows. Its messages are names and times in JSON, never pickles.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import make_url

from webapp.config import Settings

NAME = "espace-sante"
PATIENCE_SECONDS = 2
"""How long a request waits for the queue at most; the sweep of the worker makes up for it."""


def make_queue(settings: Settings) -> Any:
    """Open the queue (a huey.Huey) that belongs to the database. huey is imported here: no page needs it."""
    from huey import PostgresHuey, SqliteHuey

    url = make_url(settings.database_url)
    common: dict[str, Any] = {"results": False, "serializer": _serializer()}
    if url.get_backend_name() == "sqlite":
        settings.var.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(settings.var / "jobs.db"), timeout=PATIENCE_SECONDS, **common)
    import psycopg

    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)

    def opened() -> Any:
        return PostgresHuey(NAME, dsn=dsn, connect_timeout=5, application_name=f"{NAME}-jobs", **common)

    try:
        return opened()
    except psycopg.errors.UniqueViolation:  # another process created the same table at the same moment
        return opened()


def _serializer() -> Any:
    from huey.registry import Message
    from huey.serializer import Serializer

    class NamesOnly(Serializer):  # type: ignore[misc]
        """Keeps the id, the name and the time of a job; our jobs have no arguments."""

        def serialize(self, data: Any) -> bytes:
            eta = data.eta.isoformat() if data.eta is not None else None
            return json.dumps([data.id, data.name, eta]).encode()

        def deserialize(self, data: Any) -> Any:
            job_id, name, eta = json.loads(bytes(data))
            return Message(
                id=job_id,
                name=name,
                eta=datetime.fromisoformat(eta) if eta else None,
                retries=0,
                retry_delay=0,
                args=(),
                kwargs={},
            )

    return NamesOnly()
