"""States of the pages of factors, and of a sign-in that ends with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from webapp.account import walks as account_walks
from webapp.factors import walks
from webapp.web.states import Arrange, State, World

_REMOVE, _NEW = f"{walks.APPLICATION}/retirer", f"{walks.CODES}/nouveaux"
_CODE, _AGAIN = "/connexion/code", "/connexion/code/renvoyer"


def _in(*acts: Callable[[World], object]) -> Arrange:
    """One act after the other, once signed in and proven again."""

    def arrange(world: World) -> None:
        walks.enter(world)
        for act in acts:
            act(world)

    return arrange


def _out(*acts: Callable[[World], object]) -> Arrange:
    """The same before one signs in with what one holds."""

    def arrange(world: World) -> None:
        account_walks.make_account(world)
        for act in acts:
            act(world)
        account_walks.give_password(world, channel="app")

    return arrange


def _wrong_first_code(world: World) -> Mapping[str, str]:
    _in(walks.begin)(world)
    return {"code": account_walks.another(walks.shown(world, walks.read_secret(world)))}


def _some_used(world: World) -> None:
    walks.give_codes(world, used=3)


def _all_used(world: World) -> None:
    walks.give_codes(world, used=10)


def _make_codes(world: World) -> None:
    world.walker.open(walks.CODES).send(action="")


def _unreachable(world: World) -> None:
    """Nothing can be sent to this account: only the application opens it."""
    account_walks.make_account(world, account_walks.UNREACHABLE)
    walks.give_application(world)
    world.forward(timedelta(minutes=1))


def _unreachable_with_codes(world: World) -> None:
    account_walks.make_account(world, account_walks.UNREACHABLE)
    walks.give_codes(world, used=2)
    account_walks.give_password(world)


def _only_way(world: World) -> None:
    _unreachable(world)
    account_walks.give_password(world, channel="app")
    world.walker.send(code=walks.shown(world))
    account_walks.prove_again(world)


def _fell_back(world: World) -> None:
    _unreachable(world)
    account_walks.give_password(world)


def _nothing_held(world: World) -> None:
    account_walks.make_account(world)
    account_walks.give_password(world, channel="app")


def _wrong(world: World) -> Mapping[str, str]:
    _out(walks.give_application, walks.give_codes)(world)
    return {"code": "K7QM2 XWD9H"}


def _last_wrong(world: World) -> Mapping[str, str]:
    given = _wrong(world)
    for _ in range(4):
        world.walker.open(_CODE).send(**given)
    return given


def _too_late(world: World) -> None:
    """The time for a code passes while the visit is kept alive."""
    _out(walks.give_application)(world)
    for _ in range(2):
        world.forward(account_walks.OVER / 2)
        world.walker.open(_CODE)


def _many_wrong(world: World) -> Mapping[str, str]:
    _out(walks.give_application)(world)
    wrong = account_walks.another(walks.shown(world, later=5))
    for number in range(20):
        world.walker.open(_CODE)
        if number and number % 4 == 0:
            world.walker.post(_AGAIN, {**world.walker.form("code").fields, "channel": "app"})
        world.walker.send(code=wrong)
    return {"code": wrong}


_SHORT = {"code": "28 49"}

STATES: tuple[State, ...] = (
    State("application-prepare", walks.APPLICATION, _in()),
    State("application-first-code", walks.FIRST_CODE, _in(walks.begin)),
    State("application-first-code-short", walks.FIRST_CODE, _in(walks.begin), post=_SHORT, status=422),
    State("application-first-code-wrong", walks.FIRST_CODE, _wrong_first_code, post={}, status=422),
    State("application", walks.APPLICATION, _in(walks.give_application)),
    State("application-and-codes", walks.APPLICATION, _in(walks.give_application, walks.give_codes)),
    State("application-remove", _REMOVE, _in(walks.give_application, _some_used)),
    State("application-remove-only-way", _REMOVE, _only_way),
    State("recovery-codes-none", walks.CODES, _in()),
    State("recovery-codes", walks.CODES, _in(_some_used)),
    State("recovery-codes-all-used", walks.CODES, _in(_all_used)),
    State("recovery-codes-seen", walks.CODES, _in(_make_codes)),
    State("recovery-codes-new", _NEW, _in(_make_codes)),
    State("sign-in-held", _CODE, _out(walks.give_application, walks.give_codes)),
    State("sign-in-held-application", _CODE, _out(walks.give_application)),
    State("sign-in-held-printed", _CODE, _unreachable_with_codes),
    State("sign-in-held-fell-back", _CODE, _fell_back),
    State("sign-in-held-nothing", _CODE, _nothing_held),
    State("sign-in-held-short", _CODE, _out(walks.give_application), post=_SHORT, status=422),
    State("sign-in-held-wrong", _CODE, _wrong, post={}, status=422),
    State("sign-in-held-spent", _CODE, _last_wrong, post={}, status=422),
    State("sign-in-held-too-late", _CODE, _too_late),
    State("sign-in-held-wait", _CODE, _many_wrong, post={}, status=429),
)
