"""Ways to the pages of factors, on a database that holds the demonstration's people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine

from webapp.account import walks
from webapp.account.service import account_named
from webapp.db.work import reading, writing
from webapp.factors.printed_codes import make_codes, use_recovery_code
from webapp.factors.rules import code_of, step_at
from webapp.factors.service import add_authenticator
from webapp.web.states import World

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  (of the tests' own application)
APPLICATION, FIRST_CODE, CODES = (
    "/compte/application",
    "/compte/application/code",
    "/compte/codes-de-secours",
)


def engine_of(world: World) -> Engine:
    """Return the database of a world."""
    engine: Engine = world.app.extensions["engine"]
    return engine


def time_of(world: World) -> datetime:
    """Return what time it is in a world."""
    moment: datetime = world.app.extensions["clock"]()
    return moment


def account_id_of(world: World) -> UUID:
    """Return the id of the account that the walks made."""
    with reading(engine_of(world)) as session:
        known = account_named(session, walks.IDENTIFIER)
    assert known is not None
    return known.id


def shown(world: World, secret: str = SECRET, *, later: int = 0) -> str:
    """Return what the application shows now, or some steps of 30 seconds later."""
    return code_of(secret, step_at(time_of(world)) + later)


def give_application(world: World, secret: str = SECRET) -> None:
    """Put an application on the account, without pages; its codes serve from the next step on."""
    account_id = account_id_of(world)
    with writing(engine_of(world)) as session:
        add_authenticator(session, time_of(world), account_id, secret, shown(world, secret))


def give_codes(world: World, *, used: int = 0) -> list[str]:
    """Make printed codes for the account, without pages; return those that are left."""
    account_id = account_id_of(world)
    with writing(engine_of(world)) as session:
        codes = make_codes(session, time_of(world), account_id)
        for code in codes[:used]:
            use_recovery_code(session, time_of(world), account_id, code)
    return codes[used:]


def enter(world: World) -> None:
    """Make the account, sign in, and give the password again."""
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)


def begin(world: World) -> None:
    """Go to the page that shows the key of a new application."""
    world.walker.open(APPLICATION).send(action="")


def read_secret(world: World) -> str:
    """Read the key as it is written on that page."""
    address = next(href for href, _words in world.walker.page.links if href.startswith("otpauth:"))
    return address.partition("secret=")[2].partition("&")[0]
