"""A session that is ended while one of its requests is under way: nothing of that request is stored. Both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from types import ModuleType
from typing import Any

import pytest
from flask import request
from sqlalchemy import func, select

from tests.support.crowd import Crowd, client_of
from tests.support.people import another_browser, enter
from webapp.account import walks
from webapp.account.service import account_named
from webapp.account.sessions import end_sessions, open_sessions
from webapp.db.work import reading, writing
from webapp.my_account import service
from webapp.recovery import service as recovery
from webapp.recovery import walks as forget
from webapp.sessions.walks import ALL, PAGE, elsewhere
from webapp.web.models import VisitRow
from webapp.web.states import World

IDENTIFIER, PASSWORD = "/compte/identifiant", "/compte/mot-de-passe"


@pytest.fixture
def ending(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once called, the next form that is posted finds every session ended after it was let in, before it acts."""
    armed: list[bool] = []

    def _end() -> None:
        if armed and request.method == "POST":
            armed.clear()
            end_all(world)

    known = world.app.before_request_funcs
    monkeypatch.setitem(known, None, [*known.get(None, []), _end])
    walks.make_account(world)
    return lambda: armed.append(True)


def end_all(world: World) -> None:
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        end_sessions(session, known.id)


def test_a_form_under_way_stores_nothing(world: World, ending: Callable[[], None]) -> None:
    walks.sign_in(world)
    walks.prove_again(world)
    world.walker.open(IDENTIFIER)
    ending()
    world.walker.send(identifier="nom.vole-1")
    assert world.walker.status == 409
    assert world.walker.open(IDENTIFIER).address == "/connexion"
    with reading(world.app.extensions["engine"]) as session:
        assert account_named(session, "nom.vole-1") is None
        assert account_named(session, walks.IDENTIFIER) is not None


def test_a_step_up_under_way_does_not_bring_the_session_back(
    world: World, ending: Callable[[], None]
) -> None:
    walks.sign_in(world)
    world.walker.open("/compte/confirmation")
    ending()
    world.walker.send(password=walks.PASSWORD)
    assert world.walker.status == 409
    assert world.walker.open("/accueil").address == "/connexion"


def test_a_sign_in_under_way_is_not_ended_with_the_others(world: World, ending: Callable[[], None]) -> None:
    """It had no session yet: whoever ends all sees it in the list."""
    walks.give_password(world)
    code = walks.newest_access_code(world.app.extensions["engine"])
    ending()
    world.walker.send(code=code)
    assert world.walker.address == "/bienvenue"


def test_ended_sessions_leave_no_proof_behind(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    elsewhere(world)
    end_all(world)
    with reading(world.app.extensions["engine"]) as session:
        assert session.scalar(select(func.count()).where(VisitRow.account_id.is_not(None))) == 0
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        assert open_sessions(session, known.id, world.app.extensions["clock"]()) == []


def test_two_sessions_that_end_each_other_at_once(world: World, crowd: Crowd) -> None:
    """One of them is left, or none; no answer is a fault, and nobody waits for ever."""
    walks.make_account(world)
    walks.sign_in(world)
    both = (world, elsewhere(world))
    forms = [one.walker.open(PAGE).form(action=ALL).fields for one in both]
    answers = crowd(
        lambda number: (
            str(client_of(both[number]).post(ALL, data=forms[number]).status_code) if number < 2 else "-"
        )
    )
    assert set(answers) <= {"-", "303", "409", "403"}
    with reading(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        assert len(open_sessions(session, known.id, world.app.extensions["clock"]())) == 1


@pytest.mark.parametrize("forgotten", [False, True], ids=["changed", "forgotten"])
def test_a_form_of_another_session_and_a_new_password_do_not_wait_for_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch, forgotten: bool
) -> None:
    """The password ends the other session, whose form is under way: one after the other, and no fault."""
    walks.make_account(world)
    enter(world)
    other = elsewhere(world)
    late = {**other.walker.open("/compte/lettres").form("language").fields, "language": "en"}
    where: ModuleType = service
    owner, path = world, PASSWORD
    if forgotten:
        owner, where, path = another_browser(world), recovery, "/mot-de-passe-oublie/nouveau"
        forget.prove(owner)
    fields = {**owner.walker.open(path).form("password").fields, "password": "Tramontane-verte-41"}
    reached, real = Event(), end_sessions
    answers: dict[str, Future[int]] = {}

    def end(*given: Any, **named: Any) -> Any:
        reached.set()
        answers["late"] = pool.submit(lambda: client_of(other).post("/compte/lettres", data=late).status_code)
        wait([answers["late"]], timeout=0.5)  # it comes as far as it can
        return real(*given, **named)

    monkeypatch.setattr(where, "end_sessions", end)
    with ThreadPoolExecutor(1) as pool:
        mine = client_of(owner).post(path, data=fields).status_code
        assert (mine, reached.is_set()) == (303, True)
        assert answers["late"].result(60) < 500
