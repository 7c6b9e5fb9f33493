"""What the database decides about passkeys: one winner of several at once, ten at most, gone with the account."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from tests.support.authenticator import Authenticator, to_url
from webapp.account import walks as account_walks
from webapp.account.models import Account, AccountSpace
from webapp.db.work import reading, writing
from webapp.passkeys import walks
from webapp.passkeys.ceremony import Added, Credential, WrongPasskey, adding_options, check_added
from webapp.passkeys.models import Passkey
from webapp.passkeys.proving import CopiedPasskey, use_passkey
from webapp.passkeys.rules import MOST, Place, count_grew, free_name, place_of
from webapp.passkeys.service import AlreadyAdded, EnoughPasskeys, add_passkey, passkeys
from webapp.web.states import World

HERE = Place("localhost", "http://localhost:8000")
CHALLENGE = bytes(range(32))


@pytest.fixture
def mine(world: World) -> UUID:
    """An account."""
    account_walks.make_account(world)
    return walks.account_id_of(world)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(30) for one in [pool.submit(act) for act in acts]]


def prove(world: World, text: str) -> str:
    try:
        with writing(walks.engine_of(world)) as session:
            use_passkey(session, world.app.extensions["clock"](), HERE, CHALLENGE, text)
    except WrongPasskey as refusal:
        return type(refusal).__name__
    return "opened"


def add(world: World, account_id: UUID, name: bytes) -> str:
    try:
        with writing(walks.engine_of(world)) as session:
            made = Added(Credential(name), b"nobody's", 0)
            add_passkey(session, world.app.extensions["clock"](), account_id, made, "Clé")
    except (AlreadyAdded, EnoughPasskeys) as refusal:
        return type(refusal).__name__
    return "added"


def test_one_count_opens_once(world: World, mine: UUID) -> None:
    key = Authenticator(count=7)
    made = check_added(
        HERE, CHALLENGE, key.create(adding_options(HERE, CHALLENGE, mine, "identifiant", "Site", ()))
    )
    with writing(walks.engine_of(world)) as session:
        add_passkey(session, world.app.extensions["clock"](), mine, made, "Clé")
    text = key.get({"challenge": to_url(CHALLENGE)})
    answers = at_once([lambda: prove(world, text)] * 4)
    assert sorted(answers) == [CopiedPasskey.__name__] * 3 + ["opened"]


def test_one_passkey_is_added_once(world: World, mine: UUID) -> None:
    answers = at_once([lambda: add(world, mine, b"the same")] * 4)
    assert sorted(answers) == [AlreadyAdded.__name__] * 3 + ["added"]


def test_there_are_ten_at_most_however_many_come_at_once(world: World, mine: UUID) -> None:
    walks.give_passkeys(world, *(f"Clé {number}" for number in range(MOST - 1)))
    answers = at_once([lambda number=number: add(world, mine, bytes([number])) for number in range(4)])  # type: ignore[misc]
    assert sorted(answers) == [EnoughPasskeys.__name__] * 3 + ["added"]
    with reading(walks.engine_of(world)) as session:
        assert len(passkeys(session, mine)) == MOST


def test_they_go_with_the_account(world: World, mine: UUID) -> None:
    walks.give_passkeys(world, "Clé")
    with writing(walks.engine_of(world)) as session:
        session.execute(delete(AccountSpace))
        session.execute(delete(Account).where(Account.id == mine))
    with reading(walks.engine_of(world)) as session:
        assert session.scalar(select(func.count()).select_from(Passkey)) == 0


@pytest.mark.parametrize(
    ("public_url", "domain", "origin"),
    [
        ("http://127.0.0.1:8000", "localhost", "http://localhost:8000"),
        ("http://[::1]:8000", "localhost", "http://localhost:8000"),
        ("http://localhost", "localhost", "http://localhost"),
        ("https://espace.example.fr", "espace.example.fr", "https://espace.example.fr"),
        ("https://espace.example.fr:443", "espace.example.fr", "https://espace.example.fr"),
        ("https://espace.example.fr:8443", "espace.example.fr", "https://espace.example.fr:8443"),
    ],
)
def test_where_passkeys_are_valid(world: World, public_url: str, domain: str, origin: str) -> None:
    settings = world.app.extensions["settings"].with_changes(public_url=public_url)
    assert place_of(settings) == Place(domain, origin)


def test_counts_and_names() -> None:
    assert [count_grew(*pair) for pair in ((0, 0), (0, 1), (5, 6), (5, 5), (5, 4), (5, 0))] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert free_name("Clé", ["Clé", "Clé 2"]) == "Clé 3"
    assert len(free_name("x" * 40, ["x" * 40])) <= 40
    assert free_name("", []) == "Ma clé d’accès"
