"""Ways to the pages of a sign-in, on a database that holds the demonstration's people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select

from webapp.account.passwords import hash_password
from webapp.account.service import NewAccount, create_account, give_space
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.beneficiaries.service import find_cards, person
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.mail.models import OutboxRow
from webapp.spaces.rules import TERMS_VERSION
from webapp.spaces.service import Decided, open_space
from webapp.web.states import World, known_way

ADULT, PARENT, CHILD, UNREACHABLE = DEMO_PEOPLE[0], DEMO_PEOPLE[1], DEMO_PEOPLE[2], DEMO_PEOPLE[6]
IDENTIFIER, PASSWORD = "clairvernay.87", "Sardine-verte-9"
OVER = timedelta(minutes=16)
"""Longer than a session that nobody uses, and than a code."""


@known_way
def make_account(
    world: World,
    who: DemoPerson = ADULT,
    *,
    identifier: str = IDENTIFIER,
    opens: tuple[DemoPerson, ...] | None = None,
    phone: bool = True,
) -> None:
    """Give somebody an account from which spaces were opened (their own when nothing else is said)."""
    now = world.app.extensions["clock"]()
    with writing(world.app.extensions["engine"]) as session:
        held = _card(session, who)
        account_id = create_account(
            session,
            now,
            NewAccount(
                beneficiary_id=held.person_id,
                identifier=identifier,
                password_hash=hash_password(PASSWORD),
                email=held.contact.email,
                phone=held.contact.phone if phone else None,
                terms_version=TERMS_VERSION,
                terms_accepted_at=now,
            ),
        )
        for one in (who,) if opens is None else opens:
            card = _card(session, one)
            found = person(session, card.person_id)
            assert found is not None
            by = "self" if one == who else "guardian"
            open_space(session, now, Decided(found.id, found.display_name, card.insured_nir, by), now)
            give_space(session, now, account_id, found.id, "holder" if one == who else "guardian")


@known_way
def give_password(world: World, *, channel: str = "email", identifier: str = IDENTIFIER) -> None:
    """Fill the first page; ends where the code is entered."""
    world.walker.open("/connexion").send(identifier=identifier, password=PASSWORD, channel=channel)


@known_way
def sign_in(world: World, *, channel: str = "email") -> None:
    """Sign in to the account that there is; ends on the first page of the space."""
    give_password(world, channel=channel)
    world.walker.send(code=newest_access_code(world.app.extensions["engine"]))


def newest_letter(engine: Engine, kind: str) -> dict[str, Any]:
    """Open the newest letter of a kind that still waits in the outbox."""
    with reading(engine) as session:
        row = session.execute(
            select(OutboxRow.id, OutboxRow.sealed)
            .where(OutboxRow.kind == kind)
            .order_by(OutboxRow.created_at.desc(), OutboxRow.id.desc())
            .limit(1)
        ).one()
    return current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed)


def newest_access_code(engine: Engine) -> str:
    """Read the newest access code: six digits on a line of their own."""
    letter = newest_letter(engine, "access-code")
    lines = [line.strip() for line in str(letter.get("text") or letter["sms"]).splitlines()]
    return next(line for line in lines if line.isdigit() and len(line) == 6)


def another(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def _card(session: Any, who: DemoPerson) -> Any:
    return find_cards(session, who.nir, who.birth_date, who.card_type, who.card_serial)[0]


@known_way
def prove_again(world: World) -> None:
    """Give the password again, once signed in; ends on "Mon compte"."""
    world.walker.open("/compte/confirmation").send(password=PASSWORD)
