"""States of the pages of a decision: J5, and checking its receipt."""

from __future__ import annotations

from webapp.activation import scenes, walks
from webapp.activation import scenes_family as family
from webapp.activation.scenes import LONG_NAME
from webapp.activation.walks import ADULT, ALONE, CHILD, TWINS
from webapp.spaces.rules import SpaceState
from webapp.web.states import State, World

_DECIDE, _OPPOSE, _DONE = "/activation/decision", "/activation/opposition", "/activation/opposition/faite"
_DISAGREE = "/activation/desaccord"
_TERMS, _NAMES = "/activation/conditions", "/activation/identifiants"


def _twin_chosen(world: World) -> None:
    walks.prove(world, TWINS)
    world.walker.send(person=world.walker.form("person").choices["person"][0])


def _opening(world: World) -> None:
    walks.prove(world)
    world.walker.send(decision="activate")


_AUTOMATIC = scenes.set_state(SpaceState.OPENED_AUTOMATICALLY)
_DECIDING = (
    State("decision", _DECIDE, scenes.proven(ADULT)),
    State("decision-nothing", _DECIDE, scenes.proven(ADULT), post={}, status=422),
    State("decision-child", _DECIDE, scenes.proven(CHILD)),
    State("decision-twin", _DECIDE, _twin_chosen),
    State("decision-long-name", _DECIDE, scenes.proven_addition(LONG_NAME)),
    State("decision-opposed", _DECIDE, walks.oppose),
    State("decision-automatic", _DECIDE, _AUTOMATIC),
    State("decision-closed", _DECIDE, scenes.set_state(SpaceState.CLOSED)),
    State("decision-already-open", _DECIDE, walks.open_space),
    State("decision-child-already-open", _DECIDE, scenes.child_opened),
    State("decision-no-guardian", _DECIDE, scenes.proven(ALONE)),
    State("decision-frozen", _DECIDE, family.mother_looks),
    State("decision-frozen-by-me", _DECIDE, family.father_disagrees),
    State("decision-come-of-age", _DECIDE, family.come_of_age),
)
_DISAGREEING = (
    State("activation-disagreement", _DISAGREE, family.opened_by_mother),
    State("activation-disagreement-nothing", _DISAGREE, family.opened_by_mother, post={}, status=422),
    State(
        "no-agreement",
        _NAMES,
        family.mother_opposed,
        post={"identifier": "hautcourtil.80", "password": walks.PASSWORD},
        status=422,
    ),
)
_OPPOSING = (
    State("opposition", _OPPOSE, scenes.proven(ADULT)),
    State("opposition-not-ticked", _OPPOSE, scenes.proven(ADULT), post={}, status=422),
    State("opposition-closing", _OPPOSE, _AUTOMATIC),
    State("opposition-child", _OPPOSE, scenes.proven(CHILD)),
    State("recorded", _DONE, walks.oppose),
    State("recorded-child", _DONE, scenes.child_opposed),
    State("receipt", "/activation/opposition/justificatif", walks.oppose),
)
_OPENING = (
    State("terms", _TERMS, _opening),
    State("terms-not-ticked", _TERMS, _opening, post={}, status=422),
    State("terms-guardian", _TERMS, scenes.guardian_making_account),
    State("identifiers", _NAMES, walks.to_identifiers),
    State("identifiers-guardian", _NAMES, scenes.guardian_agreed),
    State(
        "identifiers-nothing",
        _NAMES,
        walks.to_identifiers,
        post={"identifier": "", "password": ""},
        status=422,
    ),
    State(
        "identifiers-rules",
        _NAMES,
        walks.to_identifiers,
        post={"identifier": "Camille Été", "password": "sardine"},
        status=422,
    ),
    State(
        "identifiers-common",
        _NAMES,
        walks.to_identifiers,
        post={"identifier": walks.IDENTIFIER, "password": "Password-1"},
        status=422,
    ),
    State(
        "identifiers-taken",
        _NAMES,
        scenes.identifier_taken,
        post={"identifier": walks.IDENTIFIER, "password": walks.PASSWORD},
        status=422,
    ),
    State(
        "password-rules",
        _NAMES,
        walks.to_identifiers,
        post={"password": "Sardine"},
        action="/activation/mot-de-passe/regles",
        kind="fragment",
        headers={"HX-Request": "true"},
    ),
    State("opened", "/activation/terminee", walks.open_space),
    State("opened-child", "/activation/terminee", scenes.child_opened),
    State("opened-child-signed-in", "/activation/terminee", family.opened_while_signed_in),
)
_CHECKING = (
    State("checking", "/verifier/"),
    State("checking-genuine", "/verifier/{reference}", scenes.receipt_reference),
    State("checking-genuine-proof", "/verifier/{reference}", scenes.receipt_proof),
    State("checking-unknown", "/verifier/K7QM2XWD9HTA", status=404),
)
STATES = _DECIDING + _DISAGREEING + _OPPOSING + _OPENING + _CHECKING
