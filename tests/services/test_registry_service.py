"""Finding people by what is on a card, by a number, by who is covered: one query each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.support.registry import CHILD, FATHER, MOTHER, a_child, a_row, nir, write_csv
from webapp.beneficiaries import service
from webapp.beneficiaries.importing import import_registry
from webapp.db.engine import make_engine
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading
from webapp.keys import Keys
from webapp.values.card import CardType

TWIN = nir("1150631992304")
WITH_PHOTO = CardType.WITH_PHOTO
SERIAL = "40157829634"


@pytest.fixture
def session(database_url: str, keys: Keys, tmp_path: Path) -> Iterator[Session]:
    """A mother and her twins, who have a contact each; the second is represented by the father alone."""
    use_vault(Vault(keys))
    engine = make_engine(database_url)
    twin = a_child(person_nir=TWIN, birth_rank="2", first_names="Hugo", email="", guardians=FATHER)
    path = write_csv(tmp_path / "registry.csv", (a_row(), a_child(), twin))
    assert import_registry(engine, path, datetime(2026, 3, 2, 9, 30, tzinfo=UTC)).new == 3
    with reading(engine) as session:
        yield session
    engine.dispose()


def statements(session: Session, act: Callable[[], Any]) -> int:
    """Count the queries that an act sends."""
    sent: list[str] = []
    engine = session.get_bind()
    assert isinstance(engine, Engine)

    def note(*call: Any) -> None:
        if call[2].startswith("SELECT"):  # SQLite's BEGIN is no query
            sent.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def test_twins_are_found_together_each_with_their_contact(session: Session) -> None:
    found = service.find_cards(session, MOTHER, date(2015, 6, 8), WITH_PHOTO, SERIAL)
    people = service.people(session, [card.person_id for card in found])
    assert {people[card.person_id].first_name: card.contact.email for card in found} == {
        "Léo": "camille@example.org",
        "Hugo": None,
    }


@pytest.mark.parametrize(
    ("number", "birth", "card_type", "serial"),
    [
        (CHILD, date(1987, 4, 12), WITH_PHOTO, SERIAL),
        (MOTHER, date(1987, 4, 13), WITH_PHOTO, SERIAL),
        (MOTHER, date(1987, 4, 12), CardType.WITHOUT_PHOTO, SERIAL),
        (MOTHER, date(1987, 4, 12), WITH_PHOTO, "40157829635"),
    ],
)
def test_all_four_must_match_and_a_mismatch_costs_the_same_one_query(
    session: Session, number: str, birth: date, card_type: CardType, serial: str
) -> None:
    def miss() -> None:
        assert service.find_cards(session, number, birth, card_type, serial) == []

    def match() -> None:
        assert len(service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)) == 1

    assert statements(session, miss) == statements(session, match) == 1


def test_the_holder_of_a_card_is_found_by_the_number_on_it(session: Session) -> None:
    (card,) = service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)
    holder = service.holder_of(session, card.insured_index)
    assert holder is not None
    assert (holder.id, holder.nir) == (card.person_id, MOTHER)
    assert service.holder_of(session, service.nir_index(FATHER)) is None


def test_who_is_covered_oldest_first_and_whom_the_holder_represents(session: Session) -> None:
    covered = service.covered_by(session, service.nir_index(MOTHER))
    assert [(one.person.first_name, one.guardians) for one in covered] == [
        ("Camille", False),
        ("Hugo", False),
        ("Léo", True),
    ]
    cards = service.cards(session, [one.card_id for one in covered])
    assert [cards[one.card_id].person_id for one in covered] == [one.person.id for one in covered]
    assert statements(session, lambda: service.covered_by(session, service.nir_index(MOTHER))) == 1
    assert service.covered_by(session, service.nir_index(FATHER)) == []


def test_unknown_ids_are_left_out(session: Session) -> None:
    (card,) = service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)
    assert service.person(session, uuid4()) is None
    assert set(service.people(session, [card.person_id, uuid4()])) == {card.person_id}
    assert service.cards(session, [uuid4()]) == {}
    assert [one.id for one in service.cards_of(session, card.person_id)] == [card.id]


def test_the_front_door_and_the_import_compute_the_same_indexes(session: Session) -> None:
    (card,) = service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)
    assert card.insured_index == service.nir_index(MOTHER)
    people = service.covered_by(session, card.insured_index)
    assert people[0].person.nir == MOTHER


def test_no_look_up_reads_a_whole_table(session: Session) -> None:
    """EXPLAIN of each query as it is sent; PostgreSQL would rather scan tables of three rows, so it may not."""
    sent: list[tuple[str, Any]] = []
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    (card,) = service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)

    def note(*call: Any) -> None:
        sent.append((call[2], call[3]))

    event.listen(engine, "before_cursor_execute", note)
    service.find_cards(session, MOTHER, date(1987, 4, 12), WITH_PHOTO, SERIAL)
    service.covered_by(session, card.insured_index)
    service.holder_of(session, card.insured_index)
    service.people(session, [card.person_id])
    service.cards(session, [card.id])
    service.cards_of(session, card.person_id)
    service.guardians_of(session, card.person_id)
    service.guardian_is(session, card.person_id, card.insured_index)
    event.remove(engine, "before_cursor_execute", note)
    assert len(sent) == 8
    sqlite = engine.dialect.name == "sqlite"
    connection = session.connection()
    if not sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    for statement, parameters in sent:
        explain = f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}"
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(explain, parameters))
        assert ("SCAN " if sqlite else "Seq Scan") not in plan, plan
        assert "index" in plan.lower(), plan
