"""The challenge that an authenticator signs: 32 bytes kept in the visit, for one purpose, once, for five minutes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.passkeys.ceremony import to_bytes, to_text
from webapp.passkeys.rules import CHALLENGE_LASTS
from webapp.web.visit import visit
from webapp.web.work import now

_KEY = "passkey"


class Purpose(StrEnum):
    """What a challenge is for: an answer to one proves nothing elsewhere."""

    ADD = "add"
    SIGN_IN = "sign-in"
    STEP_UP = "step-up"


def begin(purpose: Purpose) -> bytes:
    """Keep a new challenge in this visit; the one before is dead."""
    challenge = secrets.token_bytes(32)
    here = visit()
    here.data[_KEY] = {"for": purpose, "challenge": to_text(challenge), "at": now().isoformat()}
    here.save()
    return challenge


def take(purpose: Purpose) -> bytes | None:
    """Use the challenge of this visit up; None when there is none for this purpose, or no more."""
    here = visit()
    kept = here.data.pop(_KEY, None)
    if kept is None:
        return None
    here.save()
    fresh = timedelta() <= now() - datetime.fromisoformat(kept["at"]) < CHALLENGE_LASTS
    return to_bytes(kept["challenge"]) if fresh and kept["for"] == purpose else None
