"""`espace-sante db`: the database."""

from __future__ import annotations

import click

from webapp.config import Settings


@click.group()
def db() -> None:
    """Create or migrate the database."""


@db.command()
def upgrade() -> None:
    """Create the database, or bring it to the newest revision."""
    from webapp.db.engine import make_engine
    from webapp.db.migrate import current, newest
    from webapp.db.migrate import upgrade as migrate

    engine = make_engine(Settings.from_environment().database_url)
    before = current(engine)
    migrate(engine)
    click.echo(f"Database at {newest()}" + (" already." if before == newest() else "."))
