"""The Ed25519 keys of receipts: read from the setting, published as a text that anyone may check with."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_ID = r"[A-Za-z0-9]{1,16}"
SEED_BYTES = 32
PublicKeys = Mapping[str, Ed25519PublicKey]

_HEADING = """\
# Public keys of the receipts, one a line: identifier, then base64 of the 32 bytes of an Ed25519 key.
# espace-sante receipt verify FILE.pdf --keys THIS_FILE
"""


class ReceiptKeyError(ValueError):
    """A receipt key that cannot be right; the text is one sentence that never shows the key."""


@dataclass(frozen=True)
class ReceiptKey:
    """A key that signs receipts: its identifier (1 to 16 letters and digits) and its private half."""

    id: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that checks."""
        return self.private.public_key()


def receipt_keys(seeds: Mapping[str, bytes]) -> tuple[ReceiptKey, ...]:
    """Return the keys of a ring (identifier to 32 bytes), in its order: the first signs, all check."""
    for key_id, seed in seeds.items():
        if not re.fullmatch(KEY_ID, key_id) or len(seed) != SEED_BYTES:
            raise ReceiptKeyError("A receipt key is an id of 1 to 16 letters and digits, and 32 bytes.")
    if not seeds:
        raise ReceiptKeyError("At least one receipt key is needed.")
    return tuple(
        ReceiptKey(key_id, Ed25519PrivateKey.from_private_bytes(seed)) for key_id, seed in seeds.items()
    )


def parse_receipt_keys(text: str) -> tuple[ReceiptKey, ...]:
    """Read `id:base64` of 32 bytes, several separated by commas; raises ReceiptKeyError."""
    return receipt_keys(_ring(part.strip().partition(":") for part in text.split(",") if part.strip()))


def public_keys(keys: Iterable[ReceiptKey]) -> dict[str, Ed25519PublicKey]:
    """Return what checks the receipts of these keys."""
    return {key.id: key.public for key in keys}


def public_keys_document(keys: Iterable[ReceiptKey]) -> str:
    """Return the text to publish; it holds nothing secret."""
    lines = (f"{key.id} {base64.b64encode(key.public.public_bytes_raw()).decode()}\n" for key in keys)
    return _HEADING + "".join(lines)


def parse_public_keys(text: str) -> dict[str, Ed25519PublicKey]:
    """Read a published text; raises ReceiptKeyError when a line is wrong or none is there."""
    lines = (line.strip() for line in text.splitlines())
    ring = _ring(line.partition(" ") for line in lines if line and not line.startswith("#"))
    if not ring:
        raise ReceiptKeyError("The text holds no public key.")
    return {key_id: Ed25519PublicKey.from_public_bytes(raw) for key_id, raw in ring.items()}


def _ring(parts: Iterable[tuple[str, str, str]]) -> dict[str, bytes]:
    ring: dict[str, bytes] = {}
    for key_id, _, encoded in parts:
        if not re.fullmatch(KEY_ID, key_id) or key_id in ring:
            raise ReceiptKeyError("Key ids are 1 to 16 letters and digits, each used once.")
        try:
            raw = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != SEED_BYTES:
            raise ReceiptKeyError(f"Key {key_id} must be the base64 of 32 bytes.")
        ring[key_id] = raw
    return ring
