"""States of the pages that lead to a code and take one: J3 and J4."""

from __future__ import annotations

from datetime import timedelta

from webapp.activation import scenes, walks
from webapp.activation.walks import ADULT, ALONE, TWINS, UNREACHABLE
from webapp.web.states import State, World

_IDENTIFY, _WHERE = "/activation/nouveau-code", "/activation/nouveau-code/envoi"
_CODE, _VERIFY = "/activation/code", "/activation/verification"
_WRONG_IDENTITY = {
    "nir": "1 55 12 75 056 001",
    "birth_day": "31",
    "birth_month": "2",
    "birth_year": "1985",
    "card_serial": "12AB",
}
_NO_MATCH = walks.identity(ADULT) | {"card_serial": "40157829635"}
_WRONG_CODE = {"code": "K7QM 2XWD 9HTA"}
_BORN = {
    "birth_day": str(ADULT.birth_date.day),
    "birth_month": str(ADULT.birth_date.month),
    "birth_year": str(ADULT.birth_date.year),
}

_IDENTIFYING = (
    State("identify", _IDENTIFY),
    State("identify-nothing", _IDENTIFY, post={}, status=422),
    State("identify-wrong", _IDENTIFY, post=_WRONG_IDENTITY, status=422),
    State("identify-no-match", _IDENTIFY, post=_NO_MATCH, status=422),
    State("identify-again", _IDENTIFY, scenes.identified(ADULT)),
    State("identify-ended", _IDENTIFY, scenes.then_idle(scenes.identified(ADULT))),
    State("identify-wait", _IDENTIFY, scenes.mistaken_identities, post=_NO_MATCH, status=429),
)
_SENDING = (
    State("where", _WHERE, scenes.identified(ADULT)),
    State("where-one", _WHERE, scenes.identified(ALONE)),
    State("where-nothing", _WHERE, scenes.identified(ADULT), post={}, status=422),
    State("where-no-contact", _WHERE, scenes.identified(UNREACHABLE)),
    State("where-wait", _WHERE, scenes.all_sends, post={"channel": "sms"}, status=429),
)


def _sent_by_sms(world: World) -> None:
    walks.ask_code(world, channel="sms")


def _half_expired(world: World) -> None:
    walks.ask_code(world)
    world.forward(timedelta(minutes=7))


_ENTERING = (
    State("code", _CODE),
    State("code-sent", _CODE, _half_expired),
    State("code-sent-sms", _CODE, _sent_by_sms),
    State("code-nothing", _CODE, post={"code": ""}, status=422),
    State("code-short", _CODE, post={"code": "K7QM 2XWD"}, status=422),
    State("code-long", _CODE, post={"code": "K7QM 2XWD 9HTA 4"}, status=422),
    State("code-unknown", _CODE, post=_WRONG_CODE, status=422),
    State("code-wrong", _CODE, scenes.wrong_codes(2), post=_WRONG_CODE, status=422),
    State("code-last-try", _CODE, scenes.wrong_codes(3), post=_WRONG_CODE, status=422),
    State("code-spent", _CODE, scenes.wrong_codes(4), post=_WRONG_CODE, status=422),
    State("code-expired", _CODE, scenes.expired_code, post={}, status=422),
    State("code-used", _CODE, scenes.used_code, post={}, status=422),
    State("code-replaced", _CODE, scenes.replaced_code, post={}, status=422),
    State("code-ended", _CODE, scenes.then_idle(scenes.proven(ADULT))),
)
_VERIFYING = (
    State("verification", _VERIFY, scenes.invited),
    State("verification-nothing", _VERIFY, scenes.invited, post={}, status=422),
    State(
        "verification-wrong",
        _VERIFY,
        scenes.invited,
        post={"birth_day": "4", "birth_month": "13", "birth_year": "1987", "card_serial": "401"},
        status=422,
    ),
    State(
        "verification-mismatch",
        _VERIFY,
        scenes.invited,
        post=_BORN | {"card_serial": "40157829635"},
        status=422,
    ),
)
_CHOOSING = (
    State("person", "/activation/personne", scenes.proven(TWINS)),
    State("person-nothing", "/activation/personne", scenes.proven(TWINS), post={}, status=422),
)
STATES = _IDENTIFYING + _SENDING + _ENTERING + _VERIFYING + _CHOOSING
