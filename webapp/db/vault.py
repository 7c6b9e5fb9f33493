"""Encryption at rest (AES-256-GCM) and the keyed blind index that finds a row without opening it.

A sealed value is: one byte of format, one byte of key-id length, the key id, 12 bytes of nonce, ciphertext and tag.
The table's name and the row's id are bound in, so that a value copied onto another row does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.keys import Keys

_FORMAT = b"\x01"


class CannotUnseal(Exception):
    """The value was altered, belongs to another row, or its key is no longer known."""


class Vault:
    """Seals and unseals the private fields of a row, and computes blind indexes."""

    def __init__(self, keys: Keys) -> None:
        """Take the key ring; its first data key writes."""
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.data.items()}
        self._writer = next(iter(keys.data))
        self._index_key = keys.index
        self._journal_key = keys.journal

    def seal(self, table: str, row_id: UUID, fields: dict[str, Any]) -> bytes:
        """Encrypt JSON-able fields for one row."""
        return self.seal_bytes(
            table, row_id, json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        )

    def unseal(self, table: str, row_id: UUID, blob: bytes) -> dict[str, Any]:
        """Decrypt what `seal` wrote for the same row; raise CannotUnseal otherwise."""
        fields: dict[str, Any] = json.loads(self.unseal_bytes(table, row_id, blob).decode())
        return fields

    def seal_bytes(self, table: str, row_id: UUID, plain: bytes) -> bytes:
        """Encrypt bytes for one row; `table` names what they are, which differs from the row's own fields."""
        nonce = os.urandom(12)
        key_id = self._writer.encode()
        sealed = self._ciphers[self._writer].encrypt(nonce, plain, _bound(table, row_id))
        return b"".join((_FORMAT, bytes([len(key_id)]), key_id, nonce, sealed))

    def unseal_bytes(self, table: str, row_id: UUID, blob: bytes) -> bytes:
        """Decrypt what `seal_bytes` wrote for the same row; raise CannotUnseal otherwise."""
        if blob[:1] != _FORMAT or len(blob) < 2:
            raise CannotUnseal(f"{table}: unknown format")
        end = 2 + blob[1]
        cipher = self._ciphers.get(blob[2:end].decode("ascii", "replace"))
        if cipher is None:
            raise CannotUnseal(f"{table}: unknown key")
        try:
            return cipher.decrypt(blob[end : end + 12], blob[end + 12 :], _bound(table, row_id))
        except (InvalidTag, ValueError) as error:  # ValueError: cut short
            raise CannotUnseal(f"{table}: altered, or another row's") from error

    def index(self, purpose: str, value: str) -> bytes:
        """Compute 32 bytes that are equal for equal values of one purpose, and say nothing without the key."""
        return hmac.digest(self._index_key, f"{purpose}\0{value}".encode(), hashlib.sha256)

    def chain(self, value: bytes) -> bytes:
        """Compute the 32 bytes of one link of the journal, under a key of its own."""
        return hmac.digest(self._journal_key, value, hashlib.sha256)


def _bound(table: str, row_id: UUID) -> bytes:
    return table.encode() + b"\0" + row_id.bytes


_current: list[Vault] = []


def use_vault(vault: Vault) -> None:
    """Make this the vault of the process."""
    _current[:] = [vault]


def current_vault() -> Vault:
    """Return the vault of the process; RuntimeError before `use_vault`."""
    if not _current:
        raise RuntimeError("no vault: call use_vault() first")
    return _current[0]
