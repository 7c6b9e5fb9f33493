"""Closing a space that two guardians share: what is not one's to decide is said first, and nobody is written to."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from webapp.account import walks
from webapp.closing.walks import close
from webapp.db.work import reading
from webapp.family.models import Disagreement
from webapp.family.walks import answer, disagree, go_in, invite, shared, two_parents
from webapp.mail.models import OutboxRow
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

pytestmark = pytest.mark.one_database("who decides is read before anything is written")


def in_child(world: World) -> World:
    walks.prove_again(world)
    go_in(world)
    return world


def said(world: World) -> tuple[int, int]:
    """How many disagreements there are, and letters about them."""
    with reading(world.app.extensions["engine"]) as session:
        letters = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind.like("disagreement-%"))
        return (
            session.scalar(select(func.count()).select_from(Disagreement)) or 0,
            session.scalar(letters) or 0,
        )


def child_s(world: World, state: str) -> HealthSpace:
    with reading(world.app.extensions["engine"]) as session:
        rows = session.scalars(select(HealthSpace).where(HealthSpace.state == state)).all()
    return rows[0] if len(rows) == 1 else next(one for one in rows if one.frozen_at is not None)


def test_the_first_page_says_that_one_does_not_close_it_alone_and_whom_to_ask(world: World) -> None:
    shared(world)
    in_child(world).walker.open("/compte/fermer")
    assert world.walker.status == 200
    assert "Je ne décide pas sans l’autre représentant" in world.walker.page.h1
    assert "juge aux affaires familiales" in world.walker.page.text
    assert "tout de suite" not in world.walker.page.text
    assert all("erasure" not in form.choices for form in world.walker.page.forms)
    assert said(world) == (0, 0)


def test_a_frozen_space_says_so_at_the_first_page(world: World) -> None:
    disagree(shared(world))
    in_child(world).walker.open("/compte/fermer")
    assert "Un désaccord est signalé" in world.walker.page.text
    assert "tout de suite" not in world.walker.page.text


def test_a_space_that_came_to_be_shared_meanwhile_stays_as_it_is_and_nobody_is_written_to(
    world: World,
) -> None:
    father = two_parents(world)
    invite(world)
    in_child(world).walker.open("/compte/fermer").send(erasure="keep")
    answer(father, "accept")
    world.walker.send(confirm="y")
    assert world.walker.status == 422
    assert "Rien ne change" in world.walker.page.h1
    assert said(world) == (0, 0)
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(select(HealthSpace.state, HealthSpace.frozen_at)).all()
    assert {(row.state, row.frozen_at) for row in rows} == {("opened", None)}


def test_a_guardian_undoes_only_what_they_decided_themselves(world: World) -> None:
    father = two_parents(world)
    invite(world)
    close(in_child(world))
    answer(father, "accept")
    in_child(father).walker.open("/compte/fermer")
    assert "sans l’autre représentant légal" in father.walker.page.text
    assert "Rouvrir l’espace" not in father.walker.page.text
    assert "Je ne décide pas" in father.walker.open("/compte/rouvrir").page.h1

    world.walker.open("/compte/rouvrir")
    fields = world.walker.form("accept_terms").fields | {"accept_terms": "y"}
    token = father.walker.open("/famille").page.forms[0].fields["csrf_token"]
    father.walker.post("/compte/rouvrir", fields | {"csrf_token": token})
    assert father.walker.status == 422
    assert "Rien ne change" in father.walker.page.text
    assert child_s(world, "closed").frozen_at is None
    assert said(world) == (0, 0)

    world.walker.open("/compte/rouvrir").send(accept_terms="y")  # she closed it: she opens it again
    assert world.walker.address == "/compte/rouvrir/fait"


def test_a_disagreement_that_was_meant_is_said_from_there(world: World) -> None:
    shared(world)
    in_child(world).walker.open("/compte/fermer")
    assert 'href="/famille/desaccord"' in world.walker.body
    world.walker.open("/famille/desaccord").send(confirm="y")
    assert said(world)[0] == 1
