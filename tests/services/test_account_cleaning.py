"""Ended sign-ins are forgotten after a day, their secrets with them; a live one stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from tests.support.clock import Clock
from webapp.account import walks
from webapp.account.cleaning import forget_sign_ins
from webapp.account.models import SignIn
from webapp.db.work import reading, writing
from webapp.web.states import World


def kept(world: World) -> int:
    with reading(world.app.extensions["engine"]) as session:
        return session.scalar(select(func.count()).select_from(SignIn)) or 0


def test_only_ended_sign_ins_are_forgotten(world: World, clock: Clock) -> None:
    walks.make_account(world)
    walks.give_password(world)
    engine = world.app.extensions["engine"]
    for later, left in ((timedelta(), 1), (timedelta(hours=20), 1), (timedelta(hours=5), 0)):
        clock.now += later
        with writing(engine) as session:
            forget_sign_ins(session, clock.now)
        assert kept(world) == left
