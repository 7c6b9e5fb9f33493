"""The registry's tables: people, their cards, and who represents them.

Nothing here can be read without the keys: a row is found by blind indexes (`Vault.index`) and opened with
`Vault.unseal`. The purpose "nir" serves a person's own number, the number of a card and a guardian's alike, so that
the holder of a number is found by `Beneficiary.nir_index == Card.insured_index`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.base import Base

DIGEST = LargeBinary(32)


class Beneficiary(Base):
    """A person in the insurer's registry; never deleted by an import.

    Sealed: `family_name` (at birth), `used_name`, `first_names`, `birth_date` (ISO), `birth_place`, `birth_rank`,
    `sex` (F, M, I), `person_nir` (15 characters or empty).
    """

    __tablename__ = "beneficiaries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    nir_index: Mapped[bytes | None] = mapped_column(DIGEST, unique=True)
    """index("nir", person_nir); null as long as the registry gives no number for the person."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    department: Mapped[str] = mapped_column(String(3), index=True)
    """Of the postal address: "31", "2A", "974"; empty when it is unknown or abroad."""
    content_digest: Mapped[bytes] = mapped_column(DIGEST)
    """Of every field but the number: an import that brings the same writes nothing."""
    same_as_id: Mapped[UUID | None] = mapped_column(ForeignKey("beneficiaries.id"), index=True)
    """The person whom this one, once known without a number, turned out to be; the cards went there."""
    registered_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Card(Base):
    """One row of the registry: a place under an insured number, the card that goes with it, and the contact.

    Sealed: `insured_nir`, `card_type`, `card_serial`, `email`, `phone` (E.164), `address`, `postal_code`, `city`,
    `birth_date` (ISO). Empty texts stand for what is unknown.
    """

    __tablename__ = "cards"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), index=True)
    place_index: Mapped[bytes] = mapped_column(DIGEST, unique=True)
    """index("place", insured_nir|birth_date|birth_rank)."""
    identity_index: Mapped[bytes] = mapped_column(DIGEST, index=True)
    """index("identity", insured_nir|birth_date|card_type|card_serial): several people when they are twins."""
    insured_index: Mapped[bytes] = mapped_column(DIGEST, index=True)
    """index("nir", insured_nir)."""
    scheme: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_digest: Mapped[bytes] = mapped_column(DIGEST)
    changed_at: Mapped[datetime]


class Guardianship(Base):
    """A legal representative of a person, by the insured number of the representative."""

    __tablename__ = "guardianships"

    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey("beneficiaries.id"), primary_key=True)
    guardian_index: Mapped[bytes] = mapped_column(DIGEST, primary_key=True, index=True)
    """index("nir", the representative's insured number)."""
