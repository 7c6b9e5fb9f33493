"""The code that proves a new address: wrong, expired, used, replaced, of another kind or session, too many."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.crowd import hidden
from tests.support.my_account import EMAIL, OLD, PHONE, ask, known, letters, told
from tests.support.people import another_browser, enter
from webapp.account import walks
from webapp.my_account.walks import NEW_EMAIL, NEW_PHONE, address_code, move
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what the database decides is in test_my_account_races.py")


def test_a_wrong_code_then_the_right_one(proven: World) -> None:
    code = ask(proven)
    proven.walker.send(code="12")
    assert proven.walker.status == 422
    proven.walker.send(code=walks.another(code))
    assert proven.walker.status == 422
    assert "Il reste 4 essais" in proven.walker.page.text
    assert known(proven).email == OLD[1]
    proven.walker.send(code=code)
    assert known(proven).email == NEW_EMAIL


def test_five_wrong_codes(proven: World) -> None:
    code = ask(proven)
    for _ in range(5):
        proven.walker.send(code=walks.another(code))
    assert (proven.walker.status, proven.walker.page.h1) == (422, "Trop d’essais avec ce code")
    token = hidden(proven.walker.body, "csrf_token")
    proven.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert proven.walker.status == 422
    assert known(proven).email == OLD[1]
    proven.walker.click("Recommencer")
    assert proven.walker.address == EMAIL


def test_an_expired_code(proven: World) -> None:
    code = ask(proven)
    proven.forward(timedelta(minutes=8))
    proven.walker.open("/compte")
    proven.forward(timedelta(minutes=8))
    walks.prove_again(proven)
    token = hidden(proven.walker.body, "csrf_token")
    proven.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert (proven.walker.status, proven.walker.page.h1) == (422, "Ce code a expiré")
    assert "Rien n’a changé" in proven.walker.page.text
    assert known(proven).email == OLD[1]


def test_a_used_code_is_used(proven: World) -> None:
    code = ask(proven)
    form = proven.walker.form("code").fields
    proven.walker.send(code=code)
    proven.walker.post(f"{EMAIL}/code", {**form, "code": code})  # sent twice: where the first one went
    assert proven.walker.address == f"{EMAIL}/fait"
    move(proven, email=OLD[1])
    proven.walker.post(f"{EMAIL}/code", {"csrf_token": form["csrf_token"], "code": code})
    assert (proven.walker.status, proven.walker.page.h1) == (422, "Ce code a déjà servi")
    assert known(proven).email == OLD[1]
    assert told(proven, "email-changed") == OLD


def test_a_resend_kills_the_code_before_and_keeps_the_address(proven: World) -> None:
    old = ask(proven)
    proven.walker.send(action=f"{EMAIL}/code/renvoyer")
    assert "Un nouveau code est parti" in proven.walker.page.text
    assert told(proven, "new-address-code") == [NEW_EMAIL] * 2
    new = address_code(proven)
    proven.walker.send(code=old)
    assert proven.walker.status == 422
    proven.walker.send(code=new)
    assert known(proven).email == NEW_EMAIL


def test_the_address_proven_is_the_one_of_that_very_code(proven: World) -> None:
    first = ask(proven, "premiere@example.org")
    form = proven.walker.form("code").fields
    second = ask(proven, "deuxieme@example.org")
    proven.walker.post(f"{EMAIL}/code", {**form, "code": first, "email": "troisieme@example.org"})
    assert proven.walker.status == 422
    assert known(proven).email == OLD[1]
    proven.walker.post(
        f"{EMAIL}/code", {**form, "code": second, "email": "troisieme@example.org", "once": ""}
    )
    assert known(proven).email == "deuxieme@example.org"


def test_a_code_serves_for_its_own_kind_account_and_purpose_only(proven: World) -> None:
    code = ask(proven)
    token = hidden(proven.walker.body, "csrf_token")
    proven.walker.post(f"{PHONE}/code", {"csrf_token": token, "code": code})
    assert (proven.walker.address, known(proven).phone) == (PHONE, OLD[0])
    walks.make_account(proven, walks.PARENT, identifier="quelquun.85")
    other = another_browser(proven)
    walks.give_password(other, identifier="quelquun.85")
    other.walker.send(code=code)
    assert other.walker.status == 422  # it opens no session
    other.walker.send(code=walks.newest_access_code(proven.app.extensions["engine"]))
    walks.prove_again(other)
    token = hidden(other.walker.open(EMAIL).body, "csrf_token")
    other.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert other.walker.address == EMAIL
    assert known(proven).email == OLD[1]


def test_a_new_session_does_not_go_on_with_the_proof_of_another(proven: World) -> None:
    code = ask(proven)
    again = another_browser(proven)
    enter(again)
    assert again.walker.open(f"{EMAIL}/code").address == EMAIL
    token = hidden(again.walker.body, "csrf_token")
    again.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert known(proven).email == OLD[1]


def test_a_step_up_too_old_between_two_pages(proven: World) -> None:
    code = ask(proven)
    proven.forward(timedelta(minutes=10))
    proven.walker.send(code=code)
    assert proven.walker.address == "/compte/confirmation"
    assert known(proven).email == OLD[1]
    proven.walker.send(password=walks.PASSWORD)
    assert proven.walker.address == f"{EMAIL}/code"
    proven.walker.send(code=code)
    assert known(proven).email == NEW_EMAIL


def test_nine_codes_an_hour_all_together(proven: World) -> None:
    ask(proven)  # the first one: that of the sign-in is counted apart
    for _ in range(8):
        proven.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
        assert proven.walker.status == 200
    proven.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
    assert proven.walker.status == 429
    proven.walker.open(PHONE).send(phone=NEW_PHONE)
    assert proven.walker.status == 429
    assert len(letters(proven, "new-address-code")) == 9
