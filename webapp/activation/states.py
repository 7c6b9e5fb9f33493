"""States of the pages of the journey: the code, the decision, then those of guardians and other people (J6)."""

from __future__ import annotations

from webapp.activation import scenes, states_code, states_decide, walks
from webapp.activation.walks import ADULT, ALONE, PARENT
from webapp.web.states import State

_GUARDIAN, _ACCESS, _PEOPLE = (
    "/activation/representant",
    "/activation/representant/code",
    "/activation/profils",
)
_WRONG = {"identifier": walks.IDENTIFIER, "password": "Autre-chose-1"}

_GUARDIANS = (
    State("guardian", _GUARDIAN, scenes.child_waits_for_account),
    State("guardian-known", _GUARDIAN, scenes.known_account),
    State(
        "guardian-nothing",
        _GUARDIAN,
        scenes.child_waits_for_account,
        post={"identifier": "", "password": ""},
        status=422,
    ),
    State("guardian-wrong", _GUARDIAN, scenes.known_account, post=_WRONG, status=422),
    State("guardian-stranger", _ACCESS, scenes.stranger_account, post={}, status=422),
    State("access-code", _ACCESS, scenes.access_code_sent),
    State("access-code-short", _ACCESS, scenes.access_code_sent, post={"code": "28 49"}, status=422),
    State("access-code-wrong", _ACCESS, scenes.access_code_sent, post={"code": "000000"}, status=422),
    State("access-code-dead", _ACCESS, scenes.dead_access_code, post={}, status=422),
)
_OTHERS = (
    State("people-one", _PEOPLE, scenes.proven(ADULT)),
    State("people-family", _PEOPLE, scenes.family_decided),
    State("people-nothing", _PEOPLE, scenes.proven(PARENT), post={}, status=422),
    State("people-adult", _PEOPLE, scenes.proven_addition(scenes.MOTHER_OF_ADULT)),
    State("people-minor-elsewhere", _PEOPLE, scenes.proven(ALONE)),
    State("finished", "/activation/fin", scenes.finished),
)
_REFUSED = (
    State("refused-unknown-page", "/activation/inconnue", status=404),
    State("refused-forged", "/activation/code", post={"code": "K7QM2XWD9HTA"}, raw=True, status=403),
)
STATES = states_code.STATES + states_decide.STATES + _GUARDIANS + _OTHERS + _REFUSED
