"""What is said of a session: device, moments, and what proved who it was. Nothing that a browser sent is repeated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.account.sessions import OpenSession
from webapp.values.clock import french_date, french_time, paris_day

PROVEN_BY = {
    "email": "mot de passe, et code reçu par e-mail",
    "sms": "mot de passe, et code reçu par SMS",
    "app": "mot de passe, et code de mon application",
    "recovery": "mot de passe, et code de secours",
    "passkey": "clé d’accès",
}
UNKNOWN_DEVICE = "Appareil sans nom"


@dataclass(frozen=True)
class Line:
    """One session, as the page shows it."""

    id: UUID
    here: bool
    device: str
    began: str
    facts: tuple[tuple[str, str], ...]


def lines(found: list[OpenSession], here: UUID | None, now: datetime) -> list[Line]:
    """Describe sessions, the one of this browser first, in the order given otherwise."""
    return [_line(one, one.id == here, now) for one in sorted(found, key=lambda one: one.id != here)]


def _line(one: OpenSession, here: bool, now: datetime) -> Line:
    began = _moment(one.member.since, now)
    facts = [
        ("Ouverte", began),
        ("Dernière activité", "maintenant" if here else _moment(one.last_seen_at, now)),
        ("Ouverte avec", PROVEN_BY.get(one.member.by, "mot de passe, et code d’accès")),
    ]
    if one.member.shared:
        facts.append(("Ordinateur partagé", "oui, rien n’y est gardé"))
    return Line(one.id, here, one.member.device or UNKNOWN_DEVICE, began, tuple(facts))


def _moment(moment: datetime, now: datetime) -> str:
    """Say a moment; a session lasts twelve hours at most, so that it began today or the day before."""
    today = paris_day(moment) == paris_day(now)
    day = "aujourd’hui" if today else f"le {french_date(paris_day(moment))}"
    return f"{day} à {french_time(moment)}"
