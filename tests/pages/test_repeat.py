"""The same form sent twice by the same browser acts once, and the visitor goes on wherever the first went."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.crowd import THREADS, Crowd, hidden
from webapp.account.models import Account
from webapp.activation import views_open, walks
from webapp.activation.people import subject
from webapp.db.base import Base
from webapp.db.work import reading
from webapp.mail.models import OutboxRow
from webapp.spaces.models import Decision, ProvisionalCode
from webapp.web.states import World
from webapp.web.walker import walk_in_process

CODE, DECISION, OPPOSITION = "/activation/code", "/activation/decision", "/activation/opposition"
ACCOUNT = {"identifier": walks.IDENTIFIER, "password": walks.PASSWORD}


def rows(app: Flask, model: type[Base]) -> int:
    with reading(app.extensions["engine"]) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def form_of(client: FlaskClient, address: str, **fields: str) -> dict[str, str]:
    page = client.get(address).get_data(as_text=True)
    return {"csrf_token": hidden(page, "csrf_token"), "once": hidden(page, "once"), **fields}


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("visite")
    assert found is not None
    return found.value


def at(client: FlaskClient, address: str, fields: dict[str, str]) -> str:
    """Send a form; say where it leads."""
    answer = client.post(address, data=fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def ready(world: World, browser: FlaskClient, stage: str) -> dict[str, str]:
    """Bring a browser to a stage; return the form that it is about to send there."""
    world = World(walk_in_process(browser), world.app, world.forward)
    if stage == CODE:
        code = walks.ask_code(world)
        return form_of(browser, CODE, code=code)
    if stage == "/activation/nouveau-code":
        return form_of(browser, stage, **walks.identity(walks.ADULT))
    if stage == "/activation/nouveau-code/envoi":
        walks.identify(world)
        return form_of(browser, stage, channel="email")
    walks.prove(world)
    if stage == DECISION:
        return form_of(browser, DECISION, decision="activate")
    if stage == OPPOSITION:
        world.walker.send(decision="oppose")
        return form_of(browser, OPPOSITION, confirm="y")
    world.walker.send(decision="activate")
    if stage == "/activation/conditions":
        return form_of(browser, stage, accept_terms="y")
    world.walker.send(accept_terms="y")
    return form_of(browser, stage, **ACCOUNT)


STAGES = (
    ("/activation/nouveau-code", "/activation/nouveau-code/envoi"),
    ("/activation/nouveau-code/envoi", CODE),
    (CODE, DECISION),
    (DECISION, "/activation/conditions"),
    (OPPOSITION, "/activation/opposition/faite"),
    ("/activation/conditions", "/activation/identifiants"),
    ("/activation/identifiants", "/activation/terminee"),
)


@pytest.mark.parametrize(("stage", "after"), STAGES)
def test_again_with_the_old_cookie_and_with_the_new_one(world: World, stage: str, after: str) -> None:
    browser = world.app.test_client()
    fields = ready(world, browser, stage)
    before = cookie(browser)
    assert at(browser, stage, fields) == after
    acted = [rows(world.app, model) for model in (Decision, Account, OutboxRow, ProvisionalCode)]

    assert at(browser, stage, fields) == after  # as the browser now is
    assert browser.get(after).status_code == 200

    other = world.app.test_client()  # the first answer never arrived: the browser still has its old id
    other.set_cookie("visite", before)
    assert at(other, stage, fields) == after
    assert other.get(after).status_code == 200
    assert cookie(other) == cookie(browser)
    assert [rows(world.app, model) for model in (Decision, Account, OutboxRow, ProvisionalCode)] == acted


@pytest.mark.parametrize(("stage", "after"), STAGES)
def test_at_once(world: World, crowd: Crowd, stage: str, after: str) -> None:
    browser = world.app.test_client()
    fields = ready(world, browser, stage)
    before = cookie(browser)
    counted = [rows(world.app, model) for model in (Decision, Account, OutboxRow, ProvisionalCode)]
    browsers = [world.app.test_client() for _ in range(THREADS)]
    for one in browsers:
        one.set_cookie("visite", before)

    assert crowd(lambda number: at(browsers[number], stage, fields)) == {after: THREADS}
    assert {one.get(after).status_code for one in browsers} == {200}
    assert len({cookie(one) for one in browsers}) == 1
    acted = [rows(world.app, model) for model in (Decision, Account, OutboxRow, ProvisionalCode)]
    assert all(now - then in (0, 1) for now, then in zip(acted, counted, strict=True))


@pytest.mark.one_database("no query differs")
def test_a_repeat_that_finds_it_done_goes_where_the_first_went(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one is stored between the moment that the second one comes and the moment that it looks."""
    browser, other = world.app.test_client(), world.app.test_client()
    stage, after = STAGES[-1]
    fields = ready(world, browser, stage)
    other.set_cookie("visite", cookie(browser))

    def late(*about: Any) -> Any:
        monkeypatch.setattr(views_open, "subject", subject)
        assert at(other, stage, fields) == after
        return subject(*about)

    monkeypatch.setattr(views_open, "subject", late)
    assert at(browser, stage, fields) == after
    assert browser.get(after).status_code == 200


def test_an_earlier_form_again_after_a_later_step(world: World) -> None:
    """Back twice, then the code again: on with the decision, not a page about forgery."""
    browser = world.app.test_client()
    fields = ready(world, browser, CODE)
    assert at(browser, CODE, fields) == DECISION
    assert at(browser, DECISION, form_of(browser, DECISION, decision="oppose")) == OPPOSITION
    assert at(browser, CODE, fields) == DECISION
    assert browser.get(DECISION).status_code == 200


def test_a_corrected_form_with_the_same_key(world: World) -> None:
    browser = world.app.test_client()
    fields = ready(world, browser, CODE)
    wrong = {**fields, "code": "2222 3333 4444"}
    assert browser.post(CODE, data=wrong).status_code == 422
    assert browser.post(CODE, data={**fields, "code": ""}).status_code == 422
    assert at(browser, CODE, fields) == DECISION


def test_another_answer_with_the_same_key_is_another_form(world: World) -> None:
    """Back from the terms, the other choice: the page still has its key, the person has changed their mind."""
    browser = world.app.test_client()
    fields = ready(world, browser, DECISION)
    assert at(browser, DECISION, fields) == "/activation/conditions"
    assert at(browser, DECISION, {**fields, "decision": "oppose"}) == OPPOSITION
    assert at(browser, DECISION, fields) == "/activation/conditions"


def test_the_key_of_another_browser_is_worth_nothing(world: World) -> None:
    browser = world.app.test_client()
    fields = ready(world, browser, CODE)
    assert at(browser, CODE, fields) == DECISION
    stranger = world.app.test_client()
    assert stranger.post(CODE, data=fields).status_code == 403
    theirs = form_of(stranger, CODE, code=fields["code"])
    assert stranger.post(CODE, data={**theirs, "once": fields["once"]}).status_code == 422
    assert stranger.get(DECISION).headers["Location"] == CODE


def test_two_people_in_two_tabs(world: World) -> None:
    """A form about one child, left open in another tab, never decides for the other child."""
    walks.prove(world, walks.TWINS)
    one, other = world.walker.form("person").choices["person"]
    world.walker.send(person=one).send(decision="oppose")
    left_open = world.walker.form("confirm").fields
    world.walker.open("/activation/personne").send(person=other).send(decision="oppose")
    world.walker.post(OPPOSITION, {**left_open, "confirm": "y"})
    assert world.walker.status == 403
    assert rows(world.app, Decision) == 0
    assert world.walker.open(OPPOSITION).send(confirm="y").address == "/activation/opposition/faite"
    assert rows(world.app, Decision) == 1


def test_crossing_requests_of_one_browser_never_undo_a_proof(world: World, crowd: Crowd) -> None:
    """Seven forms of the old id and the proof at once: each is stored whole or not at all, none is a fault."""
    browser = world.app.test_client()
    fields = ready(world, browser, CODE)
    before = cookie(browser)
    identity = form_of(browser, "/activation/nouveau-code", **walks.identity(walks.PARENT))
    browsers = [world.app.test_client() for _ in range(THREADS)]
    for one in browsers:
        one.set_cookie("visite", before)

    def send(number: int) -> str:
        if number == 0:
            return str(browsers[0].post(CODE, data=fields).status_code)
        form = {**identity, "once": f"another-key-{number}"}
        return str(browsers[number].post("/activation/nouveau-code", data=form).status_code)

    found = crowd(send)
    assert not [status for status in found if status.startswith("5")], found
    stolen = world.app.test_client()
    stolen.set_cookie("visite", before)
    assert stolen.get(DECISION).status_code == 303
