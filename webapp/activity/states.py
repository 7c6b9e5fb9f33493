"""States of the pages of this feature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from webapp.account import walks
from webapp.web.states import State, World

_ACTIVITY = "/compte/activite"
_WRONG = {"identifier": walks.IDENTIFIER, "password": "Autre-chose-1", "channel": "email"}


def _in(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)


def _long(world: World) -> None:
    """Wrong passwords, sign-ins and a change, over several days: three pages."""
    walks.make_account(world)
    for _ in range(7):
        world.walker.open("/connexion").send(**_WRONG)
        world.forward(timedelta(minutes=2))
        walks.sign_in(world)
        world.walker.send(action="/deconnexion")
        world.forward(timedelta(hours=19))
    walks.sign_in(world, channel="sms")


def _older(world: World) -> Mapping[str, str]:
    _long(world)
    href = next(href for href, words in world.walker.open(_ACTIVITY).page.links if "plus ancien" in words)
    return {"older": href.rpartition("=")[2]}


STATES: tuple[State, ...] = (
    State("activity", _ACTIVITY, _in),
    State("activity-long", _ACTIVITY, _long),
    State("activity-older", _ACTIVITY + "?avant={older}", _older),
    State("activity-nothing-older", _ACTIVITY + "?avant=1", _in),
    State("activity-no-such-place", _ACTIVITY + "?avant=hier", _in, status=404),
    State("activity-not-me", _ACTIVITY + "/pas-moi", _in),
)
