"""Passkeys over HTTP: what is forged, late, repeated or from elsewhere opens nothing, and is never a fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.authenticator import PRESENT, Authenticator
from tests.support.passkeys import DONE, REFUSED, Browser, events, names, told
from webapp.journal.events import Event
from webapp.passkeys import walks
from webapp.web.states import World

pytestmark = pytest.mark.one_database("tests/services/test_passkeys.py runs on both")


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
    world: World, elsewhere: Browser, key: Authenticator, lie: Callable[[Authenticator], None]
) -> None:
    lie(key)
    answer = elsewhere.sign_in(key)
    assert answer.status_code == REFUSED
    assert "Cette clé d’accès est refusée" in answer.get_data(as_text=True)
    assert not elsewhere.is_in()
    assert told(world, "passkey-refused") == []
    assert events(world)[-1] == (Event.SIGN_IN_REFUSED, False)


def test_an_answer_of_another_kind_opens_nothing(elsewhere: Browser, key: Authenticator) -> None:
    given = key.get(elsewhere.options(f"{walks.SIGN_IN}/defi"), "webauthn.create")
    assert elsewhere.send(walks.SIGN_IN, given).status_code == REFUSED


def test_a_challenge_serves_once(elsewhere: Browser, key: Authenticator) -> None:
    options = elsewhere.options(f"{walks.SIGN_IN}/defi")
    assert elsewhere.send(walks.SIGN_IN, "{}").status_code == REFUSED
    assert elsewhere.send(walks.SIGN_IN, key.get(options)).status_code == REFUSED
    assert not elsewhere.is_in()


def test_an_answer_that_served_opens_nothing_elsewhere(
    world: World, elsewhere: Browser, key: Authenticator
) -> None:
    given = key.get(elsewhere.options(f"{walks.SIGN_IN}/defi"))
    assert elsewhere.send(walks.SIGN_IN, given).status_code == DONE
    thief = Browser(world)
    assert thief.send(walks.SIGN_IN, given).status_code == REFUSED
    thief.options(f"{walks.SIGN_IN}/defi")
    assert thief.send(walks.SIGN_IN, given).status_code == REFUSED
    assert not thief.is_in()


def test_a_challenge_lasts_five_minutes(world: World, elsewhere: Browser, key: Authenticator) -> None:
    for minutes, status in ((5, REFUSED), (4, DONE)):
        options = elsewhere.options(f"{walks.SIGN_IN}/defi")
        world.app.extensions["clock"].forward(minutes=minutes)
        assert elsewhere.send(walks.SIGN_IN, key.get(options)).status_code == status


def test_a_challenge_serves_its_own_purpose(world: World, elsewhere: Browser, key: Authenticator) -> None:
    elsewhere.sign_in(key)
    elsewhere.page = "/compte/confirmation"
    options = elsewhere.options(f"{walks.CONFIRM}/defi")
    elsewhere.page = "/deconnexion"
    assert elsewhere.send(walks.SIGN_IN, key.get(options)).status_code == REFUSED


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
def test_garbage_is_refused(world: World, elsewhere: Browser, text: str) -> None:
    elsewhere.options(f"{walks.SIGN_IN}/defi")
    assert elsewhere.send(walks.SIGN_IN, text).status_code == REFUSED
    elsewhere.enter()
    elsewhere.options("/compte/cles/defi")
    assert elsewhere.send("/compte/cles", text).status_code == REFUSED
    elsewhere.options(f"{walks.CONFIRM}/defi")
    assert elsewhere.send(walks.CONFIRM, text).status_code == REFUSED
    assert elsewhere.send(walks.SIGN_IN, "x" * 70_000).status_code == 413
    assert names(world) == []


def test_a_request_from_elsewhere_is_refused(elsewhere: Browser) -> None:
    path = f"{walks.SIGN_IN}/defi"
    assert elsewhere.client.post(path).status_code == 403
    assert elsewhere.client.post(path, headers={"X-CSRF-Token": "x"}).status_code == 403
    given = {"X-CSRF-Token": elsewhere.token(), "Sec-Fetch-Site": "cross-site"}
    assert elsewhere.client.post(path, headers=given).status_code == 403
    assert elsewhere.client.post(walks.SIGN_IN, data={"credential": "{}"}).status_code == 403
