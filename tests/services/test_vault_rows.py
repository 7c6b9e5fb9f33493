"""Keys that change keep everything readable; what is copied onto another row does not open."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from tests.support.clock import Clock
from tests.support.crowd import client_of
from webapp import create_app
from webapp.activation import walks
from webapp.beneficiaries.models import Beneficiary, Card
from webapp.config import Settings
from webapp.db.vault import CannotUnseal, Vault, use_vault
from webapp.db.work import reading, writing
from webapp.keys import Keys
from webapp.spaces.models import Decision
from webapp.web.models import VisitRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process


def rotated(keys: Keys) -> Keys:
    return replace(
        keys, data={"d2": b"n" * 32, **keys.data}, signing=(b"another signing key" * 3, *keys.signing)
    )


def test_a_new_first_key_keeps_a_journey_going(
    world: World, settings: Settings, keys: Keys, clock: Clock
) -> None:
    """Servers restarted with a new key in the middle of a decision: the visit, its form and its code go on."""
    code = walks.ask_code(world)
    client = client_of(world)
    cookie = client.get_cookie("visite")
    assert cookie is not None
    open_form = world.walker.form("code").fields

    newer = create_app(settings.with_changes(keys=rotated(keys)), clock)
    try:
        browser = newer.test_client()
        browser.set_cookie("visite", cookie.value)
        walker = walk_in_process(browser).post("/activation/code", {**open_form, "code": code})
        assert walker.address == "/activation/decision"
        walker.send(decision="oppose").send(confirm="y")
        assert walker.address == "/activation/opposition/faite"
        assert "Camille Clairvernay" in walker.open("/activation/opposition/justificatif").page.text
        with reading(newer.extensions["engine"]) as session:
            assert {row[2:4] for row in session.scalars(select(Card.sealed))} == {b"d1"}
            assert {row[2:4] for row in session.scalars(select(Decision.sealed))} == {b"d2"}
    finally:
        newer.extensions["engine"].dispose()


def test_a_key_that_is_gone_is_said_without_a_value(keys: Keys) -> None:
    row = Decision.__tablename__
    row_id = uuid4()
    sealed = Vault(keys).seal(row, row_id, {"name": "Camille"})
    with pytest.raises(CannotUnseal) as refusal:
        Vault(replace(keys, data={"d9": b"x" * 32})).unseal(row, row_id, sealed)
    assert "Camille" not in str(refusal.value)
    for damaged in (
        b"",
        b"\x01",
        b"\x02" + sealed[1:],
        sealed[:-1],
        sealed[:10],
        sealed[:-1] + bytes([sealed[-1] ^ 1]),
    ):
        with pytest.raises(CannotUnseal):
            Vault(keys).unseal(row, row_id, damaged)
    with pytest.raises(CannotUnseal):
        Vault(keys).unseal("another_table", row_id, sealed)


def swap(world: World, table: str) -> None:
    """Exchange the sealed values of every two rows of a table."""
    with writing(world.app.extensions["engine"]) as session:
        rows = list(session.execute(text(f"SELECT id, sealed FROM {table} ORDER BY id")))
        assert len(rows) > 1
        for row, other in zip(rows, rows[1:] + rows[:1], strict=True):
            session.execute(
                text(f"UPDATE {table} SET sealed = :sealed WHERE id = :id"),
                {"sealed": other.sealed, "id": row.id},
            )


@pytest.mark.parametrize("table", [Beneficiary.__tablename__, Card.__tablename__])
def test_a_value_of_another_row_is_never_shown(world: World, keys: Keys, table: str) -> None:
    walks.prove(world)
    use_vault(Vault(keys))
    swap(world, table)
    world.walker.open("/activation/decision")
    assert world.walker.status == 500
    assert "panne" in world.walker.page.h1.lower()
    for word in ("Camille", "Nadia", "CannotUnseal", "Traceback", table):
        assert word not in world.walker.body


def test_the_visit_of_another_is_an_ended_one(world: World) -> None:
    walks.prove(world)
    other = World(walk_in_process(world.app.test_client()), world.app, world.forward)
    walks.prove(other, walks.PARENT)
    swap(world, VisitRow.__tablename__)
    for one in (world, other):
        assert one.walker.open("/activation/decision").address == "/activation/code"
        assert one.walker.status == 200
    walks.prove(world)
    assert "Camille" in world.walker.page.text
