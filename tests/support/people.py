"""Somebody with an account, signed in or not, and their browsers: what many tests begin with and look at."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.web.models import VisitRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process


@pytest.fixture
def account(world: World) -> World:
    """A world in which somebody has an account."""
    walks.make_account(world)
    return world


@pytest.fixture
def signed_in(account: World) -> World:
    """Somebody signed in."""
    walks.sign_in(account)
    return account


@pytest.fixture
def proven(signed_in: World) -> World:
    """Somebody signed in, who gave the password again."""
    walks.prove_again(signed_in)
    return signed_in


def another_browser(world: World) -> World:
    """The same world from a browser without cookies."""
    return World(walk_in_process(world.app.test_client()), world.app, world.forward)


def enter(world: World) -> None:
    """Sign in to the account that there is, and give the password again."""
    walks.sign_in(world)
    walks.prove_again(world)


def sign_in_here(world: World, identifier: str = walks.IDENTIFIER) -> None:
    """Sign in on the page where one is."""
    world.walker.send(identifier=identifier, password=walks.PASSWORD, channel="email")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))


def given(world: World, **fields: str) -> dict[str, str]:
    """Fill in the form of the page that has these fields; return all that it would send."""
    return {**world.walker.form(*fields).fields, **fields}


def events(world: World) -> list[str]:
    """What the journal tells, oldest first."""
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))


def visits(world: World) -> list[bytes]:
    """The digests of every session there is."""
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(VisitRow.token_digest)))


def kept_here(world: World) -> list[object]:
    """What every visit keeps of what was typed."""
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(select(VisitRow.id, VisitRow.sealed)).all()
    return [current_vault().unseal(VisitRow.__tablename__, row.id, row.sealed).get("left") for row in rows]


def token(world: World) -> str:
    """The session id in the cookie of a world's browser."""
    cookie = client_of(world).get_cookie("visite")
    assert cookie is not None
    return cookie.value


def thief(world: World, stolen: str) -> FlaskClient:
    """Another browser that has this cookie."""
    client = world.app.test_client()
    client.set_cookie("visite", stolen)
    return client


def opens(client: FlaskClient, path: str = "/accueil") -> bool:
    """Say whether a browser is let in; nothing of the person is in what keeps it out."""
    answer = client.get(path)
    if answer.status_code == 200:
        return True
    assert answer.status_code == 303
    assert "Clairvernay" not in answer.text
    return False


def sent(world: World) -> list[tuple[str, str]]:
    """The kind and the channel of every letter that waits, oldest first."""
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(select(OutboxRow.kind, OutboxRow.channel).order_by(OutboxRow.id))
        return [(row.kind, row.channel) for row in rows]


def try_password(world: World, password: str) -> int:
    """Give a password on the first page of a sign-in; return the status."""
    world.walker.open("/connexion").send(identifier=walks.IDENTIFIER, password=password, channel="email")
    return world.walker.status
