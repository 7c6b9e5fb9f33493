"""What somebody sends waits in memory, or on the disk when it is large: sealed there, under a key that is never kept.

Werkzeug's own temporary files are in clear: whoever got hold of the disk could find documents of health in what it has
not written over yet.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

IN_MEMORY = 512 * 1024
"""Bytes of a file that are not put on the disk."""
_BLOCK = 16


class SealedSpool(io.RawIOBase):
    """A temporary file that is written once, from its beginning to its end, and read from anywhere."""

    def __init__(self) -> None:
        """Begin an empty one, with a key of its own."""
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by close)
        self._cipher_key, self._at = AES(os.urandom(32)), 0

    def readable(self) -> bool:
        """It is read."""
        return True

    def writable(self) -> bool:
        """It is written."""
        return True

    def seekable(self) -> bool:
        """One may go anywhere in it."""
        return True

    def write(self, data: Any) -> int:
        """Put bytes down at the place where one is; each place is written once, or its key would serve twice."""
        if self._at != self._file.seek(0, io.SEEK_END):
            raise io.UnsupportedOperation("a sealed file is only written at its end")
        self._file.write(self._pass(bytes(data)))
        self._at += len(data)
        return len(data)

    def readinto(self, into: Any) -> int:
        """Read as many bytes as there is room for."""
        self._file.seek(self._at)
        plain = self._pass(self._file.read(len(into)))
        into[: len(plain)] = plain
        self._at += len(plain)
        return len(plain)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.seek(0, io.SEEK_END)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Return the place where one is."""
        return self._at

    def close(self) -> None:
        """Let go of it; it has no name by which anybody could find it."""
        if not self.closed:
            self._file.close()
        super().close()

    def _pass(self, data: bytes) -> bytes:
        """Seal or open bytes that stand at the place where one is."""
        block, before = divmod(self._at, _BLOCK)
        stream = Cipher(self._cipher_key, CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
        stream.update(bytes(before))
        return stream.update(data)
