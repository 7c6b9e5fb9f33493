"""The code that proves a new address: wrong, expired, used, replaced, of another kind or session, too many."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.crowd import hidden
from tests.support.my_account import (
    EMAIL,
    OLD,
    PHONE,
    another_browser,
    ask,
    enter,
    known,
    letters,
    told,
)
from webapp.account import walks
from webapp.my_account.walks import NEW_EMAIL, NEW_PHONE, address_code, move
from webapp.web.states import World


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here; what the database decides is in test_my_account_races.py."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def inside(world: World) -> World:
    """Somebody signed in, who gave the password again."""
    walks.make_account(world)
    enter(world)
    return world


def test_a_wrong_code_then_the_right_one(inside: World) -> None:
    code = ask(inside)
    inside.walker.send(code="12")
    assert inside.walker.status == 422
    inside.walker.send(code=walks.another(code))
    assert inside.walker.status == 422
    assert "Il reste 4 essais" in inside.walker.page.text
    assert known(inside).email == OLD[1]
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL


def test_five_wrong_codes(inside: World) -> None:
    code = ask(inside)
    for _ in range(5):
        inside.walker.send(code=walks.another(code))
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Trop d’essais avec ce code")
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert inside.walker.status == 422
    assert known(inside).email == OLD[1]
    inside.walker.click("Recommencer")
    assert inside.walker.address == EMAIL


def test_an_expired_code(inside: World) -> None:
    code = ask(inside)
    inside.forward(timedelta(minutes=8))
    inside.walker.open("/compte")
    inside.forward(timedelta(minutes=8))
    walks.prove_again(inside)
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Ce code a expiré")
    assert "Rien n’a changé" in inside.walker.page.text
    assert known(inside).email == OLD[1]


def test_a_used_code_is_used(inside: World) -> None:
    code = ask(inside)
    form = inside.walker.form("code").fields
    inside.walker.send(code=code)
    inside.walker.post(f"{EMAIL}/code", {**form, "code": code})  # sent twice: where the first one went
    assert inside.walker.address == f"{EMAIL}/fait"
    move(inside, email=OLD[1])
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": form["csrf_token"], "code": code})
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Ce code a déjà servi")
    assert known(inside).email == OLD[1]
    assert told(inside, "email-changed") == OLD


def test_a_resend_kills_the_code_before_and_keeps_the_address(inside: World) -> None:
    old = ask(inside)
    inside.walker.send(action=f"{EMAIL}/code/renvoyer")
    assert "Un nouveau code est parti" in inside.walker.page.text
    assert told(inside, "new-address-code") == [NEW_EMAIL] * 2
    new = address_code(inside)
    inside.walker.send(code=old)
    assert inside.walker.status == 422
    inside.walker.send(code=new)
    assert known(inside).email == NEW_EMAIL


def test_the_address_proven_is_the_one_of_that_very_code(inside: World) -> None:
    first = ask(inside, "premiere@example.org")
    form = inside.walker.form("code").fields
    second = ask(inside, "deuxieme@example.org")
    inside.walker.post(f"{EMAIL}/code", {**form, "code": first, "email": "troisieme@example.org"})
    assert inside.walker.status == 422
    assert known(inside).email == OLD[1]
    inside.walker.post(
        f"{EMAIL}/code", {**form, "code": second, "email": "troisieme@example.org", "once": ""}
    )
    assert known(inside).email == "deuxieme@example.org"


def test_a_code_serves_for_its_own_kind_account_and_purpose_only(inside: World) -> None:
    code = ask(inside)
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{PHONE}/code", {"csrf_token": token, "code": code})
    assert (inside.walker.address, known(inside).phone) == (PHONE, OLD[0])
    walks.make_account(inside, walks.PARENT, identifier="quelquun.85")
    other = another_browser(inside)
    walks.give_password(other, identifier="quelquun.85")
    other.walker.send(code=code)
    assert other.walker.status == 422  # it opens no session
    other.walker.send(code=walks.newest_access_code(inside.app.extensions["engine"]))
    walks.prove_again(other)
    token = hidden(other.walker.open(EMAIL).body, "csrf_token")
    other.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert other.walker.address == EMAIL
    assert known(inside).email == OLD[1]


def test_a_new_session_does_not_go_on_with_the_proof_of_another(inside: World) -> None:
    code = ask(inside)
    again = another_browser(inside)
    enter(again)
    assert again.walker.open(f"{EMAIL}/code").address == EMAIL
    token = hidden(again.walker.body, "csrf_token")
    again.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert known(inside).email == OLD[1]


def test_a_step_up_too_old_between_two_pages(inside: World) -> None:
    code = ask(inside)
    inside.forward(timedelta(minutes=10))
    inside.walker.send(code=code)
    assert inside.walker.address == "/compte/confirmation"
    assert known(inside).email == OLD[1]
    inside.walker.send(password=walks.PASSWORD)
    assert inside.walker.address == f"{EMAIL}/code"
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL


def test_ten_codes_an_hour_all_together(inside: World) -> None:
    ask(inside)  # the second one: the first was to sign in
    for _ in range(8):
        inside.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
        assert inside.walker.status == 200
    inside.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
    assert inside.walker.status == 429
    inside.walker.open(PHONE).send(phone=NEW_PHONE)
    assert inside.walker.status == 429
    assert len(letters(inside, "new-address-code")) == 9
