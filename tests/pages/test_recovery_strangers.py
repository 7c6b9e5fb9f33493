"""What somebody who only knows an identifier can do to its owner's recovery, and learn from it: nothing."""

from __future__ import annotations

import pytest

from tests.support.clock import Clock
from tests.support.people import another_browser, enter
from webapp.account import walks as account_walks
from webapp.recovery import walks
from webapp.recovery.walks import CODE, FORGOTTEN, NEW
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what the database decides is in test_recovery_codes.py")


def test_a_stranger_who_asks_too_does_not_end_the_owners_code(account: World) -> None:
    walks.ask(account)
    code, stranger = walks.newest_code(account), another_browser(account)
    walks.ask(stranger)
    stranger.walker.send(code=code)
    assert "Il reste 4 essais" in stranger.walker.page.text  # it serves only where it was asked for
    account.walker.send(code=code)
    assert account.walker.address == NEW


def test_strangers_do_not_bar_a_browser_that_the_account_knows(account: World) -> None:
    account_walks.sign_in(account)
    account.walker.send(action="/deconnexion")
    for _ in range(5):
        walks.ask(another_browser(account))
    stranger = another_browser(account)
    walks.ask(stranger)
    assert stranger.walker.status == 429
    for _ in range(5):
        walks.ask(account)
        assert account.walker.address == CODE
    walks.ask(account)
    assert account.walker.status == 429  # five a day from there too
    walks.ask(account, walks.NOBODY)
    assert account.walker.address == CODE


def test_a_card_opens_the_way_that_strangers_used_up(account: World) -> None:
    """From a telephone that the account does not know; five a day there too, and none for somebody else's account."""
    for _ in range(5):
        walks.ask(another_browser(account))
    nosy = another_browser(account)
    walks.identify(nosy, account_walks.PARENT)
    walks.ask(nosy)
    assert nosy.walker.address == CODE  # not told that it is not theirs
    letter = walks.newest_letter(account.app.extensions["engine"], "password-reset")
    assert letter["to"].endswith(".invalid")  # and its owner is not written to
    owner = another_browser(account)
    walks.ask(owner)
    assert owner.walker.status == 429
    owner.walker.click("Dire qui je suis").send(**walks.identity())
    for _ in range(5):
        walks.ask(owner)
        assert owner.walker.address == CODE
    owner.walker.send(code=walks.newest_code(account))
    assert owner.walker.address == NEW
    walks.identify(owner)
    walks.ask(owner)
    assert owner.walker.status == 429


def test_a_new_password_ends_the_wait_that_strangers_cause(account: World) -> None:
    for number in range(21):
        stranger = another_browser(account).walker.open("/connexion")
        stranger.send(identifier=walks.IDENTIFIER, password="Essai-9xx", channel="email")
        assert stranger.status == (422 if number < 20 else 429)
    owner = another_browser(account)
    account_walks.give_password(owner)
    assert owner.walker.status == 429
    owner.walker.click("Choisir un nouveau mot de passe").send(identifier=walks.IDENTIFIER)
    letter = walks.newest_letter(account.app.extensions["engine"], "password-reset")
    owner.walker.send(code="".join(letter["text"].splitlines()))  # pasted whole, as old telephones copy
    owner.walker.send(password=walks.NEW_PASSWORD)
    owner.walker.open("/connexion")
    owner.walker.send(identifier=walks.IDENTIFIER, password=walks.NEW_PASSWORD, channel="email")
    assert owner.walker.address == "/connexion/code"


def test_a_new_password_ends_the_wait_of_codes_that_a_thief_had_sent(account: World) -> None:
    """Whoever knows the password has ten codes an hour sent, and the owner gets none."""
    thief = another_browser(account)
    account_walks.give_password(thief)
    for _ in range(10):
        thief.walker.post(
            "/connexion/code/renvoyer", thief.walker.form(action="/connexion/code/renvoyer").fields
        )
    assert thief.walker.status == 429
    account_walks.give_password(account)
    assert account.walker.status == 429
    account.walker.click("Choisir un nouveau mot de passe").send(identifier=walks.IDENTIFIER)
    account.walker.send(code=walks.newest_code(account))
    account.walker.send(password=walks.NEW_PASSWORD).open("/connexion")
    account.walker.send(identifier=walks.IDENTIFIER, password=walks.NEW_PASSWORD, channel="email")
    assert account.walker.address == "/connexion/code"


def test_a_known_browser_gets_in_after_strangers_did_their_worst(account: World) -> None:
    account_walks.sign_in(account)
    account.walker.send(action="/deconnexion")
    for _ in range(5):
        walks.ask(another_browser(account))
    walks.reset(account)
    assert account.walker.page.h1 == "Mon mot de passe est changé"


def test_waiting_for_a_code_tells_nothing_of_what_the_owner_does(account: World) -> None:
    spies = [another_browser(account) for _ in range(2)]
    for spy, name in zip(spies, (walks.IDENTIFIER, walks.NOBODY), strict=True):
        walks.ask(spy, name)
    owner = another_browser(account)
    code = walks.newest_code(account)
    assert code
    enter(owner)
    owner.walker.open("/compte/mot-de-passe").send(password="Sardine-verte-10")
    assert owner.walker.status == 200
    for spy in spies:
        assert spy.walker.open(CODE).page.h1 == "J’entre le code reçu"
        spy.walker.send(code=walks.WRONG)
        assert "Il reste 4 essais" in spy.walker.page.text
    walks.reset(owner)
    for spy in spies:
        assert spy.walker.open(CODE).page.h1 == "J’entre le code reçu"


def test_a_code_of_before_a_change_has_expired_for_whoever_has_it(account: World) -> None:
    walks.ask(account)
    code, owner = walks.newest_code(account), another_browser(account)
    enter(owner)
    owner.walker.open("/compte/mot-de-passe").send(password="Sardine-verte-10")
    account.walker.send(code=code)
    assert (account.walker.status, account.walker.page.h1) == (422, "Ce code a expiré")


def test_a_clock_set_back_does_not_prolong_a_code(account: World, clock: Clock) -> None:
    walks.ask(account)
    code = walks.newest_code(account)
    clock.forward(seconds=-30)
    assert account.walker.open(CODE).page.h1 == "J’entre le code reçu"  # two servers may differ by as much
    clock.forward(minutes=-10)
    account.walker.send(code=code)
    assert account.walker.page.h1 == "Ce code a expiré"


def test_the_former_password_is_not_a_new_one(account: World) -> None:
    walks.prove(account)
    account.walker.send(password=account_walks.PASSWORD)
    assert (account.walker.status, account.walker.address) == (422, NEW)
    assert "C’est déjà mon mot de passe" in account.walker.page.text
    account.walker.send(password=walks.NEW_PASSWORD)
    assert account.walker.page.h1 == "Mon mot de passe est changé"
    assert account.walker.open(NEW).address == FORGOTTEN
