"""Any field of any form, at any stage of the journey, whatever it holds: never a fault. On both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.test_hostile import CODE, ODD, sane
from tests.support.crowd import client_of, hidden
from webapp.activation import walks
from webapp.web.states import World

VALUES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789ABab .-\u202f", max_size=30),
    st.sampled_from([*ODD.values(), "y", "n", "activate", "oppose", "email", "sms", "email-2", "with_photo"]),
)
STAGES = ("nobody", "identified", "proven", "child", "agreed", "signing")


@pytest.fixture(params=STAGES)
def staged(world: World, request: pytest.FixtureRequest) -> World:
    """A browser at each stage of the journey."""
    if request.param == "identified":
        walks.identify(world)
    elif request.param == "proven":
        walks.prove(world)
    elif request.param == "child":
        walks.prove(world, walks.CHILD)
    elif request.param == "agreed":
        walks.to_identifiers(world)
    elif request.param == "signing":
        walks.parent_account(world)
        world.walker.send(decision="activate").send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    return world


def post_routes(app: Flask) -> list[str]:
    """Every address that is posted to, from the map of routes."""
    rules = (rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()))
    return sorted(rule.rule for rule in rules if not rule.arguments)


def test_every_form_with_any_fields(staged: World) -> None:
    """No field of any form, whatever it holds, makes a fault, at any stage of the journey."""
    client = client_of(staged)
    routes = post_routes(staged.app)
    names = (
        *walks.identity(walks.ADULT),
        *(
            "code",
            "channel",
            "person",
            "decision",
            "confirm",
            "accept_terms",
            "identifier",
            "password",
            "once",
        ),
    )
    good = {**walks.identity(walks.ADULT), "identifier": "abcdefgh", "password": "x"}

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(
        route=st.sampled_from(routes),
        fields=st.dictionaries(st.sampled_from(names), VALUES, max_size=8),
        usual=st.booleans(),
    )
    def send(route: str, fields: dict[str, str], usual: bool) -> None:
        page = client.get(CODE).get_data(as_text=True)
        sent = {**(good if usual else {}), **fields, "csrf_token": hidden(page, "csrf_token")}
        sane(client.post(route, data={name: text.encode(errors="replace") for name, text in sent.items()}))

    send()
    for route in routes:  # and each of them at least once with nothing at all
        page = client.get(CODE).get_data(as_text=True)
        sane(client.post(route, data={"csrf_token": hidden(page, "csrf_token")}))
