"""Ways to the pages of passkeys, on a database that holds the demonstration's people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from webapp.account import walks
from webapp.account.service import account_named
from webapp.db.work import reading, writing
from webapp.passkeys.ceremony import Added, Credential
from webapp.passkeys.service import add_passkey
from webapp.web.states import World

KEYS, NAME, REMOVE = "/compte/cles", "/compte/cles/nom", "/compte/cles/retirer"
SIGN_IN, CONFIRM = "/connexion/cle", "/compte/confirmation/cle"


def engine_of(world: World) -> Engine:
    """Return the database of a world."""
    engine: Engine = world.app.extensions["engine"]
    return engine


def account_id_of(world: World, identifier: str = walks.IDENTIFIER) -> UUID:
    """Return the id of an account that the walks made."""
    with reading(engine_of(world)) as session:
        known = account_named(session, identifier)
    assert known is not None
    return known.id


def give_passkeys(world: World, *names: str) -> None:
    """Put passkeys on the account, without pages; nobody holds them, so that they prove nothing."""
    moment: datetime = world.app.extensions["clock"]()
    account_id = account_id_of(world)
    with writing(engine_of(world)) as session:
        for name in names:
            made = Added(Credential(name.encode(), ("internal",)), b"nobody's", 0)
            add_passkey(session, moment, account_id, made, name)


def enter(world: World) -> None:
    """Make the account, sign in, and give the password again."""
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
