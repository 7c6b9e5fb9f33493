"""The spaces that the account reaches, what was decided, and what a guardian may see of a child's."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from webapp.archive.records import Coded, Holder, Record, Section
from webapp.db.vault import current_vault
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sharing import invitations
from webapp.family.sight import events
from webapp.family.words import sentence
from webapp.spaces.closing import erasure_of
from webapp.spaces.models import Decision
from webapp.spaces.receipt_rules import group_reference
from webapp.spaces.rules import SpaceState

AT_ONCE = 200
"""Events of a child's space held in memory at once."""
ROLES = {Role.HOLDER: "Pour moi", Role.GUARDIAN: "Comme représentant légal"}
STATES = {
    SpaceState.KNOWN: "Pas encore ouvert",
    SpaceState.INVITED: "Invitation reçue",
    SpaceState.OPENED: "Ouvert",
    SpaceState.OPPOSED: "Opposition enregistrée",
    SpaceState.OPENED_AUTOMATICALLY: "Ouvert automatiquement",
    SpaceState.CLOSED: "Fermé",
}
DECISIONS = {"opening": "Ouverture", "opposition": "Opposition", "closing": "Fermeture"}
BY = {"self": "Moi", "guardian": "Mon représentant légal"}


def _spaces(who: Holder) -> Iterator[Record]:
    for space in (who.family.own, *who.family.children):
        erasure = erasure_of(who.session, space.id) if space.state is SpaceState.CLOSED else None
        role, state = Coded(space.role, ROLES[space.role]), Coded(space.state, STATES[space.state])
        erased_on = erasure.day if erasure else None
        yield space.name, role, space.person.birth_date, state, space.since, space.frozen, erased_on


def _decisions(who: Holder) -> Iterator[Record]:
    if who.own_id is None:
        return
    about = Decision.beneficiary_id == who.own_id
    rows = who.session.execute(select(Decision).where(about).order_by(Decision.decided_at, Decision.id))
    for one in rows.scalars():
        by = current_vault().unseal(Decision.__tablename__, one.id, one.sealed)["by"]
        kind = Coded(one.kind, DECISIONS.get(one.kind, one.kind))
        reference = group_reference(one.reference)
        terms = (one.terms_version, one.terms_accepted_at)
        yield kind, one.decided_at, reference, Coded(by, BY.get(by, by)), *terms


def _invitations(who: Holder) -> Iterator[Record]:
    for one in invitations(who.session, who.now, who.own_id) if who.own_id is not None else ():
        yield one.child.display_name, one.sender, one.expires_at


def _children_events(who: Holder) -> Iterator[Record]:
    for child in who.family.children:
        yield from _events_of(who, child)


def _events_of(who: Holder, child: Reached) -> Iterator[Record]:
    before: int | None = None
    while found := events(who.session, child, before=before, limit=AT_ONCE):
        for seen in found:
            yield child.name, seen.at, sentence(seen, who.account.id)
        before = found[-1].seq


SPACES = Section(
    "spaces",
    "Les espaces où j’entre",
    (
        ("name", "Nom"),
        ("role", "J’y entre"),
        ("birth_date", "Date de naissance"),
        ("state", "État"),
        ("since", "Depuis"),
        ("frozen", "Figé par un désaccord"),
        ("erased_on", "Contenu effacé le"),
    ),
    _spaces,
)
MY_DECISIONS = Section(
    "decisions",
    "Les décisions prises pour moi",
    (
        ("kind", "Décision"),
        ("decided_at", "Date"),
        ("reference", "Référence"),
        ("by", "Par"),
        ("terms_version", "Version des conditions"),
        ("terms_accepted_at", "Conditions acceptées le"),
    ),
    _decisions,
)
INVITATIONS = Section(
    "invitations",
    "Les invitations qui m’attendent",
    (("child", "Enfant"), ("sender", "De la part de"), ("expires_at", "Jusqu’au")),
    _invitations,
)
CHILDREN_EVENTS = Section(
    "children_events",
    "Ce qui s’est passé dans les espaces des enfants",
    (("child", "Enfant"), ("at", "Date"), ("event", "Ce qui s’est passé")),
    _children_events,
)
