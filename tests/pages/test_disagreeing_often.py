"""Saying that one does not agree more often than is allowed: what is refused changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from webapp.db.work import reading
from webapp.family.models import Disagreement
from webapp.family.walks import disagree, shared
from webapp.limits.rules import DISAGREEMENTS
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what only a database decides is tested on both, in services")


def frozen_and_standing(world: World) -> tuple[int, int]:
    with reading(world.app.extensions["engine"]) as session:
        spaces = select(func.count()).select_from(HealthSpace).where(HealthSpace.frozen_at.is_not(None))
        said = select(func.count()).select_from(Disagreement).where(Disagreement.withdrawn_at.is_(None))
        return session.scalar(spaces) or 0, session.scalar(said) or 0


def use_up(world: World) -> None:
    """Say so and take it back, as often as a day allows."""
    for _ in range(DISAGREEMENTS.most):
        disagree(world)
        assert frozen_and_standing(world) == (1, 1)
        world.walker.open("/famille/desaccord").send(action="/famille/accord")
        assert frozen_and_standing(world) == (0, 0)


def test_one_too_many_freezes_nothing(world: World) -> None:
    """A refusal is stored: a frozen space with no disagreement to take back would stay frozen for ever."""
    shared(world)
    use_up(world)
    disagree(world)
    assert world.walker.status == 429
    assert frozen_and_standing(world) == (0, 0)


def test_saying_it_twice_changes_nothing_and_is_not_counted(world: World) -> None:
    shared(world)
    world.walker.open("/famille/desaccord")
    said = world.walker.form("confirm").fields | {"confirm": "y"}
    for number in range(DISAGREEMENTS.most + 2):
        said["once"] = f"another page {number}"
        world.walker.post("/famille/desaccord", said)
        assert world.walker.status == 200
        assert frozen_and_standing(world) == (1, 1)
