"""What the tests of "Mon compte" look at: the account, the journal, the letters that wait, the codes in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from webapp.account import walks
from webapp.account.service import AccountView, account_named
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.mail.models import OutboxRow
from webapp.my_account.walks import NEW_EMAIL, address_code
from webapp.web.states import World

EMAIL, PHONE = "/compte/adresse-electronique", "/compte/telephone"
OLD = ["+33799990001", "camille.clairvernay@example.org"]
"""Where the account is reached at first."""


def known(world: World) -> AccountView:
    with reading(world.app.extensions["engine"]) as session:
        found = account_named(session, walks.IDENTIFIER)
    assert found is not None
    return found


def letters(world: World, kind: str) -> list[dict[str, Any]]:
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(
            select(OutboxRow.id, OutboxRow.sealed).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        ).all()
    return [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed) for row in rows]


def told(world: World, kind: str) -> list[str]:
    """Where the letters of a kind went."""
    return sorted(letter["to"] for letter in letters(world, kind))


def ask(world: World, address: str = NEW_EMAIL) -> str:
    """Ask for another e-mail address, and read its code."""
    world.walker.open(EMAIL).send(email=address)
    assert world.walker.address == f"{EMAIL}/code", world.walker.page.text
    return address_code(world)


def reset_code(world: World) -> str:
    """Read the code of a forgotten password: twelve characters in three groups."""
    lines = [line.strip() for line in str(letters(world, "password-reset")[-1]["text"]).splitlines()]
    return next(line for line in lines if len(line) == 14 and line.count(" ") == 2)
