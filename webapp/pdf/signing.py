"""The signature of a PDF: one comment line after its end, over every byte before the signature itself.

    %espace-sante-signature:1:<key id>:<proof or ->:<base64url of the 64 bytes of Ed25519, no padding>

Readers ignore what follows %%EOF, so the document opens as before. Nothing of the file is left unsigned or
written in two ways: one byte changed, added or removed anywhere makes the check fail.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature

from webapp.pdf.receipt_keys import KEY_ID, PublicKeys, ReceiptKey

_START = b"%PDF-"
_END = b"%%EOF\n"
_MARK = b"%espace-sante-signature:"
_PROOF = r"[A-Za-z0-9_.-]{1,200}"
# The proof may also be "-": none. A signature of 64 bytes is 86 characters.
_LINE = re.compile(rf"%espace-sante-signature:1:({KEY_ID}):({_PROOF}):([A-Za-z0-9_-]{{86}})\n\Z".encode())


class Flaw(StrEnum):
    """Why something is not genuine."""

    NO_SIGNATURE = "no_signature"
    UNKNOWN_KEY = "unknown_key"
    ALTERED = "altered"


class NotGenuine(Exception):
    """What was checked is not ours, or is no longer what was signed. `reason` is a Flaw."""

    def __init__(self, reason: Flaw) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Genuine:
    """A signed PDF as it left us: the key that signed it, and the proof that stands in its last line ("" if none)."""

    key_id: str
    proof: str


def sign_pdf(pdf: bytes, key: ReceiptKey, proof: str = "") -> bytes:
    """Return the PDF followed by its signature line.

    `proof` is a short token (letters, digits, `_ . -`) that is signed along. Raises ValueError for what is not
    a whole PDF, or is signed already.
    """
    body = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    if not body.startswith(_START) or not body.endswith(_END):
        raise ValueError("not a whole PDF, or signed already")
    if proof and not re.fullmatch(_PROOF, proof):
        raise ValueError("a proof is at most 200 letters, digits, dots, dashes and underscores")
    signed = body + _MARK + f"1:{key.id}:{proof or '-'}:".encode()
    return signed + encode(key.private.sign(signed)) + b"\n"


def verify_pdf(data: bytes, keys: PublicKeys) -> Genuine:
    """Return who signed a PDF; raises NotGenuine for anything that is not, byte for byte, what was signed."""
    line_start = data.rfind(_MARK)
    line = _LINE.fullmatch(data, line_start) if line_start > 0 else None
    if line is None or not data.startswith(_START) or not data.endswith(_END, 0, line_start):
        raise NotGenuine(Flaw.NO_SIGNATURE)
    key_id, proof = line[1].decode(), line[2].decode()
    check(data[: line.start(3)], decode(line[3]), key_id, keys)
    return Genuine(key_id, "" if proof == "-" else proof)


def check(message: bytes, signature: bytes, key_id: str, keys: PublicKeys) -> None:
    """Raise NotGenuine unless the named key signed the message."""
    if key_id not in keys:
        raise NotGenuine(Flaw.UNKNOWN_KEY)
    try:
        keys[key_id].verify(signature, message)
    except InvalidSignature:
        raise NotGenuine(Flaw.ALTERED) from None


def encode(raw: bytes) -> bytes:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """Read base64url without padding; raises NotGenuine for any other writing of the same bytes."""
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise NotGenuine(Flaw.ALTERED) from None
    if encode(raw) != text:  # the last character has spare bits: only one of its writings is ours
        raise NotGenuine(Flaw.ALTERED)
    return raw
