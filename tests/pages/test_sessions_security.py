"""What a stolen, planted, ended or out-of-date session is worth: nothing. Two tabs, swaps, and a clock set back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from tests.support.crowd import client_of, hidden
from tests.support.people import opens, thief, token
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


pytestmark = pytest.mark.one_database("test_sessions_race.py has both")


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


def test_each_step_up_takes_a_new_id_and_the_former_is_dead(signed_in: World) -> None:
    seen = [token(signed_in)]
    for _ in range(3):
        walks.prove_again(signed_in)
        seen.append(token(signed_in))
        signed_in.forward(timedelta(minutes=11))
    assert len(set(seen)) == 4
    assert not any(opens(thief(signed_in, old)) for old in seen[:-1])
    assert opens(thief(signed_in, seen[-1]))


def test_whoever_knows_the_former_id_cannot_compute_the_next(signed_in: World) -> None:
    """The form that proved it, sent again under the former id, meets the visit only with its own secret key."""
    former = token(signed_in)
    page = signed_in.walker.open("/compte/confirmation")
    fields = {**page.form("password").fields, "password": walks.PASSWORD}
    walks.prove_again(signed_in)
    robber = thief(signed_in, former)
    own = hidden(robber.get("/connexion").text, "csrf_token")
    fields |= {"once": "another-form-key", "csrf_token": own}
    assert robber.post("/compte/confirmation", data=fields).headers["Location"].startswith("/connexion")
    assert not opens(robber)


# ---- a stolen cookie ----


def test_a_stolen_cookie_is_worth_nothing_once_signed_out(signed_in: World) -> None:
    stolen = token(signed_in)
    assert opens(thief(signed_in, stolen))
    signed_in.walker.send(action="/deconnexion")
    robber = thief(signed_in, stolen)
    assert not any(opens(robber, path) for path in (HOME, "/compte", PAGE, PROTECTED, "/compte/confirmation"))
    assert robber.post("/compte/confirmation", data={"password": walks.PASSWORD}).status_code == 403


def test_a_stolen_cookie_is_worth_nothing_once_all_others_are_ended(signed_in: World) -> None:
    owner = elsewhere(signed_in)
    stolen = token(signed_in)
    end_all_others(owner)
    assert not any(opens(thief(signed_in, stolen), path) for path in (HOME, "/compte", PAGE))
    assert opens(client_of(owner))


def test_a_stolen_cookie_is_worth_nothing_after_its_time(signed_in: World) -> None:
    stolen = token(signed_in)
    signed_in.forward(timedelta(minutes=15, seconds=1))
    assert not opens(thief(signed_in, stolen))
    for _ in range(3):  # asking does not wake it
        assert not opens(thief(signed_in, stolen))
        signed_in.forward(timedelta(seconds=10))


def test_signing_in_elsewhere_does_not_wake_a_session_that_has_ended(signed_in: World) -> None:
    ended = token(signed_in)
    signed_in.forward(timedelta(minutes=16))
    elsewhere(signed_in)
    assert not opens(thief(signed_in, ended))


def test_the_cookie_of_an_account_that_is_no_more_opens_nothing(signed_in: World) -> None:
    walks.prove_again(signed_in)
    with writing(signed_in.app.extensions["engine"]) as session:
        for model in (SignIn, AccountSpace, Account):
            session.execute(delete(model))
    wrong = []
    with signed_in.app.app_context():
        rules = [rule for rule in signed_in.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        pages = [
            rule.rule
            for rule in rules
            if not rule.arguments and requirement_of(rule.endpoint).name in ("signed in", "stepped up")
        ]
    for page in pages:
        answer = client_of(signed_in).get(page)
        if answer.status_code >= 500 or walks.IDENTIFIER in answer.text or "Clairvernay" in answer.text:
            wrong.append((page, answer.status_code))
    assert len(pages) > 5
    assert wrong == []


def test_a_retired_account_is_signed_out_at_once(signed_in: World) -> None:
    with writing(signed_in.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        retire(session, known)
    for path in (HOME, PAGE, PROTECTED):
        assert client_of(signed_in).get(path).headers["Location"].startswith("/connexion")


# ---- inside a swap ----


@pytest.mark.parametrize("path", [HOME, "/compte", PAGE, PROTECTED])
def test_a_session_that_has_ended_never_puts_the_sign_in_page_inside_another(
    signed_in: World, path: str
) -> None:
    walks.prove_again(signed_in)
    signed_in.forward(timedelta(minutes=16))
    answer = client_of(signed_in).get(path, headers=SWAP)
    to = "/connexion" if path == HOME else f"/connexion?vers={path}"  # and back, as without htmx
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.get_data()) == (204, to, b"")
    assert "HX-Request" in answer.headers["Vary"]


def test_a_swap_that_is_posted_goes_the_same_way(signed_in: World) -> None:
    walks.prove_again(signed_in)
    fields = signed_in.walker.open("/compte/mot-de-passe").form("password").fields
    client = client_of(signed_in)
    for wait, place in (
        (timedelta(minutes=11), "/compte/confirmation"),
        (timedelta(minutes=16), "/connexion"),
    ):
        signed_in.forward(wait)
        answer = client.post("/compte/mot-de-passe", data={**fields, "password": "Abc"}, headers=SWAP)
        assert answer.headers["HX-Redirect"].startswith(place)
        assert answer.get_data() == b""


# ---- two tabs ----


def test_signing_out_in_one_tab_ends_the_other_kindly(signed_in: World) -> None:
    first, second = signed_in.walker, walk_in_process(client_of(signed_in)).open(PAGE)
    late = second.form("session").fields
    first.open(HOME).send(action="/deconnexion")
    second.post(PAGE, late)
    assert second.status in (200, 403)
    assert "Clairvernay" not in second.body
    assert second.page.links  # a page with a way on, not a bare error
    assert second.open(PAGE).address == "/connexion"


def test_a_form_that_was_open_before_a_step_up_still_serves(signed_in: World) -> None:
    """What was typed in one tab is not lost because the password was asked for in another one."""
    tab = walk_in_process(client_of(signed_in)).open("/compte/lettres")
    late = {**tab.form("language").fields, "language": "en"}
    walks.prove_again(signed_in)
    tab.post("/compte/lettres", late)
    assert tab.status == 200
    assert tab.open("/compte/lettres").form("language").fields["language"] == "en"
    assert thief(signed_in, "P" * 43).post("/compte/lettres", data=late).status_code == 403


def test_the_sign_in_page_of_a_second_tab_still_serves(account: World) -> None:
    other = walk_in_process(client_of(account)).open("/connexion")
    walks.give_password(account)
    other.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD, channel="sms")
    assert (other.status, other.address) == (200, "/connexion/code")


def test_a_form_of_somebody_else_does_not_act_for_whoever_signed_in_since(signed_in: World) -> None:
    """One tab still shows my page; in the other one, another person signs in."""
    walks.make_account(signed_in, walks.PARENT, identifier=OTHER)
    walks.prove_again(signed_in)
    mine = {**signed_in.walker.open(PROTECTED).form("identifier").fields, "identifier": "nom.vole-1"}
    tab = walk_in_process(client_of(signed_in)).open(HOME)
    tab.send(action="/deconnexion")
    tab.open("/connexion").send(identifier=OTHER, password=walks.PASSWORD, channel="email")
    tab.send(code=walks.newest_access_code(signed_in.app.extensions["engine"]))
    tab.open("/compte/confirmation").send(password=walks.PASSWORD)
    signed_in.walker.post(PROTECTED, mine)
    assert signed_in.walker.status == 403
    assert "Ce formulaire n’est plus valable" in signed_in.walker.page.text
    assert "nom.vole-1" not in tab.open("/compte").body


def test_a_tab_that_signed_in_first_is_joined_by_the_other(world: World) -> None:
    """Two tabs wait for a code; one enters it, the other goes on signed in rather than to a dead end."""
    walks.make_account(world)
    walks.give_password(world)
    late = walk_in_process(client_of(world)).open("/connexion/code")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    assert late.open("/connexion/code").address == HOME
    assert late.open("/connexion").address == HOME


def test_ending_all_from_two_tabs_at_once_harms_nobody(signed_in: World) -> None:
    elsewhere(signed_in)
    tabs = [walk_in_process(client_of(signed_in)).open(PAGE) for _ in range(2)]
    for tab in tabs:
        tab.send(action=ALL)
        assert (tab.status, tab.address) == (200, PAGE)
    assert "aucune autre connexion" in tabs[1].page.text
