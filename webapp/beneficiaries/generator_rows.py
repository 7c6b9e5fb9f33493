"""Rows of an invented registry: people, the cards they hold, and those whom these cards cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.values.card import CardType
from webapp.values.nir import nir_key


@dataclass(frozen=True)
class Member:
    """An invented person; `body` is the number without its key, "" for a newborn who has none yet."""

    body: str
    birth_date: date
    birth_place: str
    sex: str
    first_names: str
    family_name: str
    used_name: str = ""
    birth_rank: int = 1

    @property
    def nir(self) -> str:
        """Give the number with its key, or ""."""
        return self.body + nir_key(self.body) if self.body else ""


@dataclass(frozen=True)
class Holder:
    """A member with a card of their own, and how to reach them ("" when that is not known)."""

    member: Member
    card_type: CardType
    card_serial: str
    email: str
    phone: str
    address: str
    postal_code: str
    city: str
    scheme: str


def rows_of(
    holders: Sequence[Holder], covered: Sequence[Member] = (), guardians: Sequence[Holder] = ()
) -> list[dict[str, str]]:
    """Give the rows of a family: each holder, then each covered member once on each holder's card."""
    numbers = " ".join(holder.member.nir for holder in guardians)
    rows = [row(holder, holder.member) for holder in holders]
    rows += [row(holder, member, numbers) for member in covered for holder in holders]
    return rows


def row(holder: Holder, member: Member, guardians: str = "") -> dict[str, str]:
    """Give the row of a member on a holder's card, by column."""
    return {
        "insured_nir": holder.member.nir,
        "person_nir": member.nir,
        "birth_date": member.birth_date.isoformat(),
        "birth_place": member.birth_place,
        "birth_rank": str(member.birth_rank),
        "family_name": member.family_name,
        "used_name": member.used_name,
        "first_names": member.first_names,
        "sex": member.sex,
        "card_type": holder.card_type.value,
        "card_serial": holder.card_serial,
        "email": holder.email,
        "phone": holder.phone,
        "address": holder.address,
        "postal_code": holder.postal_code,
        "city": holder.city,
        "scheme": holder.scheme,
        "guardians": guardians,
    }
