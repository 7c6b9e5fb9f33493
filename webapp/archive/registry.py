"""What the insurer's registry says of the person who asks. A contact under somebody else's number is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from webapp.archive.records import Coded, Holder, Record, Section
from webapp.beneficiaries.models import Beneficiary, Card
from webapp.db.vault import current_vault
from webapp.my_account.registry import registry_entry
from webapp.values.clock import paris_day

SEXES = {"F": "Femme", "M": "Homme", "I": "Non précisé"}


def _person(who: Holder) -> Iterator[Record]:
    sealed = who.session.scalar(select(Beneficiary.sealed).where(Beneficiary.id == who.own_id))
    if who.own_id is None or sealed is None:
        return
    held = current_vault().unseal(Beneficiary.__tablename__, who.own_id, sealed)
    names = (held["first_names"], held["family_name"], held["used_name"] or None)
    sex = Coded(held["sex"], SEXES.get(held["sex"], SEXES["I"]))
    yield (
        *names,
        date.fromisoformat(held["birth_date"]),
        held["birth_place"] or None,
        sex,
        held["person_nir"] or None,
    )


def _cards(who: Holder) -> Iterator[Record]:
    own = who.session.scalar(select(Beneficiary.nir_index).where(Beneficiary.id == who.own_id))
    rows = who.session.execute(
        select(Card.id, Card.scheme, Card.insured_index, Card.sealed)
        .where(Card.beneficiary_id == who.own_id)
        .order_by(Card.id)
    )
    for row in rows if who.own_id is not None else ():
        held = current_vault().unseal(Card.__tablename__, row.id, row.sealed)
        mine = own is not None and row.insured_index == own
        contact = ("insured_nir", "email", "phone", "address", "postal_code", "city")
        yield (
            row.scheme,
            held["card_serial"],
            mine,
            *(held[name] or None if mine else None for name in contact),
        )


def _family(who: Holder) -> Iterator[Record]:
    entry = registry_entry(who.session, who.account, paris_day(who.now)) if who.own_id is not None else None
    if entry is None:
        return
    for child in entry.children:
        yield child.display_name, Coded("child", "Je représente cet enfant"), child.birth_date
    for other in entry.representatives:
        yield other.display_name, Coded("representative", "Me représente"), None


PERSON = Section(
    "registry_person",
    "Ce que dit ma caisse de moi",
    (
        ("first_names", "Prénoms"),
        ("family_name", "Nom de naissance"),
        ("used_name", "Nom d’usage"),
        ("birth_date", "Date de naissance"),
        ("birth_place", "Commune ou pays de naissance (code)"),
        ("sex", "Sexe"),
        ("social_security_number", "Numéro de sécurité sociale"),
    ),
    _person,
    single=True,
)
MY_CARDS = Section(
    "registry_cards",
    "Mes cartes, et les coordonnées connues de ma caisse",
    (
        ("scheme", "Caisse"),
        ("serial", "Numéro de série"),
        ("own_number", "À mon propre numéro"),
        ("social_security_number", "Numéro de sécurité sociale"),
        ("email", "Adresse e-mail"),
        ("phone", "Téléphone"),
        ("address", "Adresse"),
        ("postal_code", "Code postal"),
        ("city", "Ville"),
    ),
    _cards,
)
MY_FAMILY = Section(
    "registry_family",
    "Qui je représente et qui me représente, selon ma caisse",
    (("name", "Nom"), ("link", "Lien"), ("birth_date", "Date de naissance d’un enfant")),
    _family,
)
