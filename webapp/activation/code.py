"""Sending a provisional code, and entering one (J3, J4)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.beneficiaries.service import cards as cards_by_id
from webapp.beneficiaries.service import people
from webapp.config import Settings
from webapp.identity.contacts import ContactChoice
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import CODE_ADDRESS, CODE_ALL, CODE_SENDS
from webapp.limits.service import add_failure, add_within, check_address
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.spaces import codes
from webapp.spaces.codes import Redeemed, WrongCode
from webapp.spaces.rules import CODE_LIFE, CodeKind
from webapp.values.ages import is_minor
from webapp.values.clock import paris_day
from webapp.values.french import listed


def send_code(
    session: Session, now: datetime, settings: Settings, *, subject: bytes, to: ContactChoice
) -> UUID:
    """Issue a code and put its letter in the outbox, in one transaction; returns the code's row.

    Raises TooMany after five in a day. The counter comes first: its row is what two requests at once wait for.
    """
    add_within(session, CODE_SENDS, subject.hex(), now)
    issued = codes.issue(session, now, subject=subject, card_ids=to.card_ids)
    held = cards_by_id(session, to.card_ids)
    persons = list(people(session, {card.person_id for card in held.values()}).values())
    letter = render_letter(
        "provisional-code",
        settings,
        name=listed([person.first_name for person in persons]),
        for_child=all(is_minor(person.birth_date, paris_day(now)) for person in persons),
        code=issued.code,
        minutes=int(CODE_LIFE.total_seconds() // 60),
        until=issued.expires_at,
    )
    put(session, letter, Destination(to.channel, to.address), now, about=persons[0].id)
    record(session, Event.CODE_ISSUED, now=now, beneficiary_id=persons[0].id)
    return issued.id


def enter_code(
    session: Session, now: datetime, typed: str, *, live: UUID | None, address: str | None
) -> Redeemed:
    """Recognise a code; one sent on request is used up at once, an invitation only after its verification.

    A wrong one takes a try from the live code of whoever has just identified in this visit (`live`), else counts
    for the network address: also once that code is dead, or guesses would be free from then on. The journal comes
    last, since everybody waits for its head. Raises WrongCode, CodeExpired, CodeUsed, CodeReplaced, CodeSpent or
    TooMany.
    """
    alive = live is not None and codes.is_live(session, live, now)
    if not alive:
        check_address(session, CODE_ADDRESS, CODE_ALL, address, now)
    try:
        found = codes.find(session, typed, now)
    except WrongCode:
        try:
            if not alive:
                add_failure(session, CODE_ADDRESS, CODE_ALL, address, now)
            if live is None:
                raise
            raise WrongCode(codes.count_wrong_try(session, live, now)) from None
        finally:
            record(session, Event.CODE_REFUSED, now=now)
    if found.kind is CodeKind.REQUEST:
        codes.use(session, found.id, now)
        record(session, Event.CODE_REDEEMED, now=now)
    return found


def verify_invited(
    session: Session, now: datetime, code_id: UUID, card_ids: tuple[UUID, ...], born: date, serial: str
) -> tuple[UUID, ...]:
    """Use an invitation up for the cards that this birth date and serial fit; a mismatch takes one try."""
    fitting = tuple(
        card.id
        for card in cards_by_id(session, card_ids).values()
        if card.card_serial == serial and card.birth_date == born
    )
    if not fitting:
        try:
            raise WrongCode(codes.count_wrong_try(session, code_id, now))
        finally:
            record(session, Event.CODE_REFUSED, now=now)
    codes.use(session, code_id, now)
    record(session, Event.CODE_REDEEMED, now=now)
    return fitting
