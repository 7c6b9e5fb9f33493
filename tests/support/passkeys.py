"""A browser with passkeys, over HTTP: what a script would send, and what is said and stored of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.authenticator import Authenticator
from tests.support.crowd import hidden
from webapp.account import walks as account_walks
from webapp.db.work import reading
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.passkeys import walks
from webapp.passkeys.service import passkeys
from webapp.web.states import World
from webapp.web.walker import walk_in_process

REFUSED, DONE = 422, 303


class Browser:
    """A client and what it does with passkeys."""

    def __init__(self, world: World) -> None:
        self.client: FlaskClient = world.app.test_client()
        self.world = World(walk_in_process(self.client), world.app, world.forward)
        self.page = "/connexion"

    def token(self) -> str:
        return hidden(self.client.get(self.page).get_data(as_text=True), "csrf_token")

    def options(self, path: str) -> dict[str, Any]:
        answer = self.client.post(path, headers={"X-CSRF-Token": self.token()})
        assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
        assert answer.mimetype == "application/json"
        assert answer.headers["Cache-Control"] == "no-store"
        found: dict[str, Any] = json.loads(answer.get_data())
        return found

    def send(self, path: str, credential: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), "credential": credential, **fields})

    def enter(self, identifier: str = account_walks.IDENTIFIER) -> None:
        account_walks.give_password(self.world, identifier=identifier)
        self.world.walker.send(code=account_walks.newest_access_code(walks.engine_of(self.world)))
        account_walks.prove_again(self.world)
        self.page = "/compte/cles"

    def add(self, key: Authenticator, **fields: str) -> TestResponse:
        return self.send("/compte/cles", key.create(self.options("/compte/cles/defi")), **fields)

    def sign_in(self, key: Authenticator, **fields: str) -> TestResponse:
        return self.send(walks.SIGN_IN, key.get(self.options(f"{walks.SIGN_IN}/defi")), **fields)

    def is_in(self) -> bool:
        return self.client.get("/accueil").status_code == 200


@pytest.fixture
def elsewhere(account: World) -> Browser:
    """Somebody else's browser, or mine after a sign-out: there is an account."""
    return Browser(account)


@pytest.fixture
def key(world: World, elsewhere: Browser) -> Authenticator:
    """A passkey of this account, added from another browser."""
    mine, made = Browser(world), Authenticator(count=5)
    mine.enter()
    assert mine.add(made).status_code == DONE
    return made


def events(world: World) -> list[tuple[str, bool]]:
    with reading(walks.engine_of(world)) as session:
        rows = session.execute(select(JournalEntry.event, JournalEntry.account_id).order_by(JournalEntry.seq))
        return [(row.event, row.account_id is not None) for row in rows]


def told(world: World, kind: str) -> list[str]:
    with reading(walks.engine_of(world)) as session:
        return sorted(session.scalars(select(OutboxRow.channel).where(OutboxRow.kind == kind)))


def names(world: World, identifier: str = account_walks.IDENTIFIER) -> list[str]:
    with reading(walks.engine_of(world)) as session:
        return [one.name for one in passkeys(session, walks.account_id_of(world, identifier))]
