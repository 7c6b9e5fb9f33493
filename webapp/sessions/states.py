"""States of the list of sessions, and of pages met again after a session had ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from webapp.account.walks import OVER, make_account, prove_again, sign_in
from webapp.sessions import walks
from webapp.web.states import Arrange, State, World

_TYPED = "/compte/identifiant"
"""A page on which something is typed."""


def _then(*acts: Callable[[World], object]) -> Arrange:
    """One act after the other, somebody being signed in."""

    def arrange(world: World) -> None:
        make_account(world)
        sign_in(world)
        for act in acts:
            act(world)

    return arrange


def _two(world: World) -> None:
    walks.elsewhere(world, walks.FIREFOX)
    world.forward(timedelta(minutes=4))


def _many(world: World) -> None:
    walks.elsewhere(world, walks.SAFARI, channel="sms")
    world.forward(timedelta(minutes=4))
    for device in (walks.FIREFOX, "", walks.SAFARI, walks.FIREFOX):
        walks.elsewhere(world, device, shared=device == "")
        world.forward(timedelta(minutes=1))


def _end_what_just_ended(world: World) -> None:
    other = walks.elsewhere(world, walks.FIREFOX)
    world.walker.open(walks.PAGE)
    other.walker.send(action="/deconnexion")
    world.walker.send(action=walks.ALL)


def _long(world: World) -> None:
    """Busy all day: the session ends soon, whatever is done."""
    for _ in range(71):
        world.forward(timedelta(minutes=10))
        world.walker.open(walks.PAGE)


def _too_long(world: World) -> None:
    _long(world)
    world.forward(timedelta(minutes=10))
    world.walker.open(walks.PAGE)


def _closed_from_elsewhere(world: World) -> None:
    walks.end_all_others(walks.elsewhere(world))


def _sent_late(world: World) -> None:
    prove_again(world)
    world.walker.open(_TYPED)
    world.forward(OVER)
    world.walker.send(identifier="prenom.nom-31")


def _found_again(world: World) -> None:
    _sent_late(world)
    sign_in(world)
    prove_again(world)


STATES = (
    State("sessions-one", walks.PAGE, _then()),
    State("sessions-two", walks.PAGE, _then(_two)),
    State("sessions-many", walks.PAGE, _then(_many)),
    State("sessions-one-ended", walks.PAGE, _then(_two, walks.end_first_other)),
    State("sessions-others-ended", walks.PAGE, _then(_many, walks.end_all_others)),
    State("sessions-no-others", walks.PAGE, _then(_end_what_just_ended)),
    State("sessions-not-mine", walks.PAGE, _then(), post={"session": "x"}, status=404),
    State("session-last-minutes", walks.PAGE, _then(_long)),
    State("sign-in-too-long", "/connexion", _then(_too_long)),
    State("sign-in-closed-elsewhere", "/connexion", _then(_closed_from_elsewhere)),
    State("sign-in-kept", "/connexion", _then(_sent_late)),
    State("found-again", _TYPED, _then(_found_again)),
)
