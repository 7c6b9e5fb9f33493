"""Where sealed files lie: a folder, or a store that speaks the S3 protocol. Names are random, contents sealed."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.config import Settings

STORE_SECONDS = 20
"""How long a store is waited for, connecting or answering."""


class Missing(Exception):
    """There is no file of that name."""


class Store(Protocol):
    """Keeps files by name."""

    def write(self, name: str, data: bytes) -> None:
        """Keep a file; once this returns it is stored."""

    def read(self, name: str) -> bytes:
        """Return a file; raises Missing."""

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is removed already."""


def new_file_name() -> str:
    """Return a random name: 168 bits, which nobody guesses and which says nothing."""
    return secrets.token_hex(21)


def store_of(settings: Settings) -> Store:
    """Return the store that the settings name."""
    url = settings.documents_url
    return _s3(url) if url.startswith("s3://") else Folder(settings.folder(url))


class Folder:
    """Files in a folder, in 256 folders of it: a million files in one are slow to list."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first file is written."""
        self._folder = folder

    def write(self, name: str, data: bytes) -> None:
        """Write beside, then give it its name: nobody ever meets half a file under it."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_suffix(".half")
        try:
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        for folder in (path.parent, self._folder):  # its name must survive a crash of the machine too
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def read(self, name: str) -> bytes:
        """Return a file; raises Missing."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise Missing(name) from None

    def remove(self, name: str) -> None:
        """Remove a file, and the half of it that a crash left."""
        path = self._path(name)
        for one in (path, path.with_suffix(".half")):
            one.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


class Bucket:
    """Files in a bucket of a store that speaks S3, by s3fs."""

    def __init__(self, files: Any, root: str) -> None:
        """Take an fsspec file system, and the bucket with its folder."""
        self._files, self._root = files, root

    def write(self, name: str, data: bytes) -> None:
        """Put it whole, in one request: it is there, or it is not."""
        self._files.pipe_file(self._path(name), data)

    def read(self, name: str) -> bytes:
        """Return a file; raises Missing."""
        try:
            return bytes(self._files.cat_file(self._path(name)))
        except FileNotFoundError:
            raise Missing(name) from None

    def remove(self, name: str) -> None:
        """Remove a file."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name}"


@lru_cache(maxsize=4)
def _s3(url: str) -> Bucket:
    """Open a store: `s3://[key:secret@]bucket/folder?endpoint=https://host:9000&region=…`.

    Without a key in it, the usual ways of that protocol apply (AWS_ACCESS_KEY_ID and the like).
    """
    import s3fs

    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    files = s3fs.S3FileSystem(
        key=unquote(parts.username) if parts.username else None,
        secret=unquote(parts.password) if parts.password else None,
        endpoint_url=asked.get("endpoint"),
        client_kwargs={"region_name": asked["region"]} if "region" in asked else {},
        config_kwargs={
            "connect_timeout": STORE_SECONDS,
            "read_timeout": STORE_SECONDS,
            "retries": {"max_attempts": 2},
            "s3": {"addressing_style": "path"},
        },
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    files.retries = 2  # somebody waits: a store that is down is said to be, soon
    return Bucket(files, f"{parts.hostname}{parts.path.rstrip('/')}")
