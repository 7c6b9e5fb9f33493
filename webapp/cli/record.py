"""`espace-sante record`: what somebody brings from elsewhere."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click
from tqdm import tqdm

from webapp.cli.beneficiaries import open_database
from webapp.config import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from webapp.family.reach import Reached


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
    """Add what PATH holds to a space; running it twice adds nothing.

    An International Patient Summary (a FHIR R4 bundle, JSON) completes the medical profile. A folder of documents
    has an index.csv with the columns fichier, nom, categorie (a code or the words of the value set A03) and date; each
    file that is refused is named on standard error with why, and the exit status is then 1.
    """
    if path.is_dir():
        _bring_folder(identifier, path)
    else:
        _bring_summary(identifier, any_birth_date, path)


def _bring_folder(identifier: str, folder: Path) -> None:
    from webapp.db.work import reading
    from webapp.documents.index import INDEX, LARGEST, IndexProblem, is_index, parse_index
    from webapp.documents.older import bring
    from webapp.documents.service import NoRoom
    from webapp.documents.storage import store_of
    from webapp.spaces.service import AlreadyDecided, SpaceFrozen
    from webapp.values.clock import paris_day, utc_now

    now = utc_now()
    there = next((one for one in sorted(folder.iterdir()) if is_index(one.name)), None)
    if there is None:
        raise click.ClickException(f"the folder holds no {INDEX}.")
    try:
        with there.open("rb") as file:
            index = parse_index(file.read(LARGEST + 1), paris_day(now))
    except IndexProblem as error:
        raise click.ClickException(
            f"{INDEX}, line {error.line}: its {error.flaw.value} cannot be taken."
        ) from None
    with open_database() as engine:
        with reading(engine) as session:
            owner, space = _owner(session, identifier, now)
        lines = tqdm(index.items(), unit="file", disable=None, leave=False)
        try:
            found = bring(engine, store_of(Settings.from_environment()), now, space, owner, folder, lines)
        except (SpaceFrozen, AlreadyDecided):
            raise click.ClickException("this space takes nothing at the moment.") from None
        except NoRoom:
            raise click.ClickException(
                "this space holds as much as it may: the rest was not added."
            ) from None
    for why in found.refused:
        click.echo(why, err=True)
    click.echo(f"{found.added} documents added, {found.known} already there, {len(found.refused)} refused.")
    if found.refused:
        sys.exit(1)


def _owner(session: Session, identifier: str, now: datetime) -> tuple[UUID, Reached]:
    from webapp.account.service import account_named
    from webapp.family.reach import family_of
    from webapp.values.clock import paris_day

    owner = account_named(session, identifier)
    family = family_of(session, owner.id, paris_day(now)) if owner else None
    if owner is None or family is None or not family.own.is_open:
        raise click.ClickException("no open space for this identifier.")
    return owner.id, family.own


def _bring_summary(identifier: str, any_birth_date: bool, path: Path) -> None:
    from webapp.db.work import writing
    from webapp.ips.reading import NotTaken, read
    from webapp.ips.rules import LARGEST
    from webapp.ips.service import add_lines
    from webapp.journal.events import Event
    from webapp.journal.service import record as write_down
    from webapp.profile.service import Author
    from webapp.spaces.service import AlreadyDecided, SpaceFrozen
    from webapp.values.clock import utc_now

    try:
        with path.open("rb") as file:
            summary = read(file.read(LARGEST + 1))
    except NotTaken as error:
        raise click.ClickException(
            f"not an International Patient Summary that can be taken: {error}."
        ) from None
    now = utc_now()
    with open_database() as engine, writing(engine) as session:
        owner, space = _owner(session, identifier, now)
        if summary.born != space.person.birth_date and not any_birth_date:
            raise click.ClickException("it is about somebody born on another day: nothing was written.")
        by = Author(space.id, owner)
        try:
            added = add_lines(session, now, by, summary.lines)
        except (SpaceFrozen, AlreadyDecided):
            raise click.ClickException("this space takes nothing at the moment.") from None
        if added:
            write_down(
                session, Event.PROFILE_CHANGED, now=now, beneficiary_id=by.beneficiary_id, account_id=owner
            )
    known = len(summary.lines) - added
    click.echo(
        f"{added} entries added, {known} already there or not shown, {len(summary.left_out)} left out."
    )
