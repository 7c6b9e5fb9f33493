"""A personal health space, rendered on the server. `create_app` reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from webapp.config import CHECKOUT, Settings


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> Flask:
    """Build the application: settings, database, the web floor, then every feature in order."""
    from webapp.db.engine import make_engine
    from webapp.db.vault import Vault, use_vault
    from webapp.features import register_features
    from webapp.values.clock import utc_now
    from webapp.web.setup import register_web

    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, template_folder=str(CHECKOUT / "templates"))
    app.extensions["settings"] = settings
    app.extensions["engine"] = make_engine(settings.database_url)
    app.extensions["clock"] = clock or utc_now
    use_vault(Vault(settings.keys))
    register_web(app, settings)
    register_features(app)
    return app
