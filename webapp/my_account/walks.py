"""Ways to the pages of "Mon compte"."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from webapp.account import walks
from webapp.account.service import account_named, change
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.generator_names import VERY_LONG
from webapp.beneficiaries.generator_rows import Holder, Member, row
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.registry_row import COLUMNS
from webapp.db.work import writing
from webapp.values.card import CardType
from webapp.web.states import World

NEW_EMAIL, NEW_PHONE, NEW_PASSWORD = "nouvelle@example.org", "07 99 99 00 66", "Goéland-bleu-7"
_PROTECTED = Holder(
    Member("2700175990130", date(1970, 1, 5), "75111", "F", "Marie-Antoinette", VERY_LONG.upper()),
    *(CardType.WITHOUT_PHOTO, "4015782970012", "nom.long@example.org", ""),
    *("3 rue du Puits-Salé", "75011", "Paris", "CPAM"),
)
PROTECTED = DemoPerson(
    "une adulte protégée, au nom très long",
    "",
    _PROTECTED.member.nir,
    _PROTECTED.member.birth_date,
    _PROTECTED.card_type,
    _PROTECTED.card_serial,
)


def register_protected(world: World) -> None:
    """Add to the registry an adult with a very long name, whom another adult represents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerow(row(_PROTECTED, _PROTECTED.member, walks.ADULT.nir))
        now = world.app.extensions["clock"]()
        assert import_registry(world.app.extensions["engine"], path, now).accepted


def move(world: World, **fields: str | None) -> None:
    """Change what the account says of itself (`email`, `phone`), without its pages."""
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, **fields)


def ask_address(path: str, **fields: str) -> Callable[[World], None]:
    """Give a new address; ends where its code is entered."""

    def act(world: World) -> None:
        world.walker.open(path).send(**fields)

    return act


def address_code(world: World) -> str:
    """Read the code that was sent to the new address: six digits on a line of their own."""
    letter = walks.newest_letter(world.app.extensions["engine"], "new-address-code")
    lines = [line.strip() for line in str(letter.get("text") or letter["sms"]).splitlines()]
    return next(line for line in lines if line.isdigit() and len(line) == 6)
