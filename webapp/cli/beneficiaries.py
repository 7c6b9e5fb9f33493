"""`espace-sante beneficiaries`: the insurer's registry."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.config import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from webapp.beneficiaries.importing import ImportReport, Progress


@click.group()
def beneficiaries() -> None:
    """Bring the insurer's registry in, or make a synthetic one."""


@beneficiaries.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
def import_(file: Path) -> None:
    """Read a registry FILE (CSV, UTF-8): all rows or none; running it twice changes nothing.

    Each refused row is named on standard error with its line and why; then nothing is written and the exit status
    is 1. Nobody is forgotten for being absent from the file.
    """
    from webapp.account import merged as account
    from webapp.beneficiaries.importing import import_registry
    from webapp.beneficiaries.registry import RegistryFileError
    from webapp.documents import merged as documents
    from webapp.family import merged as family
    from webapp.inbox import merged as inbox
    from webapp.profile import merged as profile
    from webapp.spaces import merged as spaces
    from webapp.values.clock import utc_now

    follow = (
        account.hold_visits,
        spaces.carry_over,
        account.carrying_over(Settings.from_environment()),
        family.carry_over,
        profile.carry_over,
        inbox.carry_over,
        documents.carry_over,
    )
    with open_database() as engine, _progress() as progress:
        try:
            report = import_registry(engine, file, utc_now(), progress, follow)
        except RegistryFileError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            click.echo(f"Error: the file cannot be read: {error.strerror}.", err=True)
            sys.exit(2)
    _say(report)
    if not report.accepted:
        sys.exit(1)


@beneficiaries.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option(
    "--people", type=click.IntRange(1, 5_000_000), default=500, show_default=True, help="How many people."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed and day make the same file."
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
def generate(file: Path, people: int, seed: int, force: bool) -> None:
    """Write a believable registry of invented people to FILE, to import in a demonstration."""
    from webapp.beneficiaries.generator import write_registry
    from webapp.values.clock import PARIS, utc_now

    if file.exists() and not force:
        raise click.UsageError("FILE exists already; --force writes over it.")
    try:
        rows = write_registry(file, people, seed, utc_now().astimezone(PARIS).date())
    except OSError as error:
        raise click.UsageError(f"FILE cannot be written: {error.strerror}.") from None
    click.echo(f"{people:,} people in {rows:,} rows, all invented.")


@contextlib.contextmanager
def open_database() -> Iterator[Engine]:
    """Open the database of the settings, which must be migrated, and its vault."""
    from sqlalchemy.exc import OperationalError

    from webapp.db.engine import make_engine
    from webapp.db.migrate import current, newest
    from webapp.db.vault import Vault, use_vault

    settings = Settings.from_environment()
    use_vault(Vault(settings.keys))
    engine = make_engine(settings.database_url)
    try:
        if current(engine) != newest():
            raise click.ClickException(
                "the database is not at the newest revision: run espace-sante db upgrade."
            )
        yield engine
    except OperationalError as error:
        raise click.ClickException(
            f"the database cannot be used: {str(error.orig).splitlines()[0]}"
        ) from None
    finally:
        engine.dispose()


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar a phase on standard error, when it is a terminal."""
    from tqdm import tqdm

    bars: dict[str, tqdm[Any]] = {}

    def tell(phase: str, done: int, total: int) -> None:
        if phase not in bars:
            for finished in bars.values():
                finished.close()
            unit = "B" if phase == "reading" else " rows"
            bars[phase] = tqdm(
                total=total, desc=phase, unit=unit, unit_scale=True, disable=not sys.stderr.isatty()
            )
        bars[phase].update(done - bars[phase].n)

    try:
        yield tell
    finally:
        for bar in bars.values():
            bar.close()


def _say(report: ImportReport) -> None:
    for row in report.refused:
        for reason in row.reasons:
            click.echo(f"line {row.line}: {reason}", err=True)
    if not report.accepted:
        unnamed = report.refused_count - len(report.refused)
        more = f" ({unnamed:,} of them not named)" if unnamed else ""
        click.echo(
            f"{report.refused_count:,} of {report.read:,} rows refused{more}: nothing was written.", err=True
        )
        return
    click.echo(f"{report.read:,} rows read, none refused.")
    click.echo(
        f"People: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} as they were.\n"
        f"Cards: {report.cards_new:,} new, {report.cards_changed:,} changed, {report.cards_unchanged:,} as they were."
    )
