"""States of the page that gives everything that is held of a person."""

from __future__ import annotations

from webapp.account import walks
from webapp.limits.rules import DOWNLOADS
from webapp.web.states import State, World

_DOWNLOAD = "/compte/telecharger"


def _proven(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)


def _often(world: World) -> None:
    _proven(world)
    for _ in range(DOWNLOADS.most):
        world.walker.open(_DOWNLOAD).send(action=_DOWNLOAD)


STATES: tuple[State, ...] = (
    State("download", _DOWNLOAD, _proven),
    State("download-often", _DOWNLOAD, _often, post={}, action=_DOWNLOAD, status=429),
)
