"""Closing and opening again when something else changed meanwhile: another tab, another guardian, the day itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.support.clock import Clock
from tests.support.people import events
from webapp.account import walks
from webapp.account.erasing import erasing_accounts
from webapp.account.models import Account, AccountSpace
from webapp.closing.walks import close, in_child
from webapp.db.work import reading, writing
from webapp.family.walks import go_in
from webapp.journal.events import Event
from webapp.mail.models import OutboxRow
from webapp.spaces import closing
from webapp.spaces.models import HealthSpace
from webapp.spaces.rules import erasure_day
from webapp.spaces.service import freeze
from webapp.web.states import World

pytestmark = pytest.mark.one_database("which space a page is about is decided before it")


@pytest.fixture
def parent(world: World) -> World:
    """Somebody who reaches their own space and a child's, in their own, the password given again."""
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    walks.prove_again(world)
    return world


def states_by_role(world: World) -> dict[str, str]:
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(
            select(AccountSpace.role, HealthSpace.state).join(
                HealthSpace, HealthSpace.beneficiary_id == AccountSpace.beneficiary_id
            )
        )
        return {row.role: row.state for row in rows}


def letters(world: World, kind: str) -> int:
    with reading(world.app.extensions["engine"]) as session:
        wanted = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == kind)
        return session.scalar(wanted) or 0


def erase(world: World) -> int:
    eraser = erasing_accounts(world.app.extensions["settings"])
    closing.erase_with(eraser)
    try:
        with writing(world.app.extensions["engine"]) as session:
            return closing.erase_due(session, world.app.extensions["clock"]())
    finally:
        closing._erasers.remove(eraser)


def test_a_page_closes_the_space_that_it_named_or_none(parent: World) -> None:
    parent.walker.open("/compte/fermer").send(erasure="erase")
    mine = parent.walker.form("confirm").fields | {"confirm": "y"}
    go_in(parent)  # in another tab
    parent.walker.post("/compte/fermer/confirmation", mine)
    assert states_by_role(parent) == {"holder": "opened", "guardian": "opened"}


def test_a_choice_made_for_one_space_is_not_one_for_another(parent: World) -> None:
    parent.walker.open("/compte/fermer").send(erasure="erase")
    go_in(parent)
    assert parent.walker.open("/compte/fermer/confirmation").address == "/compte/fermer"


def test_a_page_opens_the_space_that_it_named_or_none(parent: World) -> None:
    close(parent)
    parent.walker.open("/compte/rouvrir")
    mine = parent.walker.form("accept_terms").fields | {"accept_terms": "y"}
    go_in(parent)
    close(parent)
    parent.walker.post("/compte/rouvrir", mine)
    assert states_by_role(parent) == {"holder": "closed", "guardian": "closed"}


def test_nothing_is_told_of_an_opening_that_was_refused(world: World) -> None:
    in_child(world)
    close(world)
    world.walker.open("/compte/rouvrir")
    clock = world.app.extensions["clock"]
    with writing(world.app.extensions["engine"]) as session:
        child = session.scalars(select(HealthSpace.beneficiary_id).where(HealthSpace.state == "closed")).one()
        freeze(session, clock(), child, frozen=True)
    world.walker.send(accept_terms="y")
    assert world.walker.status == 422
    assert letters(world, "space-reopened") == 0
    assert states_by_role(world)["guardian"] == "closed"


def test_an_erasure_that_nobody_asked_for_is_not_said_to_be_cancelled(parent: World) -> None:
    close(parent, "keep")
    parent.walker.open("/compte/rouvrir").send(accept_terms="y")
    assert Event.SPACE_REOPENED in events(parent)
    assert Event.ERASURE_CANCELLED not in events(parent)
    close(parent, "erase")
    parent.walker.open("/compte/rouvrir").send(accept_terms="y")
    assert Event.ERASURE_CANCELLED in events(parent)


def test_a_guardian_is_told_of_a_child_s_space_that_is_erased(world: World) -> None:
    in_child(world)
    close(world, "erase")
    world.forward(timedelta(days=31))
    assert erase(world) == 1
    assert letters(world, "space-erased") > 0
    with reading(world.app.extensions["engine"]) as session:
        assert len(session.scalars(select(Account.id)).all()) == 1
    walks.sign_in(world)
    assert world.walker.address == "/bienvenue"
    assert states_by_role(world)["holder"] == "opened"


def test_a_frozen_space_is_not_erased_before_it_is_free_again(world: World) -> None:
    in_child(world)
    close(world, "erase")
    engine, clock = world.app.extensions["engine"], world.app.extensions["clock"]
    with writing(engine) as session:
        child = session.scalars(select(HealthSpace.beneficiary_id).where(HealthSpace.state == "closed")).one()
        freeze(session, clock(), child, frozen=True)
    world.forward(timedelta(days=60))
    assert erase(world) == 0
    with writing(engine) as session:
        freeze(session, clock(), child, frozen=False)
    assert erase(world) == 1


def test_closed_on_29_february_it_is_kept_for_ten_whole_years() -> None:
    assert erasure_day(date(2028, 2, 29), early=False) == date(2038, 3, 1)
    assert erasure_day(date(2028, 2, 28), early=False) == date(2038, 2, 28)
    assert erasure_day(date(2024, 2, 29), early=True) == date(2024, 3, 30)


def test_a_space_closed_on_29_february_in_paris_is_erased_on_the_day_that_was_said(
    world: World, clock: Clock
) -> None:
    clock.now = datetime(2028, 2, 28, 23, 30, tzinfo=UTC)  # 29 February in Paris already
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
    close(world)
    assert "1er mars 2038" in world.walker.open("/compte/fermer/faite").page.text
    clock.now = datetime(2038, 2, 28, 22, 59, tzinfo=UTC)
    assert erase(world) == 0
    clock.now = datetime(2038, 2, 28, 23, 1, tzinfo=UTC)
    assert erase(world) == 1


def erase_on(world: World) -> date | None:
    with reading(world.app.extensions["engine"]) as session:
        return session.scalars(select(HealthSpace.erase_on).where(HealthSpace.state == "closed")).one()


def test_what_becomes_of_a_closed_space_may_be_changed_and_its_receipt_stays(parent: World) -> None:
    close(parent, "keep")
    receipt = parent.walker.open("/compte/fermer/justificatif").page.text
    parent.forward(timedelta(days=5))
    walks.sign_in(parent)
    walks.prove_again(parent)
    parent.walker.open("/compte/fermer").send(erasure="erase")
    assert parent.walker.address == "/compte/fermer/faite"
    assert "6 avril 2026" in parent.walker.page.text
    assert erase_on(parent) == date(2026, 4, 6)
    assert letters(parent, "erasure-asked") > 0
    assert "checked" in parent.walker.open("/compte/fermer").body.split('value="erase"')[0][-80:]
    parent.walker.send(erasure="erase")
    assert (events(parent).count(Event.ERASURE_ASKED), letters(parent, "erasure-cancelled")) == (1, 0)
    parent.walker.open("/compte/fermer").send(erasure="keep")
    assert erase_on(parent) == date(2036, 3, 2)
    assert events(parent).count(Event.ERASURE_CANCELLED) == 1
    assert letters(parent, "erasure-cancelled") > 0
    assert parent.walker.open("/compte/fermer/justificatif").page.text == receipt
    parent.forward(timedelta(days=365))
    assert erase(parent) == 0


def test_asking_late_never_keeps_longer_than_ten_years(world: World, clock: Clock) -> None:
    walks.make_account(world)
    for address, moment in (("", clock.now), ("late", datetime(2036, 2, 20, 12, tzinfo=UTC))):
        clock.now = moment
        walks.sign_in(world)
        walks.prove_again(world)
        if address:
            world.walker.open("/compte/fermer").send(erasure="erase")
        else:
            close(world)
    assert erase_on(world) == date(2036, 3, 2)
    assert letters(world, "erasure-asked") == 0  # nothing changed
