"""Static files: content hash in the name, kept a year, brotli and gzip made ahead, served by WhiteNoise."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app

from webapp.config import CHECKOUT, Settings

SOURCE = CHECKOUT / "static"
PREFIX = "/static/"


class Assets:
    """The map from a file's plain name to its hashed one, and the folder that holds the built files."""

    def __init__(self, built: Path) -> None:
        """Build whatever is not built yet into `built` (any number of processes may do so at once)."""
        self.built = built
        built.mkdir(parents=True, exist_ok=True)
        self.names = {
            path.relative_to(SOURCE).as_posix(): self._build(path)
            for path in sorted(SOURCE.rglob("*"))
            if path.is_file() and path.suffix in (".css", ".js", ".svg", ".png", ".ico", ".webmanifest")
        }
        self.stylesheet = (built / self.names["look.css"]).read_text()

    def _build(self, path: Path) -> str:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        name = f"{path.stem}.{digest}{path.suffix}"
        if not (self.built / f"{name}.br").exists():
            import brotli

            _write(self.built / name, content)
            _write(self.built / f"{name}.gz", gzip.compress(content, 9, mtime=0))
            _write(self.built / f"{name}.br", brotli.compress(content, quality=11))
        return name

    def url(self, name: str) -> str:
        """Return the address of a static file; KeyError when there is none of that name."""
        return PREFIX + self.names[name]

    def version(self, name: str) -> str:
        """Return the content hash in a file's name."""
        return self.names[name].rsplit(".", 2)[1]


def _write(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)


def assets() -> Assets:
    """Return the static files of the running application."""
    return cast(Assets, current_app.extensions["assets"])


def _immutable(_path: str, _url: str) -> bool:
    return True  # every name carries its hash


def register_assets(app: Flask, settings: Settings) -> None:
    """Build the static files and serve them before Flask is even asked."""
    from whitenoise import WhiteNoise

    built = Assets(settings.var / "static")
    app.extensions["assets"] = built
    inner = app.wsgi_app
    served: Any = WhiteNoise(inner, immutable_file_test=_immutable, max_age=31_536_000)
    for name in built.names.values():
        served.add_file_to_dictionary(PREFIX + name, str(built.built / name))
    app.wsgi_app = served  # type: ignore[method-assign]
