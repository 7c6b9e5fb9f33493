"""Every route of the map × every role: nothing is open that is not declared, nothing declared is closed.

Routes that name something (a variable in their address) are in `test_matrix_objects.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.pages import test_documents_whose, test_inbox, test_profile_roles
from tests.support.crowd import client_of, hidden
from webapp.account import walks
from webapp.web.access import requirement_of
from webapp.web.states import World

SIGN_IN, STEP_UP = "/connexion", "/compte/confirmation"
CODE, IDENTIFY = "/activation/code", "/activation/nouveau-code"


def _visitor(_world: World) -> None:
    """Nothing was done."""


def _holder(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)


def _proven(world: World) -> None:
    _holder(world)
    walks.prove_again(world)


def _guardian(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)


def _other(world: World) -> None:
    """Somebody else's account exists; the one signed in to has no space of its own."""
    walks.make_account(world, identifier="quelquun.87")
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    walks.sign_in(world)


def _signed_out(world: World) -> None:
    _proven(world)
    world.walker.open("/deconnexion").send(action="/deconnexion")


ROLES: dict[str, Callable[[World], None]] = {
    "visitor": _visitor,
    "signed out": _signed_out,
    "holder": _holder,
    "holder, proven again": _proven,
    "guardian": _guardian,
    "other holder": _other,
}
SIGNED_IN = {"holder", "holder, proven again", "guardian", "other holder"}
GATES: dict[str, str] = {
    "password was right": SIGN_IN,
    "identified": IDENTIFY,
    "invitation code recognised": CODE,
    "code proven": CODE,
    "person chosen": CODE,
    "terms accepted": "/activation/conditions",
    "guardian signing in": "/activation/representant",
    "identified for a reminder": "/identifiant-oublie",
    "identifier sent": "/identifiant-oublie",
    "reset code asked": "/mot-de-passe-oublie",
    "reset code proven": "/mot-de-passe-oublie",
    "password reset": "/mot-de-passe-oublie",
}
"""Where those are sent who did not come that far in a journey; signing in takes nobody there."""
ENDS = {"/deconnexion", "/activation/fin"}
"""Posted to, they end what the next row of the table needs."""


pytestmark = pytest.mark.one_database("who may pass is decided before it")


@dataclass(frozen=True)
class Route:
    """One method of one address, and what it asks of its visitor."""

    method: str
    address: str
    needs: str


def routes(app: Flask) -> Iterator[Route]:
    """Every route without a variable in its address; those with an id are walked below."""
    with app.app_context():
        for rule in app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if not rule.arguments and (method == "GET" or rule.rule not in ENDS):
                    yield Route(method, rule.rule, requirement_of(rule.endpoint).name)


def gate(route: Route, role: str) -> str | None:
    """Where this role is sent instead; None when it may pass."""
    if route.needs == "everyone":
        return None
    if route.needs in ("signed in", "stepped up"):
        if role not in SIGNED_IN:
            return SIGN_IN
        return STEP_UP if route.needs == "stepped up" and role != "holder, proven again" else None
    if route.needs == "password was right" and role in SIGNED_IN:
        return None  # it was, a moment ago
    return GATES[route.needs]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_passes_where_it_may_and_nowhere_else(world: World, role: str) -> None:
    ROLES[role](world)
    client = client_of(world)
    token = hidden(client.get("/compte" if role in SIGNED_IN else SIGN_IN).text, "csrf_token")
    wrong = []
    for route in routes(world.app):
        data = {"csrf_token": token} if route.method == "POST" else None
        answer = client.open(route.address, method=route.method, data=data)
        went = answer.headers.get("Location", "").partition("?")[0]
        place = gate(route, role)
        if place is None:
            kept_out = answer.status_code in (401, 403) or went in (SIGN_IN, STEP_UP)
            if kept_out and route.address not in (SIGN_IN, *MAY_LEAD_THERE):
                wrong.append((route, answer.status_code, went))
        elif route.address not in (place, CODE) and (answer.status_code, went) not in (
            (303, place),
            (303, CODE),
        ):
            wrong.append((route, answer.status_code, went))
        assert answer.status_code < 500, route
    assert wrong == []


MAY_LEAD_THERE = {"/connexion/code", "/connexion/code/renvoyer"}
"""Without a code that is awaited they start the sign-in again, which is no refusal."""


def test_every_requirement_is_in_the_table(app: Flask) -> None:
    known = {"everyone", "signed in", "stepped up", *GATES}
    assert {route.needs for route in routes(app)} <= known


def test_every_address_with_an_id_is_walked_by_every_role(app: Flask) -> None:
    """Its own test does so, from a list that this one compares with the map: a new address is in neither."""
    walked = {
        *(f"/documents/<uuid:document>{page}" for page in test_documents_whose.PAGES),
        *(f"/documents/<uuid:document>/{act}" for act in test_documents_whose.ACTS),
        *(f"/messagerie/<uuid:message>{act}" for act in ("", *(f"/{act}" for act in test_inbox.ACTS))),
        *(f"/profil-medical/<slug>/<uuid:entry_id>{act}" for act in test_profile_roles.ACTS),
    }
    assert {rule.rule for rule in app.url_map.iter_rules() if "<uuid:" in rule.rule} == walked


PUBLIC = {
    *("/", "/ordinateur-partage", "/activation/code", "/activation/nouveau-code", "/activation/fin"),
    "/activation/mot-de-passe/regles",
    *("/connexion", "/connexion/cle", "/connexion/cle/defi", "/deconnexion"),
    *("/identifiant-oublie", "/mot-de-passe-oublie", "/mot-de-passe-oublie/sans-adresse"),
    *(
        "/actualites",
        "/a-propos",
        "/accessibilite",
        "/aide",
        "/donnees-personnelles",
        "/mentions-legales",
        "/plan-du-site",
    ),
    *("/verifier/", "/verifier/cles.txt", "/demonstration/envois"),
    *("/healthz", "/readyz", "/robots.txt", "/favicon.ico"),
}
"""What anybody may open: a route that is added to it is looked at twice."""


def test_nothing_else_is_open_to_everybody(app: Flask) -> None:
    assert {route.address for route in routes(app) if route.needs == "everyone"} == PUBLIC
