"""What a visit holds for a moment, sealed: the key of an application to come, new codes that are being printed."""

from __future__ import annotations

from datetime import datetime, timedelta

from webapp.web.visit import visit
from webapp.web.work import now

_SECRET, _CODES = "authenticator", "recovery_codes"
SHOWN_FOR = timedelta(minutes=10)
"""How long new codes can be seen again, so that a printer without paper loses nothing."""


def awaited_secret() -> str | None:
    """Return the key that an application is about to share, or None."""
    found = visit().data.get(_SECRET)
    return str(found) if found else None


def await_secret(secret: str | None) -> None:
    """Keep the key until its first code was entered; None forgets it."""
    _keep(_SECRET, secret)


def shown_codes() -> tuple[list[str], datetime] | None:
    """Return the codes just made, and until when they can be seen; None when there is nothing to see any more."""
    kept = visit().data.get(_CODES)
    if kept is None:
        return None
    made_at = datetime.fromisoformat(kept["at"])
    if not timedelta() <= now() - made_at < SHOWN_FOR:
        return None
    return list(kept["codes"]), made_at + SHOWN_FOR


def show_codes(codes: list[str] | None) -> None:
    """Have these codes be seen for a moment; None forgets them."""
    _keep(_CODES, {"codes": codes, "at": now().isoformat()} if codes else None)


def _keep(key: str, value: object) -> None:
    here = visit()
    here.data.pop(key, None)
    if value is not None:
        here.data[key] = value
    here.save()
