"""States of the pages of this feature."""

from __future__ import annotations

from datetime import timedelta

from webapp.account import walks
from webapp.web.states import State, World

_LETTERS = "/compte/lettres"


def _in(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)


def _chosen(world: World) -> None:
    """English, without notices, a while ago."""
    _just_chosen(world)
    world.forward(timedelta(minutes=2))


def _just_chosen(world: World) -> None:
    _in(world)
    form = world.walker.open(_LETTERS).form("language")
    fields = {name: value for name, value in form.fields.items() if not name.startswith("notice_")}
    world.walker.post(_LETTERS, {**fields, "language": "en"})


STATES: tuple[State, ...] = (
    State("letters", _LETTERS, _in),
    State("letters-recorded", _LETTERS, _just_chosen),
    State("letters-english-none-wanted", _LETTERS, _chosen),
    State("letters-unknown-language", _LETTERS, _in, post={"language": "de"}, status=422),
)
