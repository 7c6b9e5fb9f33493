"""Codes of an authenticator application, by time (TOTP, RFC 6238), and printed recovery codes."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime

import pyotp

from webapp.values.codes import ALPHABET, normalise_code

STEP_SECONDS = 30
WINDOW = 1
"""Steps before and after ours that are accepted: clocks differ, and people type slowly (RFC 6238, 5.2)."""
NEVER = -1
"""The last step of an application whose codes have not served yet."""

CODES = 10
RECOVERY_LENGTH, RECOVERY_GROUP = 10, 5
"""10 characters of 25 are 46 bits, behind a password and five tries."""

_RECOVERY_SHAPE = re.compile(rf"\A[{ALPHABET}]{{{RECOVERY_LENGTH}}}\Z")
_DIGITS = re.compile(r"\A[0-9]{6}\Z")


def new_secret() -> str:
    """Return a new secret to share with an application: 160 bits in base 32, as RFC 4226 advises."""
    return pyotp.random_base32()


def secret_address(secret: str, account: str, site: str) -> str:
    """Return the `otpauth:` address that applications read: SHA-1, 6 digits, 30 s, which all of them know."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site))


def step_at(moment: datetime) -> int:
    """Number the half minute of a moment, counted from 1970."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """Return the six digits that an application shows during a step."""
    return pyotp.HOTP(secret).at(step)


def matching_step(secret: str, typed: str, now: datetime, last_step: int) -> int | None:
    """Return the step whose code was typed, after `last_step` and within the window; None when there is none.

    A step that served, and those before it, never serve again, whatever our clock says.
    """
    code = "".join(sign for sign in typed if sign.isalnum())
    if not _DIGITS.match(code):
        return None
    here = step_at(now)
    found = None
    for step in range(max(here - WINDOW, 0), here + WINDOW + 1):
        same = hmac.compare_digest(code_of(secret, step), code)
        found = step if same and step > last_step and found is None else found
    return found


def new_recovery_codes() -> list[str]:
    """Return ten codes to print, all different."""
    codes: dict[str, None] = {}
    while len(codes) < CODES:
        codes["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))] = None
    return list(codes)


def read_recovery_code(typed: str) -> str | None:
    """Return what was typed as codes are made; None when it cannot be one."""
    code = normalise_code(typed)
    return code if _RECOVERY_SHAPE.match(code) else None


def group_recovery_code(code: str) -> str:
    """Write a code in two groups: "K7QM2 XWD9H"."""
    return " ".join(code[at : at + RECOVERY_GROUP] for at in range(0, len(code), RECOVERY_GROUP))


def group_secret(secret: str) -> str:
    """Write a secret in groups of four, to be copied by hand; applications ignore the spaces."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
