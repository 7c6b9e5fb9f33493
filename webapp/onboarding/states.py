"""States of the first questions (J8)."""

from __future__ import annotations

from collections.abc import Callable

from webapp.account import walks
from webapp.family.walks import go_in
from webapp.web.states import Arrange, State, World

_WELCOME, _QUESTION = "/bienvenue", "/bienvenue/question/{}"
ANSWERS: tuple[dict[str, str], ...] = (
    {"height_m": "1,72"},
    {"weight_kg": "70,5"},
    {"answer": "yes", "details": "Asthme\nOpération du genou en 2019"},
    {"answer": "no"},
    {"answer": "yes", "details": "Pénicilline\nArachide"},
)


def answer(count: int) -> Callable[[World], None]:
    """Answer so many questions, from the first one on."""

    def walk(world: World) -> None:
        for number, fields in enumerate(ANSWERS[:count], 1):
            world.walker.open(_QUESTION.format(number)).send(**fields)

    return walk


def _signed_in(count: int = 0) -> Arrange:
    def arrange(world: World) -> None:
        walks.make_account(world)
        walks.sign_in(world)
        answer(count)(world)

    return arrange


def _skipped(world: World) -> None:
    _signed_in()(world)
    world.walker.open(_WELCOME).send(action=_WELCOME)


def _in_child(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    go_in(world)


_LONG = {"answer": "yes", "details": "x" * 201}

STATES = (
    State("welcome", _WELCOME, _signed_in()),
    State("welcome-again", _WELCOME, _signed_in(2)),
    State("welcome-done", _WELCOME, _signed_in(5)),
    State("welcome-skipped", _WELCOME, _skipped),
    State("welcome-child", _WELCOME, _in_child),
    State("question-child", _QUESTION.format(1), _in_child),
    *(
        State(f"question-{number}", _QUESTION.format(number), _signed_in(number - 1))
        for number in range(1, 6)
    ),
    State("question-answered", _QUESTION.format(3), _signed_in(5)),
    State("question-1-wrong", _QUESTION.format(1), _signed_in(), post={"height_m": "grand"}, status=422),
    State("question-2-wrong", _QUESTION.format(2), _signed_in(1), post={"weight_kg": "900"}, status=422),
    State("question-3-nothing", _QUESTION.format(3), _signed_in(2), post={"answer": "yes"}, status=422),
    State("question-3-long", _QUESTION.format(3), _signed_in(2), post=_LONG, status=422),
    State(
        "question-swapped",
        _QUESTION.format(1),
        _signed_in(),
        post={"height_m": "1,72"},
        headers={"HX-Request": "true"},
        kind="fragment",
    ),
    State("thanks", "/bienvenue/merci", _signed_in(5)),
    State("thanks-skipped", "/bienvenue/merci", _skipped),
)
