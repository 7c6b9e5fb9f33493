"""The day on which a space is handed over, and what a guardian's page may hold of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import Boolean

from webapp.beneficiaries.service import Person
from webapp.family.reach import Reached
from webapp.family.rules import Role
from webapp.family.sight import DECIDED, SHARED, not_kept_back
from webapp.family.words import SENTENCES
from webapp.spaces.rules import SpaceState
from webapp.values.ages import is_minor, majority_day
from webapp.values.ids import new_id


def reached(role: Role) -> Reached:
    who = Person(new_id(), "Léo", "BELOMBRIÈRE", "", date(2015, 6, 8), "M", None)
    return Reached(who, role, SpaceState.OPENED, datetime(2026, 11, 1, tzinfo=UTC))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_guardian_reaches_until_the_eve_and_no_longer(born: date) -> None:
    day = majority_day(born)
    assert is_minor(born, date.fromordinal(day.toordinal() - 1))
    assert not is_minor(born, day)


def test_who_is_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert majority_day(date(2008, 2, 29)) == date(2026, 3, 1)


def test_every_event_that_a_guardian_sees_has_its_sentence() -> None:
    assert set(DECIDED) | set(SHARED) == set(SENTENCES)


def test_a_guardian_sees_nothing_that_is_kept_back_nor_what_is_not_said() -> None:
    flag = column("confidential", Boolean)
    hers = str(select(flag).where(not_kept_back(Role.GUARDIAN, flag)).compile(dialect=sqlite.dialect()))
    own = str(select(flag).where(not_kept_back(Role.HOLDER, flag)).compile(dialect=sqlite.dialect()))
    assert "confidential IS 0" in hers
    assert "confidential" not in own.partition("WHERE")[2]
