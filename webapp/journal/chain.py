"""The keyed hash chain: what exactly is covered by the mac of an entry and by that of the head."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

from webapp.db.vault import current_vault

START = bytes(32)
"""What stands before the first entry."""


def entry_mac(
    previous: bytes,
    seq: int,
    at: datetime,
    event: str,
    beneficiary_id: UUID | None,
    account_id: UUID | None,
    sealed: bytes | None,
) -> bytes:
    """Compute the 32 bytes that bind every column of an entry to the entry before it."""
    columns = (
        seq,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(event),
        beneficiary_id and beneficiary_id.hex,
        account_id and account_id.hex,
        None if sealed is None else sealed.hex(),
    )
    return current_vault().chain(b"entry\0" + previous + json.dumps(columns, separators=(",", ":")).encode())


def head_mac(length: int, last_mac: bytes) -> bytes:
    """Compute the 32 bytes of the head: without the key nobody can shorten the journal and adjust its head."""
    return current_vault().chain(b"head\0" + length.to_bytes(8, "big") + last_mac)
