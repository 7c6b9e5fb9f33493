"""A family of twenty on one card: the rows of the page that has the most."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from pathlib import Path

from flask import Flask

from tests.bench.places import START
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.generator_rows import Holder, Member, rows_of
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.registry_row import COLUMNS
from webapp.values.card import CardType

CHILDREN = 19
_HOLDER = Holder(
    Member("2830175996001", date(1983, 1, 5), "75111", "F", "Irène", "VALDOURIE"),
    *(CardType.WITH_PHOTO, "40157829777", "irene.valdourie@example.org", "+33799990077"),
    *("3 rue du Puits-Salé", "75011", "Paris", "CPAM"),
)
HEAD = DemoPerson(
    "Irène Valdourie",
    "",
    _HOLDER.member.nir,
    _HOLDER.member.birth_date,
    _HOLDER.card_type,
    _HOLDER.card_serial,
)


def _child(number: int) -> Member:
    born = date(2010 + number % 10, 1 + number % 12, 1 + number)
    body = f"1{born:%y%m}75996{100 + number}"
    return Member(body, born, "75111", "M", f"Enfant{'abcdefghijklmnopqrs'[number]}", "VALDOURIE")


def add_family(app: Flask) -> None:
    """Import the family."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows_of([_HOLDER], [_child(number) for number in range(CHILDREN)], [_HOLDER]))
        assert import_registry(app.extensions["engine"], path, START).accepted
