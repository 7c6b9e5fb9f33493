"""A forgotten identifier: sent to a contact that the insurer holds, never shown (J7)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.account.owner import is_theirs
from webapp.account.sending import destinations
from webapp.account.service import AccountView, account_of
from webapp.account.telling import tell_at
from webapp.beneficiaries.service import CardHeld, Person, cards, holder_of, people
from webapp.config import Settings
from webapp.identity.contacts import ContactChoice
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import IDENTIFIER_SENDS
from webapp.limits.service import add_within
from webapp.mail.letter import Destination
from webapp.mail.outbox import put
from webapp.mail.render import render_letter
from webapp.values.ages import is_minor
from webapp.values.clock import paris_day
from webapp.values.french import listed


def remind(session: Session, now: datetime, settings: Settings, *, subject: bytes, to: ContactChoice) -> None:
    """Send the identifiers of whoever was identified to one of their contacts; raises TooMany after five a day.

    One letter an account. When there is none, the letter says so, and how to decide: the screen never does.
    """
    add_within(session, IDENTIFIER_SENDS, subject.hex(), now)
    held = list(cards(session, to.card_ids).values())
    persons = people(session, {card.person_id for card in held})
    place = Destination(to.channel, to.address)
    found = accounts_for(session, held, to.address)
    for known in found:
        own = [] if to.address in _places(known) else list(destinations(session, known).values())
        where = [place, *(one for one in own if one != place)]  # its owner is told when it went elsewhere
        tell_at(session, now, settings, known, where, "identifier-reminder", identifier=known.identifier)
    if not found:
        _say_there_is_none(session, now, settings, list(persons.values()), place)
    for known in found:
        record(
            session,
            Event.IDENTIFIER_ASKED,
            now=now,
            beneficiary_id=known.beneficiary_id,
            account_id=known.id,
        )
    if not found:
        record(session, Event.IDENTIFIER_ASKED, now=now, beneficiary_id=held[0].person_id)


def accounts_for(session: Session, held: list[CardHeld], address: str) -> list[AccountView]:
    """Return the accounts that a contact of these cards may learn the identifier of, once each.

    The person's own, if it is really theirs and the contact is: the account has it, or it came with a card under
    their own number. What came with somebody else's (a former spouse's, a parent's) is that person's. And that of the
    holder of the number (a parent who gave a child's birth date), if it has that very contact: a child of sixteen
    whose card has their own phone does not learn it.
    """
    found: dict[object, AccountView] = {}
    for card in held:
        own = account_of(session, card.person_id)
        holder = holder_of(session, card.insured_index)
        is_holder = holder is not None and holder.id == card.person_id
        if own is not None and (
            address in _places(own) or (is_holder and is_theirs(session, own, card.contact))
        ):
            found[own.id] = own
        theirs = account_of(session, holder.id) if holder and not is_holder else None
        if theirs is not None and address in _places(theirs):
            found[theirs.id] = theirs
    return list(found.values())


def _places(known: AccountView) -> tuple[str | None, str | None]:
    return known.email, known.phone


def _say_there_is_none(
    session: Session, now: datetime, settings: Settings, persons: list[Person], place: Destination
) -> None:
    letter = render_letter(
        "no-account",
        settings,
        name=listed([one.first_name for one in persons]),
        for_child=all(is_minor(one.birth_date, paris_day(now)) for one in persons),
        at=now,
    )
    put(session, letter, place, now, about=persons[0].id)
