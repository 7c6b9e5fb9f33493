"""The people to try the demonstration as: written by hand, the same whatever the seed and the day.

Their numbers name communes that do not exist (990 and over), their telephones are in ranges that nobody holds and
their e-mail domains are reserved: see `generator`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp.beneficiaries.generator_rows import Holder, Member, rows_of
from webapp.values.card import CardType


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to try the demonstration as: what to type to be identified, and what there is to see (French)."""

    name: str
    interest: str
    nir: str
    birth_date: date
    card_type: CardType
    card_serial: str


_BIRTH_PLACES = {"75": "75111", "44": "44109", "29": "29232", "2A": "2A272", "23": "23096", "59": "59350"}


def _member(body: str, birth: date, sex: str, first_names: str, family: str, rank: int = 1) -> Member:
    return Member(
        body=body,
        birth_date=birth,
        birth_place=_BIRTH_PLACES[body[5:7]],
        birth_rank=rank,
        sex=sex,
        first_names=first_names,
        family_name=family,
    )


def _holder(member: Member, card: CardType, serial: str, email: str, phone: str, **others: str) -> Holder:
    home = {"address": "3 rue du Puits-Salé", "postal_code": "75011", "city": "Paris", "scheme": "CPAM"}
    return Holder(member, card, serial, email, phone, **{**home, **others})


_PHOTO, _PLAIN = CardType.WITH_PHOTO, CardType.WITHOUT_PHOTO

_CAMILLE = _holder(
    _member("2870475990101", date(1987, 4, 12), "F", "Camille Rose", "CLAIRVERNAY"),
    *(_PHOTO, "40157829634", "camille.clairvernay@example.org", "+33799990001"),
)
_NADIA = _holder(
    _member("2850975991102", date(1985, 9, 30), "F", "Nadia", "BELOMBRIÈRE"),
    *(_PHOTO, "40268137945", "nadia.belombriere@example.org", "+33799990002"),
)
_LEO = _member("1150675991103", date(2015, 6, 8), "M", "Léo Marcel", "BELOMBRIÈRE")
_ZOE = _member("2190175991104", date(2019, 1, 21), "F", "Zoé", "BELOMBRIÈRE")
_SOLENE = _holder(
    _member("2820344992105", date(1982, 3, 17), "F", "Solène", "KERGERBAULT"),
    *(_PHOTO, "40379248156", "solene.kergerbault@example.org", "+33799990003"),
    address="14 chemin des Trois-Noisetiers",
    postal_code="44000",
    city="Nantes",
)
_YANN = _holder(
    _member("1801129992106", date(1980, 11, 2), "M", "Yann", "HAUTCOURTIL"),
    *(_PHOTO, "40481359267", "yann.hautcourtil@example.net", "+33799990004"),
    address="2 allée de la Lune-Rousse",
    postal_code="29000",
    city="Quimper",
)
_ANAIS = _member("2140544992107", date(2014, 5, 20), "F", "Anaïs", "HAUTCOURTIL-KERGERBAULT", 1)
_MAELYS = _member("2140544992108", date(2014, 5, 20), "F", "Maëlys", "HAUTCOURTIL-KERGERBAULT", 2)
_ANGE = _holder(
    _member("158072A993109", date(1958, 7, 14), "M", "Ange-Marie Paul", "VENTACCIANI"),
    *(_PLAIN, "5281940367", "ange.ventacciani@example.org", "+33799990005"),
    address="5 chemin du Pré-aux-Oies",
    postal_code="20100",
    city="Sartène",
    scheme="MSA",
)
_MARCEL = _holder(
    _member("1340223994110", date(1934, 2, 3), "M", "Marcel", "D'AUBEVERNAY"),
    *(_PLAIN, "72839405", "", ""),
    address="1 place des Vieux-Moulins",
    postal_code="23000",
    city="Guéret",
)
_ROSE = _holder(
    _member("2170859995111", date(2017, 8, 25), "F", "Rose", "LYSANCELIN"),
    *(_PLAIN, "6190427385", "accueil.lysancelin@example.org", ""),
    address="22 boulevard des Quatre-Saisons",
    postal_code="59000",
    city="Lille",
)


def demonstration_rows() -> list[list[dict[str, str]]]:
    """Give the registry rows of the people below, family by family."""
    parents = [_SOLENE, _YANN]
    return [
        rows_of([_CAMILLE]),
        rows_of([_NADIA], [_LEO, _ZOE], [_NADIA]),
        rows_of(parents, [_ANAIS, _MAELYS], parents),
        rows_of([_ANGE]),
        rows_of([_MARCEL]),
        rows_of([_ROSE]),
    ]


def _demo(name: str, interest: str, holder: Holder, member: Member | None = None) -> DemoPerson:
    birth = (member or holder.member).birth_date
    return DemoPerson(name, interest, holder.member.nir, birth, holder.card_type, holder.card_serial)


DEMO_PEOPLE = (
    _demo("Camille Clairvernay", "une adulte, avec une adresse e-mail et un téléphone", _CAMILLE),
    _demo("Nadia Belombrière", "une mère et ses deux enfants, Léo et Zoé", _NADIA),
    _demo("Léo Belombrière", "un enfant, avec la carte de sa mère", _NADIA, _LEO),
    _demo("Anaïs ou Maëlys", "des jumelles, sur la carte de leur mère", _SOLENE, _ANAIS),
    _demo(
        "Maëlys ou Anaïs", "les mêmes jumelles, sur la carte de leur père, à ses coordonnées", _YANN, _MAELYS
    ),
    _demo("Ange-Marie Ventacciani", "un assuré de la MSA, né en Corse, carte sans photo", _ANGE),
    _demo("Marcel d’Aubevernay", "une personne sans e-mail ni téléphone connus", _MARCEL),
    _demo("Rose Lysancelin", "une enfant sans représentant légal connu", _ROSE),
)
"""Who to try the demonstration as; each is in the first rows of every generated registry of 11 people or more."""
