"""Who somebody is as the insurer holds it, in words: read-only, for it alone corrects it."""

from __future__ import annotations

import re

from webapp.beneficiaries.service import Person
from webapp.values.clock import french_date

SEXES = {"F": "Féminin", "M": "Masculin"}
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_OVERSEAS, _ABROAD = ("97", "98"), "99"


def identity_of(person: Person) -> list[tuple[str, str]]:
    """Return what is known of a person, each with its label."""
    known = [
        ("Prénoms", person.first_names),
        ("Nom de naissance", person.family_name),
        ("Nom d’usage", person.used_name if person.used_name != person.family_name else ""),
        ("Sexe", SEXES.get(person.sex, "")),
        ("Date de naissance", french_date(person.birth_date)),
        ("Lieu de naissance", birth_place_in_words(person.birth_place)),
    ]
    return [(label, words) for label, words in known if words]


def birth_place_in_words(place: str) -> str:
    """Name the department of a commune's INSEE code, for no list of communes is held; a country is as it is written."""
    if not _CODE.fullmatch(place):
        return place
    if place.startswith(_ABROAD):
        return f"à l’étranger (code Insee {place})"
    return f"département {place[: 3 if place.startswith(_OVERSEAS) else 2]} (code Insee {place})"
