"""What a page does when somebody else holds what it wants to write, and two forms of one visit sent at once."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from tests.support.clock import Clock
from tests.support.crowd import THREADS, Crowd, client_of, hidden
from webapp.account import walks as sign_ins
from webapp.activation import walks
from webapp.db.work import writing
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.states import World

IDENTIFY = "/activation/nouveau-code"
ROUNDS = 6


@pytest.mark.one_database("only SQLite has one writer")
def test_a_page_is_shown_while_an_import_writes(world: World, clock: Clock) -> None:
    """It would have waited 30 seconds to note that it was seen, then been a fault."""
    walks.prove(world)
    clock.forward(seconds=40)
    began = time.monotonic()
    with writing(world.app.extensions["engine"]) as session:
        record(session, Event.REGISTRY_IMPORTED, now=clock())
        assert world.walker.open("/activation/decision").status == 200
    assert time.monotonic() - began < 15
    with writing(world.app.extensions["engine"]) as session:  # the patience of others is as it was
        timeouts = {session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar()}
    assert timeouts == {30_000}


def test_two_forms_of_one_visit_never_wait_for_each_other(world: World, clock: Clock, crowd: Crowd) -> None:
    """One writes to the journal, then to the visit; the other to the visit, then to the journal."""
    found: set[int] = set()
    sign_ins.make_account(world)
    for _ in range(ROUNDS):
        clock.forward(hours=1)
        sign_ins.sign_in(world)
        page = client_of(world).get(IDENTIFY).get_data(as_text=True)
        cookie = client_of(world).get_cookie("visite")
        assert cookie is not None
        fields = {"csrf_token": hidden(page, "csrf_token"), "once": hidden(page, "once")}
        clients = [world.app.test_client() for _ in range(THREADS)]
        for client in clients:
            client.set_cookie("visite", cookie.value)

        def send(number: int, clients: list[FlaskClient] = clients, fields: dict[str, str] = fields) -> str:
            address = IDENTIFY if number % 2 else "/deconnexion"
            typed = walks.identity(walks.ADULT) if number % 2 else {}
            own = {**fields, **typed, "once": f"{fields['once']}{number}"}
            return str(clients[number].post(address, data=own).status_code)

        found |= {int(status) for status in crowd(send)}
    assert max(found) < 500
