"""`espace-sante receipt`: check a receipt offline, publish what checks it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from webapp.pdf.receipt_keys import PublicKeys

BIGGEST = 10 * 1024 * 1024
"""Bytes of a file that is read: a receipt has about 30,000."""


@click.group()
def receipt() -> None:
    """Check receipts: of an opposition, or of a closing."""


@receipt.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="The published keys (/verifier/cles.txt); without it, those of this installation's settings.",
)
def verify(file: Path, keys_file: Path | None) -> None:
    """Check FILE without any network: exit 0 when it is genuine, 1 when it is not (one changed byte)."""
    from webapp.pdf.signing import NotGenuine, verify_pdf
    from webapp.spaces.receipt_rules import CLOSING, group_reference, read_proof
    from webapp.values.clock import french_datetime

    keys = _keys(keys_file)
    if file.stat().st_size > BIGGEST:
        raise click.ClickException(f"{file.name}: not genuine (too large to be a receipt).")
    try:
        genuine = verify_pdf(file.read_bytes(), keys)
        proof = read_proof(genuine.proof, keys)
    except NotGenuine as error:
        raise click.ClickException(f"{file.name}: not genuine ({error}).") from None
    click.echo(f"{file.name}: genuine, signed with key {genuine.key_id}.")
    click.echo(
        f"Reference {group_reference(proof.reference)}, decision recorded {french_datetime(proof.decided_at)}."
    )
    if proof.kind == CLOSING:
        click.echo("The decision is the closing of a health space.")


@receipt.command()
def keys() -> None:
    """Print the public keys, to be published: with them anyone checks a receipt."""
    from webapp.config import Settings
    from webapp.pdf.receipt_keys import public_keys_document, receipt_keys

    click.echo(public_keys_document(receipt_keys(Settings.from_environment().keys.receipt)), nl=False)


def _keys(keys_file: Path | None) -> PublicKeys:
    from webapp.config import Settings
    from webapp.pdf.receipt_keys import ReceiptKeyError, parse_public_keys, public_keys, receipt_keys

    if keys_file is None:
        return public_keys(receipt_keys(Settings.from_environment().keys.receipt))
    try:
        return parse_public_keys(keys_file.read_text("utf-8", "replace"))
    except ReceiptKeyError as error:
        raise click.UsageError(f"{keys_file.name}: {error}") from None
