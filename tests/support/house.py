"""The application of a test process: made once for each kind of database, because making it costs more than a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Flask

from tests.support.clock import Clock
from webapp.config import Settings
from webapp.db.vault import Vault, use_vault

STATIC = "static"


class House:
    """Applications that stand from one test to the next; what a test stored is gone before the next one."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "var"
        self._standing: list[Flask] = []

    def empty(self) -> None:
        """Remove what was written into the folder, but for the built static files, which are always the same."""
        for path in self.var.glob("*"):
            if path.name != STATIC:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def app(self, settings: Settings, clock: Clock) -> Flask:
        """Return the application that has these settings, at the time of this clock."""
        from webapp import create_app

        for app in self._standing:
            if app.extensions["settings"] == settings:
                app.extensions["clock"] = clock
                use_vault(Vault(settings.keys))
                return app
        app = create_app(settings, clock)
        if settings.var == self.var:
            self._standing.append(app)
        return app

    def close(self) -> None:
        """Close every connection."""
        for app in self._standing:
            app.extensions["engine"].dispose()
