"""States of the pages of a recovery (J7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.account.walks import OVER
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.recovery import walks
from webapp.recovery.walks import CODE, FORGOTTEN, IDENTIFY, NEW, WHERE, WRONG
from webapp.web.states import Arrange, State, World

_NO_MATCH = walks.identity() | {"card_serial": "40157829635"}
_WRONG_IDENTITY = {"nir": "1 55 12 75", "birth_day": "31", "birth_month": "2", "birth_year": "1985"}


def _identified(who: DemoPerson) -> Arrange:
    return lambda world: walks.identify(world, who)


def _then(*acts: Callable[[World], object]) -> Arrange:
    """One act after the other, on a world with an account."""

    def arrange(world: World) -> None:
        walks.make_account(world)
        for act in acts:
            act(world)

    return arrange


def _wait(world: World) -> None:
    world.forward(OVER)


def _mistaken(world: World) -> None:
    for _ in range(5):
        world.walker.open(IDENTIFY).send(**_NO_MATCH)


def _all_reminders(world: World) -> None:
    for _ in range(5):
        walks.remind(world)


def _asked(identifier: str) -> Arrange:
    return _then(lambda world: walks.ask(world, identifier))


def _by_sms(world: World) -> None:
    walks.ask(world)
    world.walker.send(channel="sms")


def _all_codes(world: World) -> None:
    for _ in range(5):
        walks.ask(world)


def _wrong_codes(count: int) -> Arrange:
    def arrange(world: World) -> None:
        _then(walks.ask)(world)
        for _ in range(count):
            world.walker.send(code=WRONG)

    return arrange


def _replaced(world: World) -> Mapping[str, str]:
    _then(walks.ask)(world)
    code = walks.newest_code(world)
    walks.ask(world)
    return {"code": code}


def _expire(world: World) -> None:
    for _ in range(2):
        world.forward(OVER / 2)
        world.walker.open(CODE)


_IDENTIFIER = (
    State("forgotten-identifier", IDENTIFY),
    State("forgotten-identifier-nothing", IDENTIFY, post={}, status=422),
    State("forgotten-identifier-wrong", IDENTIFY, post=_WRONG_IDENTITY, status=422),
    State("forgotten-identifier-no-match", IDENTIFY, post=_NO_MATCH, status=422),
    State("forgotten-identifier-again", IDENTIFY, _identified(walks.ADULT)),
    State("forgotten-identifier-ended", IDENTIFY, _then(walks.identify, _wait)),
    State("forgotten-identifier-wait", IDENTIFY, _mistaken, post=_NO_MATCH, status=429),
    State("reminder-where", WHERE, _identified(walks.ADULT)),
    State("reminder-where-one", WHERE, _identified(walks.ALONE)),
    State("reminder-where-nothing", WHERE, _identified(walks.ADULT), post={}, status=422),
    State("reminder-where-limit", WHERE, _all_reminders, post={"channel": "sms"}, status=429),
    State("reminder-no-contact", WHERE, _identified(walks.UNREACHABLE)),
    State("reminder-sent", "/identifiant-oublie/envoye", _then(walks.remind)),
)
_PASSWORD = (
    State("forgotten-password", FORGOTTEN),
    State("forgotten-password-nothing", FORGOTTEN, post={"identifier": " "}, status=422),
    State("forgotten-password-again", FORGOTTEN, _asked(walks.NOBODY)),
    State("forgotten-password-ended", FORGOTTEN, _then(walks.ask, _wait)),
    State(
        "forgotten-password-limit",
        FORGOTTEN,
        _then(_all_codes),
        post={"identifier": walks.IDENTIFIER},
        status=429,
    ),
    State("forgotten-password-no-address", "/mot-de-passe-oublie/sans-adresse", kind="prose"),
    State("reset-code", CODE, _asked(walks.IDENTIFIER)),
    State("reset-code-nobody", CODE, _asked(walks.NOBODY)),
    State("reset-code-long-name", CODE, _asked("w" * 64)),
    State("reset-code-too-long-name", CODE, _asked("w" * 300)),
    State("reset-code-sms", CODE, _then(_by_sms)),
    State("reset-code-short", CODE, _asked(walks.IDENTIFIER), post={"code": "K7QM 2XWD"}, status=422),
    State("reset-code-wrong", CODE, _asked(walks.IDENTIFIER), post={"code": WRONG}, status=422),
    State("reset-code-spent", CODE, _wrong_codes(4), post={"code": WRONG}, status=422),
    State("reset-code-replaced", CODE, _replaced, post={}, status=422),
    State("reset-code-expired", CODE, _then(walks.ask, _expire)),
    State("new-password", NEW, _then(walks.prove)),
    State("new-password-nothing", NEW, _then(walks.prove), post={"password": ""}, status=422),
    State("new-password-weak", NEW, _then(walks.prove), post={"password": "azerty"}, status=422),
    State("new-password-own-name", NEW, _then(walks.prove), post={"password": "Clairvernay-9!"}, status=422),
    State("password-changed", "/mot-de-passe-oublie/fait", _then(walks.reset)),
)
STATES = _IDENTIFIER + _PASSWORD
