"""The inbox of whoever has very many messages: the same number of queries, and a search that goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.support.crowd import client_of
from webapp.inbox import walks
from webapp.web.states import World

INBOX = walks.INBOX
MARK = f"{INBOX}/non-lus"
BY_ITSELF = {"HX-Request": "true"}
LISTS = (INBOX, f"{INBOX}/a-lire", f"{INBOX}/archives", f"{INBOX}/recherche")
ACTS = ("non-lu", "archiver", "reprendre")


def queries(world: World, address: str) -> int:
    """How many SELECTs a page costs."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = world.app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    assert client_of(world).get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return sum(one.lstrip().startswith("SELECT") for one in seen)


def test_as_many_queries_for_two_hundred_messages_as_for_ten_thousand(world: World) -> None:
    walks.enter(world)
    counts = []
    for more in (200, 9_800):
        walks.receive(world, more)
        walks.look_for(world, "bienvenue")
        address = walks.newest(world)
        counts.append([queries(world, one) for one in (*LISTS, address, "/accueil")])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 4, counts
    assert counts[1][0] == 2, counts  # the inbox with its unread count


@pytest.mark.one_database("both look further in tests/services/test_inbox.py")
def test_a_search_that_found_nothing_yet_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.inbox.searching.LOOKED_THROUGH", 1)
    walks.enter(world)
    walks.receive(world, 1)
    walks.look_for(world, "bienvenue")
    assert "Rien dans les messages les plus récents." in world.walker.page.text
    world.walker.click("Chercher plus loin")
    assert "Bienvenue dans votre espace" in world.walker.page.text
