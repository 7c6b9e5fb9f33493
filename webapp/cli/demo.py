"""`espace-sante demo`: everything on this machine, with people who do not exist."""

from __future__ import annotations

import http.client
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.config import Settings, SettingsError, environment

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from webapp.beneficiaries.generator_demo import DemoPerson

PEOPLE = 500
SEED = 1
START_SECONDS = 60
THREADS = 24
"""Of the server: enough that whoever sends slowly never holds them all (web/uploads.py says how many may)."""
HEADER_MILLISECONDS = 15_000
"""A client that takes longer to send its headers is cut off."""


@click.command()
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
def demo(port: int) -> None:
    """Start the demonstration: database, invented people, server and delivery worker.

    Ends with Ctrl-C. PORT in the environment does what --port does.
    """
    from webapp.cli.processes import Children, Stopped

    given = environment()
    env = given if given.get("PUBLIC_URL") else environment(PUBLIC_URL=f"http://127.0.0.1:{port}")
    settings = Settings.from_environment(env)
    if settings.production:
        raise SettingsError("the demonstration is for this machine: PUBLIC_URL must be a loopback address.")
    _check_port(port)
    _fill(settings)
    try:
        with Children() as children:
            children.start("the server", _server(port), env)
            children.start("the worker", (sys.executable, "-m", "webapp.cli", "worker"), env)
            if _answers(port, children.dead):
                click.echo(_welcome(settings))
                dead = children.wait()
            else:
                dead = children.dead() or "the server"
    except Stopped:
        click.echo("The demonstration has stopped.")
        return
    click.echo(f"espace-sante: {dead} has stopped, so everything was stopped: see above.", err=True)
    sys.exit(1)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            click.echo(
                f"espace-sante: port {port} cannot be used ({error.strerror}): choose another, "
                f"for example with `make run PORT={port + 1 if port < 65535 else 8000}`.",
                err=True,
            )
            sys.exit(1)


def _fill(settings: Settings) -> None:
    """Bring the database to the newest revision, and import invented people when it holds nobody."""
    from sqlalchemy import select

    from webapp.beneficiaries.models import Beneficiary
    from webapp.db.engine import make_engine
    from webapp.db.migrate import current, newest, upgrade
    from webapp.db.vault import Vault, use_vault
    from webapp.db.work import reading

    use_vault(Vault(settings.keys))
    engine = make_engine(settings.database_url)
    try:
        if current(engine) != newest():
            upgrade(engine)
        with reading(engine) as session:
            empty = session.execute(select(Beneficiary.id).limit(1)).first() is None
        if empty:
            _import_people(settings, engine)
            _tell_lives(settings, engine)
            _write_news(settings)
        _load_medicines(engine)
    finally:
        engine.dispose()


def _import_people(settings: Settings, engine: Engine) -> None:
    from webapp.beneficiaries.generator import write_registry
    from webapp.beneficiaries.importing import import_registry
    from webapp.values.clock import paris_day, utc_now

    settings.var.mkdir(parents=True, exist_ok=True)
    now = utc_now()
    with tempfile.TemporaryDirectory(dir=settings.var) as folder:
        file = Path(folder) / "registry.csv"
        write_registry(file, PEOPLE, SEED, paris_day(now))
        report = import_registry(engine, file, now)
    click.echo(f"Imported a registry of {report.new} people who do not exist.")


def _tell_lives(settings: Settings, engine: Engine) -> None:
    from webapp.cli.lives import tell_lives
    from webapp.values.clock import utc_now

    tell_lives(settings, engine, utc_now())


def _write_news(settings: Settings) -> None:
    from webapp.news.rules import EXAMPLE
    from webapp.values.clock import paris_day, utc_now

    if not settings.news_file and not settings.news.exists():
        settings.news.write_text(EXAMPLE.format(today=paris_day(utc_now()).isoformat()), "utf-8")


def _load_medicines(engine: Engine) -> None:
    from webapp.db.work import reading, writing
    from webapp.medicines.loading import load
    from webapp.medicines.service import is_loaded

    with reading(engine) as session:
        there = is_loaded(session)
    if not there:
        with writing(engine) as session:
            load(session)


def _server(port: int) -> tuple[str, ...]:
    """Build the command of granian: connections are kept open, headers must come in time, threads do the work."""
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(THREADS), "--http", "1", "--http1-keep-alive"),
        *("--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--no-ws"),
        *("--log-level", "error", "--no-access-log", "wsgi:app"),
    )


def _answers(port: int, dead: Callable[[], str | None]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and dead() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def _welcome(settings: Settings) -> str:
    from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
    from webapp.cli.lives import ALIVE

    lines = [
        "",
        f"The demonstration is ready: {settings.public_url}/   (Ctrl-C stops it)",
        f"Codes arrive here:          {settings.public_url}/demonstration/envois"
        if settings.shows_what_was_sent
        else "Codes are sent for real: see MAIL_URL and SMS_URL.",
        "",
        "Who to try it as (none of them exists):",
    ]
    accounts = _accounts(settings)
    begun = ALIVE if accounts else ()
    lines += accounts
    if begun:
        lines += ["", "Their cards, and their children's:", *_cards(begun)]
    lines += ["", f"To begin from nothing at {settings.public_url}/activation/nouveau-code:"]
    lines += _cards(tuple(one for one in DEMO_PEOPLE if one not in begun))
    return "\n".join(lines)


def _cards(people: tuple[DemoPerson, ...]) -> list[str]:
    from webapp.values.card import CardType
    from webapp.values.nir import group_nir

    lines = []
    for person in people:
        card = "avec photo" if person.card_type is CardType.WITH_PHOTO else "sans photo"
        nir, born = group_nir(person.nir).replace("\u202f", " "), f"{person.birth_date:%d/%m/%Y}"
        lines += [
            f"  {person.name} : {person.interest}",
            f"    numéro {nir}   né·e le {born}   carte {card}   série {person.card_serial}",
        ]
    return lines


def _accounts(settings: Settings) -> list[str]:
    """Say whom to sign in as: those whose account is there (a database of an earlier day may have none)."""
    from webapp.account.service import account_named
    from webapp.cli.lives import ACCOUNTS, PASSWORD
    from webapp.db.engine import make_engine
    from webapp.db.work import reading

    engine = make_engine(settings.database_url)
    try:
        with reading(engine) as session:
            there = [one for one in ACCOUNTS if account_named(session, one.identifier) is not None]
    finally:
        engine.dispose()
    lines = [f"  {one.name} : {one.interest}\n    identifiant {one.identifier}" for one in there]
    return [f"  Sign in at {settings.public_url}/connexion, password {PASSWORD}", *lines] if lines else []
