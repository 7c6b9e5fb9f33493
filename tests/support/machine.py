"""What the tests need on the machine besides Python: Chromium and PostgreSQL.

Found where they usually are; installed from Debian's packages when they are missing and we are root. Run as a
command (`python -m tests.support.machine`) before the tests, it ends with one sentence when one cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LIGHT_BROWSER = "chromium-headless-shell"
"""The same engine without what windows need: pages that are only looked at take a fifth less time in it."""
SERVER_PROGRAMS = ("initdb", "pg_ctl", "postgres")
SERVER_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


class MissingProgram(Exception):
    """Something that the tests need cannot be had here; the text is one sentence that says what to install."""


def find_browser() -> Path | None:
    """Return the program of an installed Chromium (or Chrome), or None."""
    return next(filter(None, map(_which, BROWSERS)), None)


def find_driver() -> Path | None:
    """Return the program inside Playwright that drives the browser if it starts, or None.

    It comes with Playwright, but loads a library of the system that a bare Debian lacks.
    """
    from playwright._impl._driver import compute_driver_executable  # there is no public name for it

    program = Path(compute_driver_executable()[0])
    started = subprocess.run((program, "--version"), capture_output=True, check=False)
    return program if started.returncode == 0 else None


def find_server_programs() -> Path | None:
    """Return the folder that holds PostgreSQL's initdb, pg_ctl and postgres, the newest version first, or None."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in SERVER_FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
    return next((folder for folder in folders if _holds_server(folder)), None)


def need_browser() -> Path:
    """Return the program of Chromium, installed if need be; raise MissingProgram when it cannot be driven."""
    _need(find_driver, "libatomic1", "the library libatomic, for Playwright")
    return _need(find_browser, "chromium", "Chromium")


def need_light_browser() -> Path:
    """Return the light browser, installed if need be; Chromium itself where there is none."""
    try:
        return _need(lambda: _which(LIGHT_BROWSER), LIGHT_BROWSER, "a light Chromium")
    except MissingProgram:
        return need_browser()


def need_server_programs() -> Path:
    """Return the folder of PostgreSQL's programs, installed if need be; raise MissingProgram likewise."""
    return _need(find_server_programs, "postgresql", "PostgreSQL (or TEST_DATABASE_URL)")


def main() -> int:
    """Find or install everything; return the exit code."""
    try:
        need_browser()
        need_light_browser()
        if not os.environ.get("TEST_DATABASE_URL"):
            need_server_programs()
    except MissingProgram as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _which(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(digits) for digits in "".join(c if c.isdigit() else " " for c in str(folder)).split())


def _holds_server(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in SERVER_PROGRAMS)


def _need(find: Callable[[], Path | None], package: str, name: str) -> Path:
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(package)
        found = find()
    if found is None:
        raise MissingProgram(
            f"The tests need {name}: install it as root (on Debian: apt-get install {package}), then try again."
        )
    return found


def _install(package: str) -> None:
    print(f"Installing {package}...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    options = ("-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
    for command in (("apt-get", "update", "-qq"), ("apt-get", "install", *options, package)):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-500:], done.stderr[-1500:], file=sys.stderr)
            return


if __name__ == "__main__":
    sys.exit(main())
