"""Passkeys over HTTP: what is forged, late, repeated or somebody else's opens nothing, and is never a fault."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.authenticator import PRESENT, Authenticator
from tests.support.crowd import hidden
from webapp.account import walks as account_walks
from webapp.account.service import change
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.passkeys import walks
from webapp.passkeys.models import Passkey
from webapp.passkeys.rules import MOST
from webapp.passkeys.service import passkeys
from webapp.web.states import World
from webapp.web.walker import walk_in_process

OTHER = "quelquun.87"
REFUSED, DONE, OPENED = 422, 303, "/accueil"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here: tests/services/test_passkeys.py runs on both."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


class Browser:
    """A client and what it does with passkeys."""

    def __init__(self, world: World) -> None:
        self.client: FlaskClient = world.app.test_client()
        self.world = World(walk_in_process(self.client), world.app, world.forward)
        self.page = "/connexion"

    def token(self) -> str:
        return hidden(self.client.get(self.page).get_data(as_text=True), "csrf_token")

    def options(self, path: str) -> dict[str, Any]:
        answer = self.client.post(path, headers={"X-CSRF-Token": self.token()})
        assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
        assert answer.mimetype == "application/json"
        assert answer.headers["Cache-Control"] == "no-store"
        found: dict[str, Any] = json.loads(answer.get_data())
        return found

    def send(self, path: str, credential: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), "credential": credential, **fields})

    def enter(self, identifier: str = account_walks.IDENTIFIER) -> None:
        account_walks.give_password(self.world, identifier=identifier)
        self.world.walker.send(code=account_walks.newest_access_code(walks.engine_of(self.world)))
        account_walks.prove_again(self.world)
        self.page = "/compte/cles"

    def add(self, key: Authenticator, **fields: str) -> TestResponse:
        return self.send("/compte/cles", key.create(self.options("/compte/cles/defi")), **fields)

    def sign_in(self, key: Authenticator, **fields: str) -> TestResponse:
        return self.send(walks.SIGN_IN, key.get(self.options(f"{walks.SIGN_IN}/defi")), **fields)

    def is_in(self) -> bool:
        return self.client.get("/accueil").status_code == 200


@pytest.fixture
def browser(world: World) -> Browser:
    """Somebody else's browser, or mine after a sign-out: there is an account."""
    account_walks.make_account(world)
    return Browser(world)


@pytest.fixture
def key(world: World, browser: Browser) -> Authenticator:
    """A passkey of this account, added from another browser."""
    mine, made = Browser(world), Authenticator(count=5)
    mine.enter()
    assert mine.add(made).status_code == DONE
    return made


def events(world: World) -> list[tuple[str, bool]]:
    with reading(walks.engine_of(world)) as session:
        rows = session.execute(select(JournalEntry.event, JournalEntry.account_id).order_by(JournalEntry.seq))
        return [(row.event, row.account_id is not None) for row in rows]


def told(world: World, kind: str) -> list[str]:
    with reading(walks.engine_of(world)) as session:
        return sorted(session.scalars(select(OutboxRow.channel).where(OutboxRow.kind == kind)))


def names(world: World, identifier: str = account_walks.IDENTIFIER) -> list[str]:
    with reading(walks.engine_of(world)) as session:
        return [one.name for one in passkeys(session, walks.account_id_of(world, identifier))]


def test_it_is_asked_for_as_the_rules_say(world: World, browser: Browser) -> None:
    browser.enter()
    options = browser.options("/compte/cles/defi")
    wanted = options["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert (options["attestation"], options["rp"]["id"]) == ("none", "localhost")
    assert options["user"]["name"] == account_walks.IDENTIFIER
    assert len(options["challenge"]) == 43  # 32 bytes
    assert browser.add(Authenticator()).status_code == DONE
    assert len(browser.options("/compte/cles/defi")["excludeCredentials"]) == 1
    stranger = Browser(world).options(f"{walks.SIGN_IN}/defi")
    assert (stranger["userVerification"], stranger["allowCredentials"]) == ("required", [])


def test_it_opens_the_space_and_leads_where_one_wanted(
    world: World, browser: Browser, key: Authenticator
) -> None:
    before = {cookie.value for cookie in browser.client._cookies.values()}  # type: ignore[union-attr]
    answer = browser.sign_in(key, vers="/compte/connexions")
    assert (answer.status_code, answer.location) == (DONE, "/compte/connexions")
    assert "clé d’accès" in browser.client.get("/compte/connexions").get_data(as_text=True)
    after = {cookie.value for cookie in browser.client._cookies.values()}  # type: ignore[union-attr]
    assert not before & after  # a new id
    assert events(world)[-1] == (Event.SIGN_IN_DONE, True)


def test_a_foreign_page_is_led_to_from_nowhere(browser: Browser, key: Authenticator) -> None:
    assert browser.sign_in(key, vers="https://ailleurs.example/").location == OPENED


def lies(**changed: Any) -> Callable[[Authenticator], None]:
    def change_it(key: Authenticator) -> None:
        for name, value in changed.items():
            setattr(key, name, value)

    return change_it


@pytest.mark.parametrize(
    "lie",
    [
        lies(origin="https://ailleurs.example"),
        lies(origin="http://localhost:8001"),
        lies(origin="http://127.0.0.1:8000"),
        lies(domain="ailleurs.example"),
        lies(flags=PRESENT),
        lies(flags=0x04),
        lies(user_handle=None),
        lies(user_handle=bytes(16)),
        lies(key=Authenticator().key),
        lies(credential_id=bytes(32)),
    ],
    ids=[
        "site",
        "port",
        "number",
        "domain",
        "verified",
        "present",
        "no owner",
        "owner",
        "signature",
        "unknown",
    ],
)
def test_what_is_forged_opens_nothing(
    world: World, browser: Browser, key: Authenticator, lie: Callable[[Authenticator], None]
) -> None:
    lie(key)
    answer = browser.sign_in(key)
    assert answer.status_code == REFUSED
    assert "Cette clé d’accès est refusée" in answer.get_data(as_text=True)
    assert not browser.is_in()
    assert told(world, "passkey-refused") == []
    assert events(world)[-1] == (Event.SIGN_IN_REFUSED, False)


def test_an_answer_of_another_kind_opens_nothing(browser: Browser, key: Authenticator) -> None:
    given = key.get(browser.options(f"{walks.SIGN_IN}/defi"), "webauthn.create")
    assert browser.send(walks.SIGN_IN, given).status_code == REFUSED


def test_a_challenge_serves_once(browser: Browser, key: Authenticator) -> None:
    options = browser.options(f"{walks.SIGN_IN}/defi")
    assert browser.send(walks.SIGN_IN, "{}").status_code == REFUSED
    assert browser.send(walks.SIGN_IN, key.get(options)).status_code == REFUSED
    assert not browser.is_in()


def test_an_answer_that_served_opens_nothing_elsewhere(
    world: World, browser: Browser, key: Authenticator
) -> None:
    given = key.get(browser.options(f"{walks.SIGN_IN}/defi"))
    assert browser.send(walks.SIGN_IN, given).status_code == DONE
    thief = Browser(world)
    assert thief.send(walks.SIGN_IN, given).status_code == REFUSED
    thief.options(f"{walks.SIGN_IN}/defi")
    assert thief.send(walks.SIGN_IN, given).status_code == REFUSED
    assert not thief.is_in()


def test_a_challenge_lasts_five_minutes(world: World, browser: Browser, key: Authenticator) -> None:
    for minutes, status in ((5, REFUSED), (4, DONE)):
        options = browser.options(f"{walks.SIGN_IN}/defi")
        world.app.extensions["clock"].forward(minutes=minutes)
        assert browser.send(walks.SIGN_IN, key.get(options)).status_code == status


def test_a_challenge_serves_its_own_purpose(world: World, browser: Browser, key: Authenticator) -> None:
    browser.sign_in(key)
    browser.page = "/compte/confirmation"
    options = browser.options(f"{walks.CONFIRM}/defi")
    browser.page = "/deconnexion"
    assert browser.send(walks.SIGN_IN, key.get(options)).status_code == REFUSED


def test_a_count_that_goes_back_is_refused_and_told_once(
    world: World, browser: Browser, key: Authenticator
) -> None:
    for _ in range(2):
        key.count = 4  # the next is 5, which has served
        assert browser.sign_in(key).status_code == REFUSED
    assert not browser.is_in()
    assert told(world, "passkey-refused") == ["email", "sms"]
    assert events(world)[-1] == (Event.SIGN_IN_REFUSED, True)
    key.count = 5
    assert browser.sign_in(key).status_code == DONE


def test_one_that_does_not_count_is_accepted(world: World, browser: Browser) -> None:
    mine, made = Browser(world), Authenticator(count=0)
    mine.enter()
    mine.add(made)
    assert browser.sign_in(made).status_code == DONE
    assert Browser(world).sign_in(made).status_code == DONE


GARBAGE = [
    "",
    "{",
    "[]",
    "null",
    '"é"',
    "[" * 9_000,
    '{"id":' * 2_000,
    json.dumps({"id": 1, "rawId": [], "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "é",
            "rawId": "é",
            "type": "public-key",
            "response": {
                "clientDataJSON": "é",
                "authenticatorData": "=",
                "signature": "a",
                "userHandle": "a",
            },
        }
    ),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "bnVsbA",
                "attestationObject": "n" * 9_000,
                "transports": ["x", 1],
            },
        }
    ),
    "x" * 60_000,
]


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused(world: World, browser: Browser, text: str) -> None:
    browser.options(f"{walks.SIGN_IN}/defi")
    assert browser.send(walks.SIGN_IN, text).status_code == REFUSED
    browser.enter()
    browser.options("/compte/cles/defi")
    assert browser.send("/compte/cles", text).status_code == REFUSED
    browser.options(f"{walks.CONFIRM}/defi")
    assert browser.send(walks.CONFIRM, text).status_code == REFUSED
    assert browser.send(walks.SIGN_IN, "x" * 70_000).status_code == 413
    assert names(world) == []


def test_a_request_from_elsewhere_is_refused(browser: Browser) -> None:
    path = f"{walks.SIGN_IN}/defi"
    assert browser.client.post(path).status_code == 403
    assert browser.client.post(path, headers={"X-CSRF-Token": "x"}).status_code == 403
    given = {"X-CSRF-Token": browser.token(), "Sec-Fetch-Site": "cross-site"}
    assert browser.client.post(path, headers=given).status_code == 403
    assert browser.client.post(walks.SIGN_IN, data={"credential": "{}"}).status_code == 403


def test_a_passkey_made_for_another_site_is_not_added(world: World, browser: Browser) -> None:
    browser.enter()
    for wrong in (
        Authenticator(origin="https://ailleurs.example"),
        Authenticator(domain="ailleurs.example"),
        Authenticator(flags=PRESENT),
    ):
        assert browser.add(wrong).status_code == REFUSED
    given = Authenticator().create(browser.options("/compte/cles/defi"))
    world.app.extensions["clock"].forward(minutes=6)
    assert browser.send("/compte/cles", given).status_code == REFUSED
    assert names(world) == []


def test_no_passkey_is_in_two_accounts(world: World, browser: Browser, key: Authenticator) -> None:
    account_walks.make_account(world, account_walks.PARENT, identifier=OTHER)
    browser.enter(OTHER)
    assert browser.add(key).status_code == REFUSED
    assert names(world, OTHER) == []


def test_there_are_ten_at_most(world: World, browser: Browser) -> None:
    browser.enter()
    given = Authenticator().create(browser.options("/compte/cles/defi"))
    walks.give_passkeys(world, *(f"Clé {number}" for number in range(MOST)))
    assert browser.send("/compte/cles", given).status_code == REFUSED
    browser.page = "/compte/identifiant"
    assert (
        browser.client.post("/compte/cles/defi", headers={"X-CSRF-Token": browser.token()}).status_code == 409
    )
    assert len(names(world)) == MOST


def test_names(world: World, browser: Browser) -> None:
    browser.enter()
    browser.add(Authenticator(), name="  Mon \t téléphone\u202e ")
    browser.add(Authenticator(), name="<b>" + "x" * 500)
    browser.add(Authenticator(), name="")
    browser.add(Authenticator(), name="")
    assert names(world) == ["Mon téléphone", "<b>" + "x" * 37, "Ma clé d’accès", "Ma clé d’accès 2"]
    assert "&lt;b&gt;xxx" in browser.client.get("/compte/cles").get_data(as_text=True)
    walker = browser.world.walker
    walker.open("/compte/cles/nom?cle=1").send(name="Le vieux téléphone")
    assert walker.address == "/compte/cles"
    assert names(world)[0] == "Le vieux téléphone"
    walker.open("/compte/cles/nom?cle=1").send(name="x" * 41)
    assert (walker.status, "plus court" in walker.page.text) == (REFUSED, True)
    for nowhere in ("", "?cle=9", "?cle=x", "?cle=-1"):
        assert walker.open(f"/compte/cles/retirer{nowhere}").address == "/compte/cles"


def test_somebody_elses_passkey_is_found_nowhere(world: World, browser: Browser, key: Authenticator) -> None:
    account_walks.make_account(world, account_walks.PARENT, identifier=OTHER)
    with reading(walks.engine_of(world)) as session:
        theirs = str(session.scalars(select(Passkey.id)).one())
    browser.enter(OTHER)
    for path in ("/compte/cles/retirer", "/compte/cles/nom"):
        for wanted in (theirs, "x", ""):
            answer = browser.client.post(
                path, data={"csrf_token": browser.token(), "key": wanted, "name": "À moi"}
            )
            assert answer.status_code == 404
    assert names(world) == ["Ma clé d’accès"]
    assert (
        browser.send(walks.CONFIRM, key.get(browser.options(f"{walks.CONFIRM}/defi"))).status_code == REFUSED
    )


def test_it_proves_again_that_it_is_me(world: World, browser: Browser, key: Authenticator) -> None:
    browser.sign_in(key)
    assert browser.client.get("/compte/cles").location.startswith("/compte/confirmation")
    browser.page = "/compte/confirmation"
    options = browser.options(f"{walks.CONFIRM}/defi")
    assert len(options["allowCredentials"]) == 1
    answer = browser.send(f"{walks.CONFIRM}?vers=/compte/cles", key.get(options))
    assert (answer.status_code, answer.location) == (DONE, "/compte/cles")
    assert browser.client.get("/compte/cles").status_code == 200
    assert events(world)[-1] == (Event.STEP_UP_DONE, True)


def test_it_is_offered_again_only_to_whoever_has_one(browser: Browser) -> None:
    account_walks.give_password(browser.world)
    browser.world.walker.send(code=account_walks.newest_access_code(walks.engine_of(browser.world)))
    assert "clé d’accès" not in browser.world.walker.open("/compte/confirmation").page.text


def test_it_is_removed_once_and_told_once(world: World, browser: Browser, key: Authenticator) -> None:
    mine = Browser(world)
    mine.enter()
    walker = mine.world.walker.open("/compte/cles/retirer?cle=1")
    form = walker.form("key").fields
    walker.post("/compte/cles/retirer", form)
    walker.post("/compte/cles/retirer", form)  # a double click
    assert (walker.status, walker.address) == (200, "/compte/cles")
    assert told(world, "passkey-removed") == ["email", "sms"]
    assert browser.sign_in(key).status_code == REFUSED


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


def test_nothing_of_a_passkey_is_read_in_the_database(
    world: World, key: Authenticator, settings: Settings
) -> None:
    with reading(walks.engine_of(world)) as session:
        row = session.execute(select(Passkey.sealed, Passkey.credential_index)).one()
    assert key.credential_id not in bytes(row.sealed) + bytes(row.credential_index)
