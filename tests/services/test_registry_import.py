"""The import: all rows or none, twice is once, nobody forgotten, corrections taken; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests.support.registry import FATHER, MOTHER, a_child, a_row, nir, write_csv
from tests.support.registry_database import NOW, SERIAL, Registry, registry
from webapp.beneficiaries import service
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.models import Beneficiary, Card, Guardianship
from webapp.beneficiaries.registry import RegistryFileError
from webapp.db.base import Base
from webapp.db.work import reading
from webapp.journal.models import JournalEntry

__all__ = ["registry"]


def test_a_person_comes_in_with_card_contact_and_department(registry: Registry) -> None:
    report = registry.load(a_row(used_name="BELRIVE"))
    assert (report.read, report.new, report.cards_new, report.accepted) == (1, 1, 1, True)
    (card,) = registry.find()
    assert card.contact == service.Contact("camille@example.org", "+33799990001")
    assert (card.scheme, card.insured_nir) == ("CPAM", MOTHER)
    person = registry.person(card)
    assert (person.display_name, person.first_name, person.nir) == ("Camille Belrive", "Camille", MOTHER)
    with reading(registry.engine) as session:
        assert session.scalar(select(Beneficiary.department)) == "31"


def test_nothing_personal_is_written_in_clear(registry: Registry) -> None:
    registry.load(a_row(), a_child())
    with reading(registry.engine) as session:
        for table in (Beneficiary, Card, Guardianship, JournalEntry):
            for row in session.execute(select(Base.metadata.tables[table.__tablename__])):
                for secret in (MOTHER, "CLAIRVERNAY", "camille@", "799990001", SERIAL, "Puits", "1987-04"):
                    assert secret.encode() not in b" ".join(
                        value if isinstance(value, bytes) else str(value).encode() for value in row
                    )


def test_a_second_run_writes_nothing_at_all(registry: Registry) -> None:
    rows = (a_row(), a_child(), a_child(insured_nir=FATHER, card_serial="40268137945", postal_code="44000"))
    registry.load(*rows)
    report = registry.load(*rows)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert (report.cards_new, report.cards_changed, report.cards_unchanged) == (0, 0, 3)
    assert registry.writes == []
    assert registry.count(JournalEntry) == 1


def test_whoever_is_absent_from_the_next_file_stays(registry: Registry) -> None:
    registry.load(a_row(), a_child())
    registry.load(a_row())
    assert registry.count(Beneficiary) == 2
    assert len(registry.find("2015-06-08")) == 1


@pytest.mark.parametrize(
    ("changes", "contact"),
    [
        ({"email": "new@example.org"}, service.Contact("new@example.org", "+33799990001")),
        ({"phone": ""}, service.Contact("camille@example.org", None)),
    ],
)
def test_a_contact_corrected_in_the_next_file_is_taken(
    registry: Registry, changes: dict[str, str], contact: service.Contact
) -> None:
    registry.load(a_row(), a_child())
    before = registry.find()
    report = registry.load(a_row(**changes), a_child())
    assert (report.changed, report.cards_changed, report.cards_unchanged) == (0, 1, 1)
    (card,) = registry.find()
    assert card.contact == contact
    assert (card.id, card.person_id) == (before[0].id, before[0].person_id)


def test_a_renewed_card_replaces_the_old_one(registry: Registry) -> None:
    registry.load(a_row())
    registry.load(a_row(card_serial="40999999999"))
    assert registry.find() == []
    assert len(registry.find(serial="40999999999")) == 1


def test_a_person_changed_keeps_the_day_of_registration(registry: Registry) -> None:
    registry.load(a_row())
    report = registry.load(a_row(used_name="BELRIVE"))
    assert (report.changed, report.cards_unchanged) == (1, 1)
    with reading(registry.engine) as session:
        row = session.scalars(select(Beneficiary)).one()
    assert row.changed_at - row.registered_at == timedelta(hours=1)


def test_one_refused_row_refuses_all_and_each_is_named(registry: Registry) -> None:
    report = registry.load(a_row(), a_child(card_serial="1"), a_child(sex="X", scheme=""))
    assert not report.accepted
    assert report.refused_count == 2
    assert [(row.line, row.reasons) for row in report.refused] == [
        (3, ("card_serial: must be 11 digits with a photo",)),
        (4, ("sex: must be F, M or I", "scheme: is empty")),
    ]
    assert registry.count(Beneficiary) == registry.count(Card) == registry.count(JournalEntry) == 0


def test_a_file_that_is_no_registry_writes_nothing(registry: Registry) -> None:
    path = registry.folder / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(RegistryFileError):
        import_registry(registry.engine, path, NOW)
    assert registry.count(Beneficiary) == 0


def test_a_failure_in_the_middle_writes_nothing(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.beneficiaries.importing.BATCH", 1)

    def stop(phase: str, done: int, total: int) -> None:
        if phase == "writing":
            raise KeyboardInterrupt

    path = write_csv(registry.folder / "registry.csv", (a_row(), a_child()))
    with pytest.raises(KeyboardInterrupt):
        import_registry(registry.engine, path, NOW, stop)
    assert registry.count(Beneficiary) == registry.count(Card) == 0
    assert registry.load(a_row(), a_child()).new == 2


def test_statements_do_not_grow_with_the_rows_of_a_batch(registry: Registry) -> None:
    statements: list[str] = []
    event.listen(registry.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))

    def cost(rows: int) -> int:
        batch = [
            a_row(insured_nir=nir(f"16{rows:02}175990{n}"), person_nir="") for n in range(300, 300 + rows)
        ]
        assert registry.load(*batch).new == rows
        statements.clear()
        registry.load(*(row | {"scheme": "MSA"} for row in batch))
        return len(statements)

    assert cost(90) == cost(3)


def test_progress_ends_at_its_totals(registry: Registry) -> None:
    last: dict[str, tuple[int, int]] = {}

    def note(phase: str, done: int, total: int) -> None:
        last[phase] = (done, total)

    path = write_csv(registry.folder / "registry.csv", (a_row(), a_child()))
    import_registry(registry.engine, path, NOW, note)
    assert last == {"reading": (path.stat().st_size,) * 2, "writing": (2, 2)}
