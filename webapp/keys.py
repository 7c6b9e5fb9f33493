"""The keys of the application: given by the environment, or made once under `var/` outside production."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAMES = ("SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "RECEIPT_KEYS", "JOURNAL_KEY")


class KeyProblem(Exception):
    """A key that is missing or cannot be right; the text is one sentence that names its setting."""


@dataclass(frozen=True, repr=False)
class Keys:
    """Every secret of the application.

    `signing`: the first signs, all verify. `data` and `receipt`: key id to 32 bytes, the first one writes.
    `index` and `journal`: 32 bytes each; rotating `data` never touches them.
    """

    signing: tuple[bytes, ...]
    data: dict[str, bytes]
    index: bytes
    receipt: dict[str, bytes]
    journal: bytes


def keys_from_environment(env: Mapping[str, str], var: Path | None) -> Keys:
    """Read the keys; those that are missing come from `var` (made once), or raise when `var` is None."""
    texts = {name: env[name] for name in NAMES if name in env}
    missing = [name for name in NAMES if name not in texts]
    if missing and var is None:
        raise KeyProblem(f"{missing[0]} must be set when PUBLIC_URL is not a loopback address.")
    if missing and var is not None:
        made = _made_once(var / "keys.json")
        texts |= {name: made[name] for name in missing}
    signing = tuple(part.strip().encode() for part in texts["SECRET_KEY"].split(",") if part.strip())
    if not signing or any(len(key) < 32 for key in signing):
        raise KeyProblem("SECRET_KEY must be 32 characters or more (several separated by commas).")
    return Keys(
        signing=signing,
        data=_ring("DATA_KEYS", texts["DATA_KEYS"]),
        index=_key("INDEX_KEY", texts["INDEX_KEY"]),
        receipt=_ring("RECEIPT_KEYS", texts["RECEIPT_KEYS"]),
        journal=_key("JOURNAL_KEY", texts["JOURNAL_KEY"]),
    )


def _ring(name: str, text: str) -> dict[str, bytes]:
    ring: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _, encoded = part.partition(":")
        if not key_id.isalnum() or not key_id.isascii() or len(key_id) > 16 or key_id in ring:
            raise KeyProblem(f"{name} must be id:base64, ids of 1 to 16 letters and digits, each only once.")
        ring[key_id] = _key(name, encoded)
    if not ring:
        raise KeyProblem(f"{name} must hold at least one id:base64 key.")
    return ring


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise KeyProblem(f"{name} must be the base64 of 32 random bytes.")
    return key


def _made_once(path: Path) -> dict[str, str]:
    """Return the keys of this machine, made by whichever process comes first."""
    try:
        return _read_or_make(path)
    except (OSError, ValueError) as error:
        raise KeyProblem(
            f"VAR_DIR must be a folder that can be written, and {path.name} in it whole ({type(error).__name__})."
        ) from error


def _read_or_make(path: Path) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)

        def new() -> str:
            return base64.b64encode(secrets.token_bytes(32)).decode()

        made = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DATA_KEYS": f"d1:{new()}",
            "INDEX_KEY": new(),
            "RECEIPT_KEYS": f"r1:{new()}",
            "JOURNAL_KEY": new(),
        }
        descriptor, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file)
            file.flush()
            os.fsync(file.fileno())  # whatever is sealed with them is lost with them
        with contextlib.suppress(FileExistsError):
            os.link(name, path)  # fails when another process was first: its keys are the ones
        os.unlink(name)
    loaded: object = json.loads(path.read_text())
    if not isinstance(loaded, dict) or not all(isinstance(loaded.get(name), str) for name in NAMES):
        raise ValueError("a key is missing")
    return {name: str(loaded[name]) for name in NAMES}
