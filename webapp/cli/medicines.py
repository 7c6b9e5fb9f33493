"""`espace-sante medicines`: the public database of medicines."""

from __future__ import annotations

import click

from webapp.cli.beneficiaries import open_database


@click.group()
def medicines() -> None:
    """Bring the public database of medicines in, so that the names of treatments are helped."""


@medicines.command()
def load() -> None:
    """Load the medicines that come with this version; running it twice changes nothing."""
    from webapp.db.work import writing
    from webapp.medicines.loading import load
    from webapp.medicines.rules import DATED, SOURCE

    with open_database() as engine, writing(engine) as session:
        loaded = load(session)
    click.echo(
        f"{loaded.medicines:,} medicines ({SOURCE}, {DATED}): {loaded.changed:,} written or taken away."
    )
