"""Reading a profile a few entries at a time, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.services.test_profile import by, engine
from webapp.db.work import reading, writing
from webapp.profile import service
from webapp.profile.listing import counts, latest, page, readings, stands
from webapp.profile.rules import PAGE, Kind
from webapp.profile.service import Author, ChangedMeanwhile

__all__ = ["by", "engine"]
OTHER = Author(UUID(int=7), UUID(int=8))


def weigh(engine: Engine, by: Author, now: datetime, days: list[int]) -> list[UUID]:
    """Write one weight for each day before today; return their entries, the newest first."""
    with writing(engine) as session:
        made = [
            (
                now.date() - timedelta(days=ago),
                service.add(
                    session,
                    now,
                    by,
                    Kind.WEIGHT,
                    {"value": 70_000 + ago},
                    now.date() - timedelta(days=ago),
                ),
            )
            for ago in days
        ]
    return [entry for _day, entry in sorted(made, reverse=True)]


def test_the_newest_of_each_kind_are_read_at_once(engine: Engine, by: Author, now: datetime) -> None:
    weights = weigh(engine, by, now, [4, 1, 3, 0])
    with writing(engine) as session:
        asthma = service.add(session, now, by, Kind.ILLNESS, {"name": "Asthm"})
        service.correct(session, now, by, asthma, 1, {"name": "Asthme"})
        gone = service.add(session, now, by, Kind.ALLERGY, {"name": "Pollen"})
        service.remove(session, now, by, gone, 1)
    kinds = (Kind.ILLNESS, Kind.ALLERGY, Kind.WEIGHT, Kind.VACCINATION)
    with reading(engine) as session:
        found = latest(session, by.beneficiary_id, kinds, 3)
        assert [one.entry_id for one in found.pop(Kind.WEIGHT)] == weights[:3]
        assert [(one.said, one.version) for one in found.pop(Kind.ILLNESS)] == [({"name": "Asthme"}, 2)]
        assert found == {}
        assert counts(session, by.beneficiary_id, kinds) == {Kind.WEIGHT: 4, Kind.ILLNESS: 1}
        assert latest(session, OTHER.beneficiary_id, kinds, 3) == {}


def test_pages_follow_each_other_without_a_gap_even_within_one_day(
    engine: Engine, by: Author, now: datetime
) -> None:
    expected = weigh(engine, by, now, [place // 7 for place in range(2 * PAGE + 3)])
    whole, light = [], []
    with reading(engine) as session:
        before = None
        for size in (PAGE, PAGE, 3):
            one = page(session, by.beneficiary_id, (Kind.WEIGHT,), before)
            other = readings(session, by.beneficiary_id, Kind.WEIGHT, before, PAGE)
            assert len(one.entries) == size
            assert one.older == other.older
            whole += [each.entry_id for each in one.entries]
            light += [each.entry_id for each in other.entries]
            before = one.older
        assert before is None
        everything = readings(session, by.beneficiary_id, Kind.WEIGHT)
    assert whole == light == [one.entry_id for one in everything.entries] == expected
    assert everything.older is None
    assert everything.entries[0].said == {"value": 70_000}


def test_a_place_in_a_list_is_an_entry_of_that_person_and_that_part(
    engine: Engine, by: Author, now: datetime
) -> None:
    mine = weigh(engine, by, now, [0, 1])[0]
    with reading(engine) as session:
        assert stands(session, by.beneficiary_id, (Kind.WEIGHT,), mine)
        for person, kind in ((OTHER.beneficiary_id, Kind.WEIGHT), (by.beneficiary_id, Kind.HEIGHT)):
            assert not stands(session, person, (kind,), mine)
            assert readings(session, person, kind, mine, PAGE).entries == []
            assert page(session, person, (kind,), mine).entries == []


def test_a_list_goes_on_after_an_entry_that_was_taken_away_meanwhile(
    engine: Engine, by: Author, now: datetime
) -> None:
    weights = weigh(engine, by, now, list(range(4)))
    with writing(engine) as session:
        service.remove(session, now, by, weights[1], 1)
    with reading(engine) as session:
        assert stands(session, by.beneficiary_id, (Kind.WEIGHT,), weights[1])
        for found in (
            page(session, by.beneficiary_id, (Kind.WEIGHT,), weights[1]).entries,
            readings(session, by.beneficiary_id, Kind.WEIGHT, weights[1], PAGE).entries,
        ):
            assert [one.entry_id for one in found] == weights[2:]


def test_what_was_taken_away_is_not_corrected_any_more(engine: Engine, by: Author, now: datetime) -> None:
    """It would stand beside the statement that there is none."""
    with writing(engine) as session:
        entry = service.add(session, now, by, Kind.ILLNESS, {"name": "Asthme"})
        service.remove(session, now, by, entry, 1)
        service.add(session, now, by, Kind.NO_ILLNESS, {})
        with pytest.raises(ChangedMeanwhile):
            service.correct(session, now, by, entry, 2, {"name": "Asthme"})
        with pytest.raises(ChangedMeanwhile):
            service.remove(session, now, by, entry, 2)
        assert service.current(session, by.beneficiary_id, (Kind.ILLNESS,)) == []


def test_a_correction_of_the_day_keeps_the_day_that_was_said(
    engine: Engine, by: Author, now: datetime
) -> None:
    first, then = date(2020, 1, 1), date(2021, 2, 3)
    with writing(engine) as session:
        entry = service.add(session, now, by, Kind.VACCINATION, {"name": "Revaxis"}, first)
        service.correct(session, now, by, entry, 1, {"name": "Revaxis", "batch": "X1"}, then)
        service.correct(session, now, by, entry, 2, {"name": "Repevax"})
        for version in (1, 2):
            try:
                service.correct(session, now, by, entry, version, {"name": "Autre"}, first)
            except ChangedMeanwhile:
                continue
            raise AssertionError("an older version was corrected")
    with reading(engine) as session:
        found = service.versions(session, by.beneficiary_id, entry)
    assert [(one.happened_on, one.said) for one in found] == [
        (first, {"name": "Revaxis"}),
        (then, {"name": "Revaxis", "batch": "X1"}),
        (then, {"name": "Repevax"}),
    ]
