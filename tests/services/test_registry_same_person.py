"""Who is the same person, in one file and from one file to the next; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.support.registry import CHILD, FATHER, MOTHER, a_child, a_row, nir
from tests.support.registry_database import Registry, registry
from webapp.beneficiaries import service
from webapp.beneficiaries.models import Beneficiary
from webapp.db.work import reading

__all__ = ["registry"]


def test_the_same_place_twice_is_refused_with_the_other_line(registry: Registry) -> None:
    report = registry.load(a_row(), a_child(), a_child(person_nir="", first_names="Zoé"))
    assert [(row.line, row.reasons) for row in report.refused] == [
        (4, ("row: insured_nir, birth_date and birth_rank are those of line 3",))
    ]


def test_rows_of_one_person_that_disagree_are_refused_with_what(registry: Registry) -> None:
    other = a_child(insured_nir=FATHER, first_names="Léon", birth_date="2015-06-09")
    report = registry.load(a_row(), a_child(), other)
    assert [(row.line, row.reasons) for row in report.refused] == [
        (
            4,
            (
                "first_names: differs from line 3, which is the same person",
                "birth_date: differs from line 3, which is the same person",
            ),
        )
    ]
    assert registry.count(Beneficiary) == 0


def test_rows_of_one_person_may_write_the_name_differently_and_the_first_wins(registry: Registry) -> None:
    rows = (a_row(), a_child(), a_child(insured_nir=FATHER, first_names="LEO"))
    assert registry.load(*rows).accepted
    assert registry.person(registry.find("2015-06-08")[0]).first_names == "Léo"
    registry.load(*rows)
    assert registry.writes == []


def test_a_child_on_both_cards_is_one_person_with_two_contacts(registry: Registry) -> None:
    father = {"insured_nir": FATHER, "card_serial": "40268137945", "email": "father@example.org"}
    registry.load(a_row(), a_child(), a_child(**father))
    (hers,) = registry.find("2015-06-08")
    (his,) = registry.find("2015-06-08", FATHER, "40268137945")
    assert hers.person_id == his.person_id
    assert (hers.contact.email, his.contact.email) == ("camille@example.org", "father@example.org")


def test_a_newborn_known_without_number_is_completed_by_the_next_file(registry: Registry) -> None:
    registry.load(a_row(), a_child(person_nir=""))
    (before,) = registry.find("2015-06-08")
    assert registry.person(before).nir is None
    report = registry.load(a_row(), a_child())
    assert (report.new, report.changed, report.cards_unchanged) == (0, 1, 2)
    (after,) = registry.find("2015-06-08")
    assert after.person_id == before.person_id
    assert registry.person(after).nir == CHILD


def test_a_file_that_omits_the_number_does_not_take_it_away(registry: Registry) -> None:
    registry.load(a_row(), a_child())
    registry.load(a_row(), a_child(person_nir="", first_names="Léo Marcel"))
    (card,) = registry.find("2015-06-08")
    person = registry.person(card)
    assert (person.nir, person.first_names) == (CHILD, "Léo Marcel")
    assert registry.count(Beneficiary) == 2


def test_a_row_without_number_is_compared_with_the_person_known_at_its_place(registry: Registry) -> None:
    registry.load(a_row(), a_child(), a_child(insured_nir=FATHER))
    report = registry.load(a_child(person_nir=""), a_child(insured_nir=FATHER, sex="F"))
    assert [row.reasons for row in report.refused] == [
        ("sex: differs from line 2, which is the same person",)
    ]


def test_two_strangers_who_turn_out_to_be_one_keep_a_trace(registry: Registry) -> None:
    registry.load(a_child(person_nir=""), a_child(person_nir="", insured_nir=FATHER))
    assert registry.count(Beneficiary) == 2
    rows = (a_child(), a_child(insured_nir=FATHER))
    registry.load(*rows)
    hers, his = registry.find("2015-06-08"), registry.find("2015-06-08", FATHER)
    assert hers[0].person_id == his[0].person_id
    with reading(registry.engine) as session:
        left = session.scalars(select(Beneficiary).where(Beneficiary.id != hers[0].person_id)).one()
    assert left.same_as_id == hers[0].person_id
    registry.load(*rows)
    assert registry.writes == []


def test_a_number_corrected_makes_another_person_and_does_not_touch_the_first(registry: Registry) -> None:
    registry.load(a_child())
    (before,) = registry.find("2015-06-08")
    other = nir("1150631992777")
    registry.load(a_child(person_nir=other))
    (after,) = registry.find("2015-06-08")
    assert after.person_id != before.person_id
    assert registry.person(before).nir == CHILD
    assert registry.person(after).nir == other


def test_guardians_follow_the_file_and_are_those_of_all_rows(registry: Registry) -> None:
    index = service.nir_index
    registry.load(a_child(guardians=MOTHER), a_child(insured_nir=FATHER, guardians=FATHER))
    (card,) = registry.find("2015-06-08")
    with reading(registry.engine) as session:
        assert service.guardians_of(session, card.person_id) == {index(MOTHER), index(FATHER)}
    report = registry.load(a_child(guardians=FATHER), a_child(insured_nir=FATHER, guardians=FATHER))
    assert report.changed == 1
    with reading(registry.engine) as session:
        assert service.guardians_of(session, card.person_id) == {index(FATHER)}
        assert service.guardian_is(session, card.person_id, index(FATHER))
        assert not service.guardian_is(session, card.person_id, index(MOTHER))


def test_rows_of_a_person_far_apart_are_still_together(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.beneficiaries.importing.BATCH", 2)
    between = [
        a_row(insured_nir=nir(f"1600175990{n}"), person_nir=nir(f"1600175990{n}"), card_serial=f"{n:011}")
        for n in range(300, 309)
    ]
    report = registry.load(a_child(guardians=MOTHER), *between, a_child(insured_nir=FATHER, guardians=FATHER))
    assert (report.new, report.cards_new) == (10, 11)
    (card,) = registry.find("2015-06-08")
    with reading(registry.engine) as session:
        assert len(service.guardians_of(session, card.person_id)) == 2


def test_a_fixed_line_is_no_place_for_a_code(registry: Registry) -> None:
    registry.load(a_row(phone="+33199000001"))
    assert registry.find()[0].contact == service.Contact("camille@example.org", None)
    registry.load(a_row(phone="06 39 98 00 01"))
    assert registry.find()[0].contact.phone == "+33639980001"
