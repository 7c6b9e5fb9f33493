"""`espace-sante record`: what somebody brings from elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from webapp.cli.beneficiaries import open_database


@click.group()
def record() -> None:
    """Bring an older record into a space."""


@record.command("import")
@click.option("--identifier", required=True, help="The identifier of the account whose own space it goes to.")
@click.option(
    "--any-birth-date", is_flag=True, help="Take it although it is about somebody born on another day."
)
@click.argument("path", type=click.Path(exists=True, readable=True, path_type=Path))
def import_(identifier: str, any_birth_date: bool, path: Path) -> None:
    """Add an International Patient Summary (a FHIR R4 bundle, JSON) to a profile; twice adds nothing.

    A folder of documents is not read yet.
    """
    from webapp.account.service import account_named
    from webapp.db.work import writing
    from webapp.family.reach import family_of
    from webapp.ips.reading import NotTaken, read
    from webapp.ips.rules import LARGEST
    from webapp.ips.service import add_lines
    from webapp.journal.events import Event
    from webapp.journal.service import record as write_down
    from webapp.profile.service import Author
    from webapp.values.clock import paris_day, utc_now

    if path.is_dir():
        raise click.UsageError(
            "a folder of documents is not read yet: give an International Patient Summary."
        )
    try:
        with path.open("rb") as file:
            summary = read(file.read(LARGEST + 1))
    except NotTaken as error:
        raise click.ClickException(
            f"not an International Patient Summary that can be taken: {error}."
        ) from None
    now = utc_now()
    with open_database() as engine, writing(engine) as session:
        owner = account_named(session, identifier)
        family = family_of(session, owner.id, paris_day(now)) if owner else None
        if owner is None or family is None or not family.own.is_open:
            raise click.ClickException("no open space for this identifier.")
        if summary.born != family.own.person.birth_date and not any_birth_date:
            raise click.ClickException("it is about somebody born on another day: nothing was written.")
        by = Author(family.own.id, owner.id)
        added = add_lines(session, now, by, summary.lines)
        if added:
            write_down(
                session, Event.PROFILE_CHANGED, now=now, beneficiary_id=by.beneficiary_id, account_id=owner.id
            )
    known = len(summary.lines) - added
    click.echo(
        f"{added} entries added, {known} already there or not shown, {len(summary.left_out)} left out."
    )
