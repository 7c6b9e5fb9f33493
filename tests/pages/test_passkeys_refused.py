"""A passkey that cannot be added: what was typed is kept, and what is said is true."""

from __future__ import annotations

import re

import pytest

from tests.support.authenticator import Authenticator
from tests.support.crowd import client_of, hidden
from webapp.passkeys import walks
from webapp.passkeys.rules import MOST
from webapp.web.states import World

pytestmark = pytest.mark.one_database("it decides nothing")


def field(page: str) -> str:
    found = re.search(r'<input[^>]* name="name"[^>]*>', page)
    return found[0] if found else ""


def test_the_name_that_was_typed_is_kept(world: World) -> None:
    walks.enter(world)
    walker = world.walker.open(walks.KEYS)
    assert 'value="La clé du salon"' not in field(walker.body)
    walker.send(credential="{}", name="  La clé  du salon ")
    assert walker.status == 422
    assert walker.page.title.startswith("Erreur")
    assert "Recommencez avec le bouton" in walker.page.text
    assert 'value="La clé du salon"' in field(walker.body)
    walker.send(credential="{}", name="")
    assert 'value="Ma clé d’accès"' in field(walker.body)


def test_one_too_many_is_not_to_be_tried_again(world: World) -> None:
    """The list was filled from another browser while this one was making its passkey."""
    walks.enter(world)
    client = client_of(world)
    token = hidden(client.get(walks.KEYS).get_data(as_text=True), "csrf_token")
    options = client.post(f"{walks.KEYS}/defi", headers={"X-CSRF-Token": token}).get_json()
    walks.give_passkeys(world, *(f"Clé {number}" for number in range(MOST)))
    world.walker.post(walks.KEYS, {"csrf_token": token, "credential": Authenticator().create(options)})
    assert world.walker.status == 422
    assert f"le compte en a déjà {MOST}" in world.walker.page.text
    assert "Recommencez" not in world.walker.page.text
