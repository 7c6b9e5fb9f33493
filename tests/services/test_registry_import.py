"""The import: all rows or none, twice is once, nobody forgotten, corrections taken; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from tests.support.registry import CHILD, FATHER, MOTHER, a_child, a_row, nir, write_csv
from webapp.beneficiaries import service
from webapp.beneficiaries.importing import ImportReport, import_registry
from webapp.beneficiaries.models import Beneficiary, Card, Guardianship
from webapp.beneficiaries.registry import RegistryFileError
from webapp.db.base import Base
from webapp.db.engine import make_engine
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading
from webapp.journal.models import JournalEntry
from webapp.keys import Keys
from webapp.values.card import CardType

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SERIAL = "40157829634"


@dataclass
class Registry:
    """A database, and the way rows get into it."""

    engine: Engine
    folder: Path
    clock: datetime = NOW
    writes: list[str] = field(default_factory=list)

    def load(self, *rows: dict[str, str]) -> ImportReport:
        """Import these rows an hour after the last import."""
        self.clock += timedelta(hours=1)
        self.writes.clear()
        return import_registry(self.engine, write_csv(self.folder / "registry.csv", rows), self.clock)

    def find(
        self, born: str = "1987-04-12", number: str = MOTHER, serial: str = SERIAL
    ) -> list[service.CardHeld]:
        """Find cards as the front door does."""
        with reading(self.engine) as session:
            return service.find_cards(session, number, date.fromisoformat(born), CardType.WITH_PHOTO, serial)

    def person(self, card: service.CardHeld) -> service.Person:
        """Open the person of a card."""
        with reading(self.engine) as session:
            found = service.person(session, card.person_id)
        assert found is not None
        return found

    def count(self, table: type[Base]) -> int:
        """Count the rows of a table."""
        with reading(self.engine) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def registry(database_url: str, keys: Keys, tmp_path: Path) -> Iterator[Registry]:
    """An empty registry."""
    use_vault(Vault(keys))
    engine = make_engine(database_url)
    registry = Registry(engine, tmp_path)

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            registry.writes.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield registry
    engine.dispose()


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
