"""The console command `espace-sante`: each family is imported when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from webapp.config import SettingsError

FAMILIES = {
    "db": "webapp.cli.db:db",
    "beneficiaries": "webapp.cli.beneficiaries:beneficiaries",
    "medicines": "webapp.cli.medicines:medicines",
    "record": "webapp.cli.record:record",
    "demo": "webapp.cli.demo:demo",
    "worker": "webapp.cli.worker:worker",
    "receipt": "webapp.cli.receipt:receipt",
    "doctor": "webapp.cli.doctor:doctor",
}


class LazyGroup(click.Group):
    """A group whose commands are found by name and imported only when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        return list(FAMILIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, or None when there is none of that name."""
        if cmd_name not in FAMILIES:
            return None
        module, _, name = FAMILIES[cmd_name].partition(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="espace-sante")
def group() -> None:
    """Run and look after a personal health space."""


def main() -> None:
    """Run the command; a setting that cannot be right is one sentence and exit 2."""
    try:
        group.main(prog_name="espace-sante")
    except SettingsError as error:
        click.echo(f"espace-sante: {error}", err=True)
        sys.exit(2)
