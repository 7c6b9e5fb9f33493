"""The files of the project as git sees them: tracked, or new and not ignored."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.postgres import CHECKOUT

VENDORED = ("static/htmx-",)
"""Other people's files, shipped as they are."""


def project_files(*suffixes: str) -> list[Path]:
    """Return the project's own files, relative to the checkout; only those with one of the suffixes, if any."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    paths = [Path(name) for name in sorted(set(listed.split("\0"))) if name and not name.startswith(VENDORED)]
    return [
        path for path in paths if (CHECKOUT / path).is_file() and (not suffixes or path.suffix in suffixes)
    ]


def read(path: Path) -> str:
    """Return the text of a file of the project; the bytes that are not UTF-8 are replaced."""
    return (CHECKOUT / path).read_text(encoding="utf-8", errors="replace")
