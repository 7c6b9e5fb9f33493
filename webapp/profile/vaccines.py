"""Names of vaccines and of what they protect against, to be recognised in what people write.

Source of `data/vaccins_nuva.csv` and `data/maladies_vaccinales_nuva.csv`: NUVA, the unified nomenclature of vaccines,
CC BY 4.0, 2026; of the vaccines, code, name, diseases and whether the French database of medicines knows them
(`cis`) alone were kept.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from webapp.values.normal import normal

DATA = Path(__file__).with_name("data")
ABBREVIATIONS = {
    "ROR": ("DIS008", "DIS009", "DIS010"),
    "DTP": ("DIS001", "DIS002", "DIS004"),
    "DTPOLIO": ("DIS001", "DIS002", "DIS004"),
    "DTCP": ("DIS001", "DIS002", "DIS003", "DIS004"),
    "DTCAP": ("DIS001", "DIS002", "DIS003", "DIS004"),
    "BCG": ("DIS014",),
    "COVID": ("DIS057",),
    "COVID19": ("DIS057",),
    "GRIPPE": ("DIS015",),
    "POLIO": ("DIS004",),
    "HPV": ("DIS038",),
    "VRS": ("DIS058",),
    "BRONCHIOLITE": ("DIS058",),
    "COQUELUCHE": ("DIS003",),
    "MPOX": ("DIS029",),
    "VARIOLE": ("DIS029",),
    "MENINGOCOQUE": ("DIS048",),
}
"""How people and health booklets write what NUVA names at length."""
_FLU = "DIS015"
_DESCRIBED = ("VACCIN ", "IMMUNO", "PFIZER ")
"""Beginnings of what is a description, or the name of a firm."""
_SHORTEST = 4
"""Signs of the beginning of a name by which a vaccine is recognised."""
_NO_WORD = re.compile(r"[\W_]+")
_BRAND = re.compile(r"^[^\d(,]+")


@cache
def diseases() -> dict[str, str]:
    """Return the name of each disease by its code."""
    with (DATA / "maladies_vaccinales_nuva.csv").open(encoding="utf-8", newline="") as file:
        return {row["nuva"]: row["maladie"].replace("'", "’") for row in csv.DictReader(file)}


@cache
def brands() -> tuple[str, ...]:
    """Return the names to propose, without doses: of vaccines that the French database of medicines knows.

    Those of influenza alone are left out: they change each year, and people say "grippe".
    """
    rows = (row for row in _vaccines() if row["cis"] and row["codes_maladies"] != _FLU)
    stems = {found[0].strip() for row in rows if (found := _BRAND.match(row["nom"]))}
    plain = {name for name in stems if not name.upper().startswith(_DESCRIBED) and "." not in name}
    return tuple(sorted(name.title() if name.isupper() else name for name in plain))


def recognise(name: str) -> tuple[str, ...]:
    """Return the codes of the diseases that a vaccine of this name protects against; empty when it is not known.

    A name whose beginning fits vaccines of different diseases is recognised by none of them.
    """
    wanted = fold(name)
    if not wanted:
        return ()
    known = _by_folded_name()
    if wanted in known:
        return known[wanted]
    fitting = {
        codes
        for one, codes in known.items()
        if (len(wanted) >= _SHORTEST and one.startswith(wanted))
        or (len(one) >= _SHORTEST and wanted.startswith(one))
    }
    return fitting.pop() if len(fitting) == 1 else _diseases_named(name)


def find_disease(name: str) -> tuple[str, ...]:
    """Return the codes of a disease by its name or abbreviation, accents and capitals aside; empty when unknown."""
    wanted = fold(name)
    return _by_folded_disease().get(wanted) or ABBREVIATIONS.get(wanted, ())


def named(codes: tuple[str, ...] | list[str]) -> list[str]:
    """Return the names of diseases; a code that is no longer known is left out."""
    return [diseases()[code] for code in codes if code in diseases()]


def fold(text: str) -> str:
    """Return letters and digits alone, without accents, in capitals."""
    plain = normal("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum()).upper()


def _diseases_named(text: str) -> tuple[str, ...]:
    """Return the diseases whose names stand in a text, whole words only, in the order of the list."""
    said = f" {_spaced(text)} "
    return tuple(
        dict.fromkeys(code for words, codes in _spoken().items() if f" {words} " in said for code in codes)
    )


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    return {**{_spaced(name): (code,) for code, name in diseases().items()}, **ABBREVIATIONS}


@cache
def _by_folded_disease() -> dict[str, tuple[str, ...]]:
    return {fold(one): (code,) for code, one in diseases().items()}


@cache
def _by_folded_name() -> dict[str, tuple[str, ...]]:
    return {fold(row["nom"]): _codes(row) for row in _vaccines()}


def _spaced(text: str) -> str:
    """Fold each word, and keep the words apart."""
    return " ".join(filter(None, map(fold, _NO_WORD.split(text))))


def _codes(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row["codes_maladies"].split("|"))


def _vaccines() -> list[dict[str, str]]:
    with (DATA / "vaccins_nuva.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
