"""States of the pages of a closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from webapp.account import walks
from webapp.closing.walks import close, in_child
from webapp.db.work import reading
from webapp.family.walks import (
    THEIRS,
    answer,
    disagree,
    go_in,
    invite,
    other,
    shared,
    sign_in_as,
    two_parents,
)
from webapp.spaces.models import Decision
from webapp.spaces.receipt_rules import CLOSING
from webapp.web.states import Arrange, State, World

_CLOSE, _CONFIRM, _REOPEN = "/compte/fermer", "/compte/fermer/confirmation", "/compte/rouvrir"


def _in(*acts: Callable[[World], object], opens: bool = True) -> Arrange:
    """Signed in, the password given again, then what `acts` do."""

    def arrange(world: World) -> None:
        walks.make_account(world, opens=None if opens else ())
        walks.sign_in(world)
        walks.prove_again(world)
        for act in acts:
            act(world)

    return arrange


def _choose(world: World) -> None:
    world.walker.open(_CLOSE).send(erasure="erase")


def _close_early(world: World) -> None:
    close(world, "erase")


def _ask_erasure(world: World) -> None:
    world.walker.open(_CLOSE).send(erasure="erase")


def _reference(world: World) -> Mapping[str, str]:
    """The reference of the receipt, checked by somebody who was handed it."""
    _in(close)(world)
    with reading(world.app.extensions["engine"]) as session:
        return {
            "reference": session.scalars(select(Decision.reference).where(Decision.kind == CLOSING)).one()
        }


def _reopen(world: World) -> None:
    close(world)
    world.walker.open(_REOPEN).send(accept_terms="y")


def _closed_child(world: World) -> None:
    in_child(world)
    close(world)


def _in_shared_child(world: World) -> None:
    shared(world)
    walks.prove_again(world)
    go_in(world)


def _in_frozen_child(world: World) -> None:
    disagree(shared(world))
    walks.prove_again(world)
    go_in(world)


def _closed_by_the_other(world: World) -> None:
    """The mother closed the space, then the father came to share it: he is the one who looks."""
    mother = other(world)
    father = two_parents(mother)
    invite(mother)
    walks.prove_again(mother)
    go_in(mother)
    close(mother)
    answer(father, "accept")
    sign_in_as(world, THEIRS[1])
    walks.prove_again(world)
    go_in(world)


def _shared_meanwhile(world: World) -> Mapping[str, str]:
    """The father accepted while the mother was about to confirm."""
    father = two_parents(world)
    invite(world)
    walks.prove_again(world)
    go_in(world)
    world.walker.open(_CLOSE).send(erasure="keep")
    form = world.walker.form("confirm").fields
    answer(father, "accept")
    return {**form, "confirm": "y"}


STATES = (
    State("close", _CLOSE, _in()),
    State("close-nothing", _CLOSE, _in(), post={"erasure": ""}, status=422),
    State("close-never-opened", _CLOSE, _in(opens=False)),
    State("close-already", _CLOSE, _in(close)),
    State("close-already-erase", _CLOSE, _in(_close_early)),
    State("close-changed", f"{_CLOSE}/faite", _in(close, _ask_erasure)),
    State("close-child", _CLOSE, in_child),
    State("close-confirm", _CONFIRM, _in(_choose)),
    State("close-unconfirmed", _CONFIRM, _in(_choose), post={"confirm": "n"}, status=422),
    State("close-shared-child", _CLOSE, _in_shared_child),
    State("close-frozen-child", _CLOSE, _in_frozen_child),
    State("close-shared-meanwhile", _CONFIRM, _shared_meanwhile, post={}, raw=True, status=422),
    State("close-closed-by-the-other", _CLOSE, _closed_by_the_other),
    State("reopen-closed-by-the-other", _REOPEN, _closed_by_the_other),
    State("closed", f"{_CLOSE}/faite", _in(close)),
    State("closed-receipt", f"{_CLOSE}/justificatif", _in(close), kind="prose"),
    State("closed-receipt-checked", "/verifier/{reference}", _reference),
    State("closed-home", "/accueil", _in(close), kind="prose"),
    State("closed-family", "/famille", _closed_child),
    State("reopen", _REOPEN, _in(close)),
    State("reopen-refused", _REOPEN, _in(close), post={"accept_terms": "n"}, status=422),
    State("reopened", f"{_REOPEN}/fait", _in(_reopen)),
)
