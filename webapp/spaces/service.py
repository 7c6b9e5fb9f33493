"""Deciding about a space: opened or opposed, each in one conditional UPDATE, each with a decision kept for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert_for
from webapp.db.vault import current_vault
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.spaces.happening import Happening, What, tell
from webapp.spaces.models import Decision, HealthSpace
from webapp.spaces.receipt_rules import OPPOSITION, TITLES, ReceiptFacts, new_reference
from webapp.spaces.rules import MAY_OPEN, MAY_OPPOSE, TERMS_VERSION, SpaceState, erasure_day
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal


class AlreadyDecided(Refusal):
    """The space is no longer in a state that allows this; `state` is the one it is in."""

    def __init__(self, state: SpaceState) -> None:
        """Keep the state that was found."""
        super().__init__(state)
        self.state = state


class SpaceFrozen(Refusal):
    """Two guardians do not agree about this space: nothing is decided before they do."""


@dataclass(frozen=True)
class SpaceView:
    """The state of a space, and since when (None: nothing ever happened)."""

    state: SpaceState
    changed_at: datetime | None
    frozen: bool = False
    """Two guardians do not agree: it stays as it is."""


@dataclass(frozen=True)
class Decided:
    """Who decides for whom, as it stood on that day: written into the decision, sealed."""

    beneficiary_id: UUID
    name: str
    insured_nir: str
    by: str
    """`self`, or the name of the legal representative."""


_SPACES = cast(Table, HealthSpace.__table__).c
_STATES = select(_SPACES.beneficiary_id, _SPACES.state, _SPACES.changed_at, _SPACES.frozen_at).where(
    _SPACES.beneficiary_id.in_(bindparam("ids", expanding=True))
)  # made once: making a statement costs more than running it


def spaces_of(session: Session, beneficiary_ids: Iterable[UUID]) -> dict[UUID, SpaceView]:
    """Return the state of each person's space, in one query."""
    ids = list(beneficiary_ids)
    rows = session.execute(_STATES, {"ids": ids})
    found = {
        row.beneficiary_id: SpaceView(SpaceState(row.state), row.changed_at, row.frozen_at is not None)
        for row in rows
    }
    return {person: found.get(person, SpaceView(SpaceState.KNOWN, None)) for person in ids}


def open_space(session: Session, now: datetime, who: Decided, terms_accepted_at: datetime) -> None:
    """Open a space, whose content is then erased no more; raises AlreadyDecided when it is open already."""
    before = hold_for(session, now, who.beneficiary_id, MAY_OPEN)
    cancelled = _erasure_asked(session, who.beneficiary_id)
    move(session, now, who.beneficiary_id, SpaceState.OPENED, MAY_OPEN)
    keep_decision(session, now, who, "opening", new_reference(), TERMS_VERSION, terms_accepted_at)
    again = before in (SpaceState.OPPOSED, SpaceState.CLOSED)
    tell(session, _happening(What.REOPENED if again else What.OPENED, now, who))
    if cancelled:
        record(session, Event.ERASURE_CANCELLED, now=now, beneficiary_id=who.beneficiary_id)
    event = Event.SPACE_REOPENED if again else Event.SPACE_OPENED
    record(session, event, now=now, beneficiary_id=who.beneficiary_id)


def oppose(session: Session, now: datetime, who: Decided) -> str:
    """Record an opposition and return the reference of its receipt; raises AlreadyDecided."""
    move(session, now, who.beneficiary_id, SpaceState.OPPOSED, MAY_OPPOSE)
    reference = new_reference()
    keep_decision(session, now, who, OPPOSITION, reference)
    tell(session, _happening(What.OPPOSED, now, who, reference))
    record(session, Event.SPACE_OPPOSED, now=now, beneficiary_id=who.beneficiary_id)
    return reference


def _happening(what: What, now: datetime, who: Decided, reference: str = "") -> Happening:
    return Happening(what, who.beneficiary_id, now, for_child=who.by != "self", reference=reference)


def receipt_of(session: Session, beneficiary_id: UUID) -> ReceiptFacts | None:
    """Return the facts of a person's newest decision that has a receipt, while it stands; None otherwise."""
    row = session.execute(
        select(Decision.id, Decision.kind, Decision.reference, Decision.decided_at, Decision.sealed)
        .where(Decision.beneficiary_id == beneficiary_id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.kind not in TITLES:
        return None
    fields = current_vault().unseal(Decision.__tablename__, row.id, row.sealed)
    return ReceiptFacts(
        reference=row.reference,
        kind=row.kind,
        name=fields["name"],
        nir=fields["insured_nir"],
        decided_at=row.decided_at,
        erase_on=date.fromisoformat(fields["erase_on"]) if fields.get("erase_on") else None,
    )


@dataclass(frozen=True)
class LastDecision:
    """The newest decision about a person: its kind, and the number of the card that it was made with."""

    kind: str
    insured_nir: str = field(repr=False)


def last_decision(session: Session, beneficiary_id: UUID) -> LastDecision | None:
    """Return the newest decision about a person, or None."""
    row = session.execute(
        select(Decision.id, Decision.kind, Decision.sealed)
        .where(Decision.beneficiary_id == beneficiary_id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    fields = current_vault().unseal(Decision.__tablename__, row.id, row.sealed)
    return LastDecision(row.kind, fields["insured_nir"])


def hold(session: Session, now: datetime, beneficiary_id: UUID) -> SpaceState:
    """Return the state of a space, and keep every other decision about it waiting until this transaction ends.

    Always taken before the journal: two decisions at once would otherwise wait for each other for ever.
    """
    insert: Any = insert_for(session, HealthSpace)
    session.execute(
        insert.values(
            beneficiary_id=beneficiary_id, state=SpaceState.KNOWN, changed_at=now
        ).on_conflict_do_nothing()
    )
    state = session.scalars(
        select(HealthSpace.state).where(HealthSpace.beneficiary_id == beneficiary_id).with_for_update()
    ).one()
    return SpaceState(state)


def hold_for(
    session: Session, now: datetime, beneficiary_id: UUID, allowed: frozenset[SpaceState]
) -> SpaceState:
    """Hold a space that is about to change, and return its state; raises SpaceFrozen or AlreadyDecided."""
    before = hold(session, now, beneficiary_id)
    if session.scalar(select(HealthSpace.frozen_at).where(HealthSpace.beneficiary_id == beneficiary_id)):
        raise SpaceFrozen
    if before not in allowed:
        raise AlreadyDecided(before)
    return before


def _erasure_asked(session: Session, beneficiary_id: UUID) -> bool:
    """Say whether a closed space is to be erased before its ten years, because that was asked for."""
    row = session.execute(
        select(HealthSpace.changed_at, HealthSpace.erase_on).where(
            HealthSpace.beneficiary_id == beneficiary_id, HealthSpace.erase_on.is_not(None)
        )
    ).one_or_none()
    return row is not None and row.erase_on < erasure_day(paris_day(row.changed_at), early=False)


def freeze(session: Session, now: datetime, beneficiary_id: UUID, *, frozen: bool) -> None:
    """Freeze a space as it is, or let decisions be taken again; freezing twice keeps the first date."""
    hold(session, now, beneficiary_id)
    mine = update(HealthSpace).where(HealthSpace.beneficiary_id == beneficiary_id)
    change = (
        mine.where(HealthSpace.frozen_at.is_(None)).values(frozen_at=now)
        if frozen
        else mine.values(frozen_at=None)
    )
    session.execute(change.execution_options(synchronize_session=False))


def move(
    session: Session,
    now: datetime,
    beneficiary_id: UUID,
    to: SpaceState,
    allowed: frozenset[SpaceState],
    *,
    erase_on: date | None = None,
) -> None:
    """Put a space into a state; whoever comes second is told what was decided. `erase_on`: of a closed one."""
    before = hold_for(session, now, beneficiary_id, allowed)
    session.execute(
        update(HealthSpace)
        .where(HealthSpace.beneficiary_id == beneficiary_id, HealthSpace.state == before)
        .values(state=to, changed_at=now, erase_on=erase_on)
    )


def keep_decision(
    session: Session,
    now: datetime,
    who: Decided,
    kind: str,
    reference: str,
    terms_version: str | None = None,
    terms_accepted_at: datetime | None = None,
    erase_on: date | None = None,
) -> None:
    """Keep a decision for ever, with name and number as they stand on this day."""
    decision_id = new_id()
    fields = {"name": who.name, "insured_nir": who.insured_nir, "by": who.by}
    if erase_on is not None:
        fields["erase_on"] = erase_on.isoformat()
    session.add(
        Decision(
            id=decision_id,
            beneficiary_id=who.beneficiary_id,
            kind=kind,
            decided_at=now,
            reference=reference,
            terms_version=terms_version,
            terms_accepted_at=terms_accepted_at,
            sealed=current_vault().seal(Decision.__tablename__, decision_id, fields),
        )
    )
