"""`espace-sante doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from webapp.config import Settings, SettingsError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from webapp.cli.checks import Finding


@click.command()
def doctor() -> None:
    """Say what is wrong with settings, database, keys, mail, SMS, outbox, journal, documents, files and news.

    One line each; exit status 1 when anything is wrong. Nothing is sent and nothing stays stored.
    """
    wrong = 0
    for finding in _findings():
        wrong += not finding.good
        click.echo(f"{'✓' if finding.good else '✗'} {finding.what}: {finding.says}")
    if wrong:
        click.echo(f"{wrong} wrong.", err=True)
        sys.exit(1)


def _findings() -> Iterator[Finding]:
    from webapp.cli import checks
    from webapp.cli.checks import Finding
    from webapp.db.engine import make_engine
    from webapp.db.vault import Vault, use_vault

    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        yield Finding("settings", False, str(error))
        return
    use_vault(Vault(settings.keys))
    where = "production" if settings.production else "demonstration"
    yield Finding("settings", True, f"{where} at {settings.public_url}")
    engine = make_engine(settings.database_url)
    try:
        database = checks.database(engine)
        yield database
        if database.good:
            for check in (checks.keys, checks.outbox, checks.journal):
                yield _guarded(check, settings, engine)
        for road in (checks.mail, checks.sms, checks.documents, checks.files, checks.news):
            yield road(settings)
    finally:
        engine.dispose()


def _guarded(check: Callable[[Settings, Engine], Finding], settings: Settings, engine: Engine) -> Finding:
    from sqlalchemy.exc import SQLAlchemyError

    from webapp.cli.checks import Finding

    try:
        return check(settings, engine)
    except SQLAlchemyError as error:
        return Finding(check.__name__, False, f"the database refused to say ({type(error).__name__}).")
