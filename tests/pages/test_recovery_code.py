"""A forgotten password on both databases, by a plain client: a code used once, what ends with the old password."""

from __future__ import annotations

from tests.support.people import another_browser, sent, try_password
from webapp.account import walks as account_walks
from webapp.recovery import walks
from webapp.recovery.walks import CODE, NEW, WRONG
from webapp.web.states import World

DONE = "/mot-de-passe-oublie/fait"


def test_from_the_sign_in_page_to_a_new_password(account: World) -> None:
    account.walker.open("/connexion").click("Mot de passe oublié")
    assert "Étape 1 sur 3" in account.walker.page.text
    account.walker.send(identifier=f" {walks.IDENTIFIER.upper()} ")
    assert account.walker.address == CODE
    assert "Étape 2 sur 3" in account.walker.page.text
    assert "pendant encore 15 minutes, jusqu’à 10 h 45 (heure de Paris)" in account.walker.page.text
    assert sent(account) == [("password-reset", "email")]
    code = walks.newest_code(account).lower().replace(" ", "-")
    account.walker.send(code=f" {code}\u00a0")
    assert account.walker.address == NEW
    assert "Étape 3 sur 3" in account.walker.page.text
    account.walker.send(password=walks.NEW_PASSWORD)
    assert (account.walker.address, account.walker.page.h1) == (DONE, "Mon mot de passe est changé")
    assert sent(account)[1:] == [("password-was-reset", "email"), ("password-was-reset", "sms")]
    assert account.walker.open("/accueil").address == "/connexion"  # nobody is signed in
    assert try_password(account, account_walks.PASSWORD) == 422
    assert try_password(account, walks.NEW_PASSWORD) == 200
    account.walker.send(code=account_walks.newest_access_code(account.app.extensions["engine"]))
    assert account.walker.address == "/bienvenue"


def test_every_session_and_every_sign_in_under_way_ends(account: World) -> None:
    signed_in, halfway = another_browser(account), another_browser(account)
    account_walks.sign_in(signed_in)
    account_walks.give_password(halfway)
    code = account_walks.newest_access_code(account.app.extensions["engine"])
    walks.reset(account)
    assert signed_in.walker.open("/accueil").address == "/connexion"
    halfway.walker.send(code=code)
    assert halfway.walker.address == "/connexion"


def test_a_newer_code_kills_the_older(account: World) -> None:
    walks.ask(account)
    older = walks.newest_code(account)
    walks.ask(account)
    newer = walks.newest_code(account)
    account.walker.send(code=older)
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Ce code a été remplacé"
    account.walker.click("le plus récent").send(code=newer)
    assert account.walker.address == NEW


def test_a_used_code_is_used(account: World) -> None:
    walks.ask(account)
    form, code = account.walker.form("code").fields, walks.newest_code(account)
    account.walker.send(code=code)
    account.walker.post(CODE, {**form, "code": code})
    assert account.walker.address == NEW  # the very same form: it goes where the first one went
    token = account.walker.form("password").fields["csrf_token"]
    account.walker.post(CODE, {"csrf_token": token, "code": code})
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Ce code a déjà servi"
    assert account.walker.open(CODE).address == NEW  # whoever proved it goes on


def test_five_tries_and_then_even_the_right_one_is_refused(account: World) -> None:
    walks.ask(account)
    code = walks.newest_code(account)
    form = account.walker.form("code").fields
    for left in (4, 3, 2, 1):
        account.walker.send(code=WRONG)
        assert f"Il reste {left} essai" in account.walker.page.text
    for typed in (WRONG, code):
        account.walker.post(CODE, {**form, "code": typed})
        assert account.walker.status == 422
        assert account.walker.page.h1 == "Trop d’essais avec ce code"
    account.walker.send(identifier=walks.IDENTIFIER)
    account.walker.send(code=walks.newest_code(account))
    assert account.walker.address == NEW


def test_the_first_to_finish_ends_what_others_had_proven(account: World) -> None:
    walks.prove(account)
    other = another_browser(account)
    walks.reset(other)
    account.walker.send(password="Bourrasque-jaune-52")
    assert account.walker.status == 422
    assert account.walker.page.h1 == "Ce code a déjà servi"
    assert try_password(account, walks.NEW_PASSWORD) == 200
