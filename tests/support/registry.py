"""Registry files for tests: one right row, changed at will."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from webapp.beneficiaries.registry_row import COLUMNS
from webapp.values.nir import nir_key


def nir(body: str) -> str:
    """The number of a body of 13 characters."""
    return body + nir_key(body)


MOTHER = nir("2870475990301")
FATHER = nir("1850531991302")
CHILD = nir("1150631992303")


def a_row(**changes: str) -> dict[str, str]:
    """A mother's own row."""
    return {
        "insured_nir": MOTHER,
        "person_nir": MOTHER,
        "birth_date": "1987-04-12",
        "birth_place": "75111",
        "birth_rank": "1",
        "family_name": "CLAIRVERNAY",
        "used_name": "",
        "first_names": "Camille Rose",
        "sex": "F",
        "card_type": "with_photo",
        "card_serial": "40157829634",
        "email": "camille@example.org",
        "phone": "+33799990001",
        "address": "3 rue du Puits-Salé",
        "postal_code": "31000",
        "city": "Toulouse",
        "scheme": "CPAM",
        "guardians": "",
        **changes,
    }


def a_child(**changes: str) -> dict[str, str]:
    """The row of her child, on her card."""
    child = {
        "person_nir": CHILD,
        "birth_date": "2015-06-08",
        "first_names": "Léo",
        "sex": "M",
        "guardians": f"{MOTHER} {FATHER}",
    }
    return a_row(**{**child, **changes})


def write_csv(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write a registry file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path
