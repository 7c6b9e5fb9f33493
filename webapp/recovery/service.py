"""A forgotten password: a code to the address on file, then a new password (J7).

Whether an identifier is somebody's must not be told, not even by the time of an answer. One that is nobody's is
therefore given a code too, and a letter that has nobody to go to: every later page behaves as it does for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.account.access_codes import forget_sent
from webapp.account.guard import Origin, forget_waits, known_place
from webapp.account.sending import destinations
from webapp.account.service import AccountView, account, account_named, set_password
from webapp.account.sessions import end_sessions
from webapp.account.telling import tell
from webapp.account.under_way import end_what_is_under_way, held_still, reset_subject
from webapp.beneficiaries.service import cards, holder_of, person
from webapp.config import Settings
from webapp.db.vault import current_vault
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.limits.rules import RESET_ADDRESS, RESET_ALL, RESET_CARD, RESET_KNOWN, RESET_SENDS, RESET_VISIT
from webapp.limits.service import TooMany, add, add_failure, add_within, check_address, hold_growing
from webapp.mail.letter import Destination
from webapp.mail.outbox import put, put_nowhere
from webapp.mail.render import render_letter
from webapp.spaces import awaited
from webapp.spaces.codes import CodeSpent, WrongCode, issue
from webapp.spaces.rules import CODE_LIFE, CodeKind
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal

_NOWHERE = (("email", "personne.du.tout@exemple.invalid"), ("sms", "+33600000000"))
_STAND_IN = {"identifier": "personne", "email": _NOWHERE[0][1], "phone": _NOWHERE[1][1]}


class ProofGone(Refusal):
    """The code that was proven has served, or the account is no more: a new code is needed."""


def ask(
    session: Session,
    now: datetime,
    settings: Settings,
    identifier: str,
    origin: Origin,
    *,
    channel: str = "",
    instead_of: UUID | None = None,
    card_ids: Sequence[UUID] = (),
) -> UUID:
    """Send a code to the account of an identifier, if there is one; return the row of the code awaited.

    By `channel` if the account has it, else by e-mail, else by SMS. It takes the place of `instead_of`, which the
    same visit awaited; those of other visits live on. Raises TooMany: after five a day for one identifier, somebody's
    or not (apart for where its owner signed in before); sooner for whoever asks for many identifiers. `card_ids`: the
    cards of whoever said in this visit who they are, who are not barred when strangers have used those five up.
    """
    name = identifier.lower()
    known = account_named(session, identifier)
    if known is None:
        _open_stand_in(1)
    known = _count(session, now, name, origin, known, card_ids)
    account_id = known.id if known else new_id()
    issued = issue(
        session,
        now,
        subject=reset_subject(name),
        account_id=account_id,
        kind=CodeKind.RESET,
        instead_of=instead_of,
    )
    known = held_still(session, account_id)
    places = destinations(session, known) if known else _as_long_as_for_somebody()
    to = places.get(channel) or next(iter(places.values()), None)
    holder = person(session, known.beneficiary_id if known else new_id())
    letter = render_letter(
        "password-reset",
        settings,
        language=known.language if known else "fr",
        name=holder.first_name if holder else "",
        code=issued.code,
        minutes=int(CODE_LIFE.total_seconds() // 60),
        until=issued.expires_at,
        at=now,
    )
    if known and to:
        put(session, letter, to, now, about=known.beneficiary_id)
    else:
        put_nowhere(session, letter, now)
    add_failure(session, RESET_ADDRESS, RESET_ALL, origin.address, now)  # everybody's counter: held briefly
    _record(session, Event.PASSWORD_RESET_ASKED, now, known)
    return issued.id


def redeem(session: Session, now: datetime, code_id: UUID, typed: str) -> UUID:
    """Use up the code that a visit awaits and return the account; raises the refusals of `spaces.codes`."""
    try:
        found = awaited.redeem(session, code_id, typed, now)
    except (WrongCode, CodeSpent):
        _record(session, Event.CODE_REFUSED, now, _whose(session, code_id))
        raise
    assert found.account_id is not None
    _record(session, Event.CODE_REDEEMED, now, account(session, found.account_id))
    return found.account_id


def choose_password(
    session: Session,
    now: datetime,
    settings: Settings,
    code_id: UUID,
    password_hash: str,
    origin: Origin,
    *,
    but: UUID | None = None,
) -> AccountView:
    """Give the account of a proven code its new password, end all that was open, and tell its owner everywhere.

    Once for a code, however many ask at once; the hash is computed before the transaction. `but`: the row of the
    visit that asks, whose session its caller ends. `record_reset` comes after. Raises ProofGone.
    """
    account_id = awaited.claim_used(session, code_id)
    known = account(session, account_id) if account_id else None
    if known is None:
        raise ProofGone
    forget_waits(session, now, known, origin)
    set_password(session, known.id, password_hash)
    end_what_is_under_way(session, known)
    end_sessions(session, known.id, but=but)
    forget_sent(session, known.id)
    tell(session, now, settings, known, "password-was-reset")
    return known


def record_reset(session: Session, now: datetime, known: AccountView) -> None:
    """Write down that the password was chosen anew; last in the transaction, like everything in the journal."""
    _record(session, Event.PASSWORD_RESET, now, known)


def _as_long_as_for_somebody() -> dict[str, Destination]:
    """Open as much as is sealed of an account and of its owner, check two addresses, and return none."""
    _open_stand_in(2)
    for channel, address in _NOWHERE:
        Destination(channel, address)
    return {}


def _open_stand_in(times: int) -> None:
    vault = current_vault()
    for _ in range(times):
        row_id = new_id()
        vault.unseal("nobody", row_id, vault.seal("nobody", row_id, _STAND_IN))


def _whose(session: Session, code_id: UUID) -> AccountView | None:
    """Return the account of the code that a visit awaits, in the same time when it is nobody's."""
    known = account(session, awaited.account_awaited(session, code_id) or new_id())
    if known is None:
        _open_stand_in(1)
    return known


def _count(
    session: Session,
    now: datetime,
    name: str,
    origin: Origin,
    known: AccountView | None,
    card_ids: Sequence[UUID],
) -> AccountView | None:
    """Count one code for an identifier, and return the account that it is for, if any; raises TooMany.

    Past what strangers may ask for (those of a known network too), whoever showed a card gets as many, for whatever
    identifier: the answer must not tell whose it is. For one that is not theirs nothing is sent, so that a card serves
    nobody to flood its owner.
    """
    place = known_place(session, now, origin, known)
    check_address(session, RESET_ADDRESS, RESET_ALL, origin.address, now)
    hold_growing(session, RESET_VISIT, origin.visit, now)
    add(session, RESET_VISIT, origin.visit, now)
    limit, whom = (RESET_SENDS, name) if place is None else (RESET_KNOWN, f"{name}|{place}")
    try:
        add_within(session, limit, whom, now)
    except TooMany:
        if not card_ids:
            raise
        shown = ",".join(sorted(str(card) for card in card_ids))
        add_within(session, RESET_CARD, f"{name}|{shown}", now)
        bearers = _bearers(session, card_ids)
        return known if known is not None and known.beneficiary_id in bearers else None
    return known


def _bearers(session: Session, card_ids: Sequence[UUID]) -> set[UUID]:
    """Return the people of these cards: whoever they are about, and whose number they carry (a child's card)."""
    held = cards(session, card_ids).values()
    holders = [holder_of(session, index) for index in sorted({card.insured_index for card in held})]
    return {card.person_id for card in held} | {holder.id for holder in holders if holder is not None}


def _record(session: Session, event: Event, now: datetime, known: AccountView | None) -> None:
    account_id, about = (known.id, known.beneficiary_id) if known else (None, None)
    record(session, event, now=now, account_id=account_id, beneficiary_id=about)
