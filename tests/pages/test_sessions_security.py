"""What a stolen, planted, ended or out-of-date session is worth: nothing. Two tabs, swaps, and a clock set back."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.account.models import Account, AccountSpace, SignIn
from webapp.account.owner import retire
from webapp.account.service import account_named
from webapp.db.work import writing
from webapp.sessions.walks import ALL, PAGE, elsewhere, end_all_others
from webapp.web.access import requirement_of
from webapp.web.states import World
from webapp.web.walker import walk_in_process

HOME, PROTECTED = "/accueil", "/compte/identifiant"
SWAP = {"HX-Request": "true"}
OTHER = "quelquun.87"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here; test_sessions_race.py has both."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def me(world: World) -> World:
    """Somebody signed in."""
    walks.make_account(world)
    walks.sign_in(world)
    return world


def token(world: World) -> str:
    cookie = client_of(world).get_cookie("visite")
    assert cookie is not None
    return cookie.value


def thief(world: World, stolen: str) -> FlaskClient:
    """Another browser that has this cookie."""
    client = world.app.test_client()
    client.set_cookie("visite", stolen)
    return client


def opens(client: FlaskClient, path: str = HOME) -> bool:
    """Say whether a browser is let in; nothing of the person is in what keeps it out."""
    answer = client.get(path)
    if answer.status_code == 200:
        return True
    assert answer.status_code == 303
    assert "Clairvernay" not in answer.text
    return False


# ---- a planted or a former id ----


def test_a_planted_id_never_becomes_a_session(world: World) -> None:
    walks.make_account(world)
    planted = "P" * 43
    client_of(world).set_cookie("visite", planted)
    world.walker.open("/connexion")
    assert token(world) == planted  # it is used as it is: only what is proven under it counts
    walks.give_password(world)
    half = token(world)
    assert half != planted
    assert not opens(thief(world, half))
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert token(world) not in (planted, half)
    assert not any(
        opens(thief(world, old), path) for old in (planted, half) for path in (HOME, "/connexion/code")
    )
    assert opens(thief(world, token(world)))


def test_each_step_up_takes_a_new_id_and_the_former_is_dead(me: World) -> None:
    seen = [token(me)]
    for _ in range(3):
        walks.prove_again(me)
        seen.append(token(me))
        me.forward(timedelta(minutes=11))
    assert len(set(seen)) == 4
    assert not any(opens(thief(me, old)) for old in seen[:-1])
    assert opens(thief(me, seen[-1]))


def test_whoever_knows_the_former_id_cannot_compute_the_next(me: World) -> None:
    """The form that proved it, sent again under the former id, meets the visit only with its own secret key."""
    former = token(me)
    page = me.walker.open("/compte/confirmation")
    fields = {**page.form("password").fields, "password": walks.PASSWORD}
    walks.prove_again(me)
    robber = thief(me, former)
    fields["once"] = "another-form-key"
    assert robber.post("/compte/confirmation", data=fields).headers["Location"].startswith("/connexion")
    assert not opens(robber)


# ---- a stolen cookie ----


def test_a_stolen_cookie_is_worth_nothing_once_signed_out(me: World) -> None:
    stolen = token(me)
    assert opens(thief(me, stolen))
    me.walker.send(action="/deconnexion")
    robber = thief(me, stolen)
    assert not any(opens(robber, path) for path in (HOME, "/compte", PAGE, PROTECTED, "/compte/confirmation"))
    assert robber.post("/compte/confirmation", data={"password": walks.PASSWORD}).status_code == 403


def test_a_stolen_cookie_is_worth_nothing_once_all_others_are_ended(me: World) -> None:
    owner = elsewhere(me)
    stolen = token(me)
    end_all_others(owner)
    assert not any(opens(thief(me, stolen), path) for path in (HOME, "/compte", PAGE))
    assert opens(client_of(owner))


def test_a_stolen_cookie_is_worth_nothing_after_its_time(me: World) -> None:
    stolen = token(me)
    me.forward(timedelta(minutes=15, seconds=1))
    assert not opens(thief(me, stolen))
    for _ in range(3):  # asking does not wake it
        assert not opens(thief(me, stolen))
        me.forward(timedelta(seconds=10))


def test_signing_in_elsewhere_does_not_wake_a_session_that_has_ended(me: World) -> None:
    ended = token(me)
    me.forward(timedelta(minutes=16))
    elsewhere(me)
    assert not opens(thief(me, ended))


def test_the_cookie_of_an_account_that_is_no_more_opens_nothing(me: World) -> None:
    walks.prove_again(me)
    with writing(me.app.extensions["engine"]) as session:
        for model in (SignIn, AccountSpace, Account):
            session.execute(delete(model))
    wrong = []
    with me.app.app_context():
        rules = [rule for rule in me.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        pages = [
            rule.rule
            for rule in rules
            if not rule.arguments and requirement_of(rule.endpoint).name in ("signed in", "stepped up")
        ]
    for page in pages:
        answer = client_of(me).get(page)
        if answer.status_code >= 500 or walks.IDENTIFIER in answer.text or "Clairvernay" in answer.text:
            wrong.append((page, answer.status_code))
    assert len(pages) > 5
    assert wrong == []


def test_a_retired_account_is_signed_out_at_once(me: World) -> None:
    with writing(me.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        retire(session, known)
    for path in (HOME, PAGE, PROTECTED):
        assert client_of(me).get(path).headers["Location"].startswith("/connexion")


# ---- inside a swap ----


@pytest.mark.parametrize("path", [HOME, "/compte", PAGE, PROTECTED])
def test_a_session_that_has_ended_never_puts_the_sign_in_page_inside_another(me: World, path: str) -> None:
    walks.prove_again(me)
    me.forward(timedelta(minutes=16))
    answer = client_of(me).get(path, headers=SWAP)
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.get_data()) == (204, "/connexion", b"")
    assert "HX-Request" in answer.headers["Vary"]


def test_a_swap_that_is_posted_goes_the_same_way(me: World) -> None:
    walks.prove_again(me)
    fields = me.walker.open("/compte/mot-de-passe").form("password").fields
    client = client_of(me)
    for wait, place in (
        (timedelta(minutes=11), "/compte/confirmation"),
        (timedelta(minutes=16), "/connexion"),
    ):
        me.forward(wait)
        answer = client.post("/compte/mot-de-passe", data={**fields, "password": "Abc"}, headers=SWAP)
        assert answer.headers["HX-Redirect"].startswith(place)
        assert answer.get_data() == b""


# ---- two tabs ----


def test_signing_out_in_one_tab_ends_the_other_kindly(me: World) -> None:
    first, second = me.walker, walk_in_process(client_of(me)).open(PAGE)
    late = second.form("session").fields
    first.open(HOME).send(action="/deconnexion")
    second.post(PAGE, late)
    assert second.status in (200, 403)
    assert "Clairvernay" not in second.body
    assert second.page.links  # a page with a way on, not a bare error
    assert second.open(PAGE).address == "/connexion"


def test_a_form_of_somebody_else_does_not_act_for_whoever_signed_in_since(me: World) -> None:
    """One tab still shows my page; in the other one, another person signs in."""
    walks.make_account(me, walks.PARENT, identifier=OTHER)
    walks.prove_again(me)
    mine = {**me.walker.open(PROTECTED).form("identifier").fields, "identifier": "nom.vole-1"}
    tab = walk_in_process(client_of(me)).open(HOME)
    tab.send(action="/deconnexion")
    tab.open("/connexion").send(identifier=OTHER, password=walks.PASSWORD, channel="email")
    tab.send(code=walks.newest_access_code(me.app.extensions["engine"]))
    tab.open("/compte/confirmation").send(password=walks.PASSWORD)
    me.walker.post(PROTECTED, mine)
    assert me.walker.status == 403
    assert "Ce formulaire n’est plus valable" in me.walker.page.text
    assert "nom.vole-1" not in tab.open("/compte").body


def test_a_tab_that_signed_in_first_is_joined_by_the_other(world: World) -> None:
    """Two tabs wait for a code; one enters it, the other goes on signed in rather than to a dead end."""
    walks.make_account(world)
    walks.give_password(world)
    late = walk_in_process(client_of(world)).open("/connexion/code")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert late.open("/connexion/code").address == HOME
    assert late.open("/connexion").address == HOME


def test_ending_all_from_two_tabs_at_once_harms_nobody(me: World) -> None:
    elsewhere(me)
    tabs = [walk_in_process(client_of(me)).open(PAGE) for _ in range(2)]
    for tab in tabs:
        tab.send(action=ALL)
        assert (tab.status, tab.address) == (200, PAGE)
    assert "aucune autre connexion" in tabs[1].page.text
