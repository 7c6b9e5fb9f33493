"""Between midnight in Paris and midnight in UTC, the day is the one in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.support.clock import Clock
from tests.support.registry import MOTHER, a_child, a_row, write_csv
from webapp.activation import walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.importing import import_registry
from webapp.values.card import CardType
from webapp.web.states import World
from webapp.web.walker import walk_in_process

PAST_MIDNIGHT = datetime(2026, 6, 7, 22, 30, tzinfo=UTC)
"""Half past midnight in Paris, on the eighth of June."""
SERIAL = "40157829635"


@pytest.mark.one_database("the date is asked of the clock")
@pytest.mark.parametrize(("year", "grown"), [(2008, True), (2009, False)])
def test_someone_comes_of_age_at_midnight_in_paris(
    app: Flask, clock: Clock, tmp_path: Path, year: int, grown: bool
) -> None:
    child = a_child(birth_date=f"{year}-06-08", card_serial=SERIAL)
    file = write_csv(tmp_path / "one.csv", (a_row(), child))
    assert import_registry(app.extensions["engine"], file, clock()).accepted
    clock.now = PAST_MIDNIGHT
    world = World(walk_in_process(app.test_client()), app, lambda time: None)
    walks.prove(world, DemoPerson("", "", MOTHER, date(year, 6, 8), CardType.WITH_PHOTO, SERIAL))
    letter = str(walks.newest_letter(app.extensions["engine"], "provisional-code")["text"])
    assert ("Voici votre code" in letter) is grown
    world.walker.send(decision="activate")
    assert world.walker.address == ("/activation/conditions" if grown else "/activation/representant")


@pytest.mark.one_database("the date is asked of the clock")
def test_a_child_born_today_has_a_birth_date(world: World, clock: Clock) -> None:
    clock.now = PAST_MIDNIGHT
    typed = walks.identity(walks.ADULT)
    world.walker.open("/activation/nouveau-code").send(
        **typed | {"birth_day": "8", "birth_month": "6", "birth_year": "2026"}
    )
    assert "pas encore arrivée" not in world.walker.page.text
