"""States of the pages of a sign-in (J7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.account import walks
from webapp.web.states import Arrange, State, World

_SIGN_IN, _CODE, _AGAIN, _OUT = "/connexion", "/connexion/code", "/connexion/code/renvoyer", "/deconnexion"
_STEP_UP = "/compte/confirmation"
_RIGHT = {"identifier": walks.IDENTIFIER, "password": walks.PASSWORD, "channel": "email"}
_WRONG = {**_RIGHT, "password": "Autre-chose-1"}


def _then(*acts: Callable[[World], object]) -> Arrange:
    """One act after the other, on a world with an account."""

    def arrange(world: World) -> None:
        walks.make_account(world)
        for act in acts:
            act(world)

    return arrange


def _without_phone(world: World) -> None:
    walks.make_account(world, phone=False)
    walks.give_password(world, channel="sms")


def _without_contact(world: World) -> None:
    walks.make_account(world, walks.UNREACHABLE)


def _ask_again(world: World) -> None:
    world.walker.send(action=_AGAIN)


def _wait(world: World) -> None:
    world.forward(walks.OVER)


def _wrong_passwords(world: World) -> None:
    for _ in range(5):
        world.walker.open(_SIGN_IN).send(**_WRONG)


def _wrong_proofs(world: World) -> None:
    for _ in range(5):
        world.walker.open(_STEP_UP).send(password="Autre-9x")  # noqa: S106  (of nobody)


def _many_codes(world: World) -> None:
    walks.give_password(world)
    for _ in range(9):
        world.walker.open(_CODE).send(action=_AGAIN)


def _expire(world: World) -> None:
    """The code dies of age while the visit is kept alive."""
    for _ in range(2):
        world.forward(walks.OVER / 2)
        world.walker.open(_CODE)


def _spend(world: World) -> None:
    wrong = walks.another(walks.newest_access_code(world.app.extensions["engine"]))
    for _ in range(4):
        world.walker.open(_CODE).send(code=wrong)


def _wrong_code(world: World) -> Mapping[str, str]:
    _then(walks.give_password)(world)
    return {"code": walks.another(walks.newest_access_code(world.app.extensions["engine"]))}


def _last_wrong_code(world: World) -> Mapping[str, str]:
    given = _wrong_code(world)
    _spend(world)
    return given


STATES = (
    State("sign-in", _SIGN_IN),
    State("sign-in-nothing", _SIGN_IN, post={"identifier": "", "password": ""}, status=422),
    State("sign-in-wrong", _SIGN_IN, _then(), post=_WRONG, status=422),
    State("sign-in-wait", _SIGN_IN, _then(_wrong_passwords), post=_RIGHT, status=429),
    State("sign-in-no-channel", _SIGN_IN, _without_contact, post=_RIGHT, status=422),
    State("sign-in-ended", _SIGN_IN, _then(walks.sign_in, _wait)),
    State("sign-in-code", _CODE, _then(walks.give_password)),
    State("sign-in-code-fell-back", _CODE, _without_phone),
    State("sign-in-code-again", _CODE, _then(walks.give_password, _ask_again)),
    State("sign-in-code-short", _CODE, _then(walks.give_password), post={"code": "28 49"}, status=422),
    State("sign-in-code-wrong", _CODE, _wrong_code, post={}, status=422),
    State("sign-in-code-spent", _CODE, _last_wrong_code, post={}, status=422),
    State("sign-in-code-expired", _CODE, _then(walks.give_password, _expire)),
    State("sign-in-code-limit", _CODE, _then(_many_codes), post={}, action=_AGAIN, status=429),
    State("step-up", _STEP_UP, _then(walks.sign_in)),
    State("step-up-nothing", _STEP_UP, _then(walks.sign_in), post={"password": ""}, status=422),
    State(
        "step-up-wrong",
        _STEP_UP,
        _then(walks.sign_in),
        post={"password": "Autre-9x"},
        status=422,
    ),
    State("step-up-wait", _STEP_UP, _then(walks.sign_in, _wrong_proofs), post={"password": "x"}, status=429),
    State("signed-out", _OUT),
    State("signed-out-not-yet", _OUT, _then(walks.sign_in)),
)
