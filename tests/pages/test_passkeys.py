"""Passkeys through the pages: added, named, used to enter and to confirm, removed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.support.authenticator import PRESENT, Authenticator
from tests.support.passkeys import DONE, REFUSED, Browser, events, names, told
from webapp.account import walks as account_walks
from webapp.account.service import change
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.passkeys import walks
from webapp.passkeys.models import Passkey
from webapp.passkeys.rules import MOST
from webapp.web.states import World

OTHER = "quelquun.87"
OPENED = "/bienvenue"


pytestmark = pytest.mark.one_database("tests/services/test_passkeys.py runs on both")


def test_it_is_asked_for_as_the_rules_say(world: World, elsewhere: Browser) -> None:
    elsewhere.enter()
    options = elsewhere.options("/compte/cles/defi")
    wanted = options["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert (options["attestation"], options["rp"]["id"]) == ("none", "localhost")
    assert options["user"]["name"] == account_walks.IDENTIFIER
    assert len(options["challenge"]) == 43  # 32 bytes
    assert elsewhere.add(Authenticator()).status_code == DONE
    assert len(elsewhere.options("/compte/cles/defi")["excludeCredentials"]) == 1
    stranger = Browser(world).options(f"{walks.SIGN_IN}/defi")
    assert (stranger["userVerification"], stranger["allowCredentials"]) == ("required", [])


def test_it_opens_the_space_and_leads_where_one_wanted(
    world: World, elsewhere: Browser, key: Authenticator
) -> None:
    before = {cookie.value for cookie in elsewhere.client._cookies.values()}  # type: ignore[union-attr]
    answer = elsewhere.sign_in(key, vers="/compte/connexions")
    assert (answer.status_code, answer.location) == (DONE, "/compte/connexions")
    assert "clé d’accès" in elsewhere.client.get("/compte/connexions").get_data(as_text=True)
    after = {cookie.value for cookie in elsewhere.client._cookies.values()}  # type: ignore[union-attr]
    assert not before & after  # a new id
    assert events(world)[-1] == (Event.SIGN_IN_DONE, True)


def test_a_foreign_page_is_led_to_from_nowhere(elsewhere: Browser, key: Authenticator) -> None:
    assert elsewhere.sign_in(key, vers="https://ailleurs.example/").location == OPENED


def test_a_count_that_goes_back_is_refused_and_told_once(
    world: World, elsewhere: Browser, key: Authenticator
) -> None:
    for _ in range(2):
        key.count = 4  # the next is 5, which has served
        assert elsewhere.sign_in(key).status_code == REFUSED
    assert not elsewhere.is_in()
    assert told(world, "passkey-refused") == ["email", "sms"]
    assert events(world)[-1] == (Event.SIGN_IN_REFUSED, True)
    key.count = 5
    assert elsewhere.sign_in(key).status_code == DONE


def test_one_that_does_not_count_is_accepted(world: World, elsewhere: Browser) -> None:
    mine, made = Browser(world), Authenticator(count=0)
    mine.enter()
    mine.add(made)
    assert elsewhere.sign_in(made).status_code == DONE
    assert Browser(world).sign_in(made).status_code == DONE


def test_a_passkey_made_for_another_site_is_not_added(world: World, elsewhere: Browser) -> None:
    elsewhere.enter()
    for wrong in (
        Authenticator(origin="https://ailleurs.example"),
        Authenticator(domain="ailleurs.example"),
        Authenticator(flags=PRESENT),
    ):
        assert elsewhere.add(wrong).status_code == REFUSED
    given = Authenticator().create(elsewhere.options("/compte/cles/defi"))
    world.app.extensions["clock"].forward(minutes=6)
    assert elsewhere.send("/compte/cles", given).status_code == REFUSED
    assert names(world) == []


def test_no_passkey_is_in_two_accounts(world: World, elsewhere: Browser, key: Authenticator) -> None:
    account_walks.make_account(world, account_walks.PARENT, identifier=OTHER)
    elsewhere.enter(OTHER)
    assert elsewhere.add(key).status_code == REFUSED
    assert names(world, OTHER) == []


def test_there_are_ten_at_most(world: World, elsewhere: Browser) -> None:
    elsewhere.enter()
    given = Authenticator().create(elsewhere.options("/compte/cles/defi"))
    walks.give_passkeys(world, *(f"Clé {number}" for number in range(MOST)))
    assert elsewhere.send("/compte/cles", given).status_code == REFUSED
    elsewhere.page = "/compte/identifiant"
    assert (
        elsewhere.client.post("/compte/cles/defi", headers={"X-CSRF-Token": elsewhere.token()}).status_code
        == 409
    )
    assert len(names(world)) == MOST


def test_names(world: World, elsewhere: Browser) -> None:
    elsewhere.enter()
    elsewhere.add(Authenticator(), name="  Mon \t téléphone\u202e ")
    elsewhere.add(Authenticator(), name="<b>" + "x" * 500)
    elsewhere.add(Authenticator(), name="")
    elsewhere.add(Authenticator(), name="")
    assert names(world) == ["Mon téléphone", "<b>" + "x" * 37, "Ma clé d’accès", "Ma clé d’accès 2"]
    assert "&lt;b&gt;xxx" in elsewhere.client.get("/compte/cles").get_data(as_text=True)
    walker = elsewhere.world.walker
    walker.open("/compte/cles/nom?cle=1").send(name="Le vieux téléphone")
    assert walker.address == "/compte/cles"
    assert names(world)[0] == "Le vieux téléphone"
    walker.open("/compte/cles/nom?cle=1").send(name="x" * 41)
    assert (walker.status, "plus court" in walker.page.text) == (REFUSED, True)
    for nowhere in ("", "?cle=9", "?cle=x", "?cle=-1"):
        assert walker.open(f"/compte/cles/retirer{nowhere}").address == "/compte/cles"


def test_somebody_elses_passkey_is_found_nowhere(
    world: World, elsewhere: Browser, key: Authenticator
) -> None:
    account_walks.make_account(world, account_walks.PARENT, identifier=OTHER)
    with reading(walks.engine_of(world)) as session:
        theirs = str(session.scalars(select(Passkey.id)).one())
    elsewhere.enter(OTHER)
    for path in ("/compte/cles/retirer", "/compte/cles/nom"):
        for wanted in (theirs, "x", ""):
            answer = elsewhere.client.post(
                path, data={"csrf_token": elsewhere.token(), "key": wanted, "name": "À moi"}
            )
            assert answer.status_code == 404
    assert names(world) == ["Ma clé d’accès"]
    assert (
        elsewhere.send(walks.CONFIRM, key.get(elsewhere.options(f"{walks.CONFIRM}/defi"))).status_code
        == REFUSED
    )


def test_it_proves_again_that_it_is_me(world: World, elsewhere: Browser, key: Authenticator) -> None:
    elsewhere.sign_in(key)
    assert elsewhere.client.get("/compte/cles").location.startswith("/compte/confirmation")
    elsewhere.page = "/compte/confirmation"
    options = elsewhere.options(f"{walks.CONFIRM}/defi")
    assert len(options["allowCredentials"]) == 1
    answer = elsewhere.send(f"{walks.CONFIRM}?vers=/compte/cles", key.get(options))
    assert (answer.status_code, answer.location) == (DONE, "/compte/cles")
    assert elsewhere.client.get("/compte/cles").status_code == 200
    assert events(world)[-1] == (Event.STEP_UP_DONE, True)


def test_it_is_offered_again_only_to_whoever_has_one(elsewhere: Browser) -> None:
    account_walks.give_password(elsewhere.world)
    elsewhere.world.walker.send(code=account_walks.newest_access_code(walks.engine_of(elsewhere.world)))
    assert "clé d’accès" not in elsewhere.world.walker.open("/compte/confirmation").page.text


def test_it_is_removed_once_and_told_once(world: World, elsewhere: Browser, key: Authenticator) -> None:
    mine = Browser(world)
    mine.enter()
    walker = mine.world.walker.open("/compte/cles/retirer?cle=1")
    form = walker.form("key").fields
    walker.post("/compte/cles/retirer", form)
    walker.post("/compte/cles/retirer", form)  # a double click
    assert (walker.status, walker.address) == (200, "/compte/cles")
    assert ("/compte/connexions", "Voir mes connexions") in walker.page.links  # ASVS 5.0, 7.4.3
    assert told(world, "passkey-removed") == ["email", "sms"]
    assert elsewhere.sign_in(key).status_code == REFUSED


def test_the_only_way_in_is_not_removed(world: World) -> None:
    account_walks.make_account(world, account_walks.UNREACHABLE)
    walks.give_passkeys(world, "La seule")
    account_id = walks.account_id_of(world)
    with writing(walks.engine_of(world)) as session:
        change(session, account_id, email="camille@exemple.fr")
    mine = Browser(world)
    mine.enter()
    form = mine.world.walker.open("/compte/cles/retirer?cle=1").form("key").fields
    with writing(walks.engine_of(world)) as session:
        change(session, account_id, email=None)
    mine.world.walker.post("/compte/cles/retirer", form)
    assert "je ne pourrais plus me connecter" in mine.world.walker.page.text
    assert names(world) == ["La seule"]


def test_nothing_of_a_passkey_is_read_in_the_database(world: World, key: Authenticator) -> None:
    with reading(walks.engine_of(world)) as session:
        row = session.execute(select(Passkey.sealed, Passkey.credential_index)).one()
    assert key.credential_id not in bytes(row.sealed) + bytes(row.credential_index)
