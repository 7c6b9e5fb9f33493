"""The invented registry: it imports whole, shows every kind of family, and holds nobody who could be real."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import carrier

from webapp.beneficiaries import service
from webapp.beneficiaries.generator import DEMO_PEOPLE, DemoPerson, generate, write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.beneficiaries.registry_row import RegistryRow, parse_row
from webapp.db.engine import make_engine
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading
from webapp.keys import Keys
from webapp.values.ages import age_on, is_minor

TODAY = date(2026, 3, 2)
RESERVED = ("@example.org", "@example.com", "@example.net", ".test")  # RFC 2606, RFC 6761
FICTION = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")  # Arcep, fixed lines


@pytest.fixture(scope="module")
def rows() -> list[RegistryRow]:
    """500 people, as the demonstration has them."""
    parsed = [parse_row(line, fields, TODAY) for line, fields in enumerate(generate(500, 1, TODAY), start=2)]
    taken = [row for row in parsed if isinstance(row, RegistryRow)]
    assert taken == parsed
    return taken


def person(row: RegistryRow) -> str:
    return row.person_nir or row.place


@pytest.mark.parametrize("people", [1, 2, 11, 12, 97, 300])
def test_there_are_exactly_as_many_people_as_asked(people: int) -> None:
    parsed = [parse_row(1, fields, TODAY) for fields in generate(people, 3, TODAY)]
    assert len({person(row) for row in parsed if isinstance(row, RegistryRow)}) == people


def test_the_same_seed_and_day_make_the_same_file_and_another_seed_another() -> None:
    assert list(generate(120, 5, TODAY)) == list(generate(120, 5, TODAY))
    assert list(generate(120, 5, TODAY)) != list(generate(120, 6, TODAY))


def test_every_kind_of_person_is_there(rows: list[RegistryRow]) -> None:
    minors = [row for row in rows if is_minor(row.birth_date, TODAY)]
    adults = [row for row in rows if not is_minor(row.birth_date, TODAY)]
    cards = Counter(person(row) for row in rows)
    names = "".join(row.family_name + row.first_names for row in rows)
    assert {number[5:7] for number in (row.insured_nir for row in rows)} >= {"2A", "97", "99"}
    assert any(
        number[5:7] in ("2A", "2B") for number in (row.person_nir for row in rows if row.scheme == "CPAM")
    )
    assert any(int(row.insured_nir[3:5]) > 12 for row in rows if row.insured_nir[3:5].isdigit())
    assert {row.scheme for row in rows} >= {"CPAM", "MSA", "CGSS"}
    assert {(bool(row.email), bool(row.phone)) for row in adults} == {
        (a, b) for a in (True, False) for b in (True, False)
    }
    assert any(row.birth_rank == 2 for row in rows)
    assert any(not row.person_nir and age_on(row.birth_date, TODAY) == 0 for row in rows)
    assert any(not row.guardians for row in minors)
    assert any(row.guardians for row in adults)
    assert any(cards[person(row)] == 2 for row in minors)
    assert any(row.insured_nir == row.person_nir and row.guardians for row in minors)
    assert any(len(row.family_name) > 50 for row in rows)
    assert all(any(letter in names for letter in group) for group in ("éèêÉÈ", "-", "'’", "çÇïÏëË"))
    assert {row.card_type for row in rows} == {"with_photo", "without_photo"}
    assert any(row.used_name for row in rows)


def test_no_parent_is_a_child(rows: list[RegistryRow]) -> None:
    births = {row.person_nir: row.birth_date for row in rows if row.person_nir}
    minors = [row for row in rows if is_minor(row.birth_date, TODAY)]
    gaps = [age_on(births[number], row.birth_date) for row in minors for number in row.guardians]
    assert min(gaps) >= 19


def test_twins_differ_by_rank_alone_and_some_have_a_contact_each(rows: list[RegistryRow]) -> None:
    many = [parse_row(1, fields, TODAY) for fields in generate(3_000, 2, TODAY)]
    places: dict[tuple[str, date], list[RegistryRow]] = defaultdict(list)
    for row in many:
        assert isinstance(row, RegistryRow)
        places[(row.insured_nir, row.birth_date)].append(row)
    pairs = [pair for pair in places.values() if len(pair) > 1]
    assert len(pairs) >= 10
    assert all([row.birth_rank for row in pair] == [1, 2] and pair[0].sex == pair[1].sex for pair in pairs)
    assert {pair[0].email == pair[1].email for pair in pairs} == {True, False}


def test_nobody_real_can_be_met(rows: list[RegistryRow]) -> None:
    for row in rows:
        for number in filter(None, (row.insured_nir, row.person_nir, *row.guardians)):
            overseas = number[5:7] == "97"
            assert number[8:10] in ("98", "99") if overseas else number[7:9] == "99"
        assert not row.email or row.email.endswith(RESERVED)
        if row.phone.startswith("+337"):
            assert carrier.name_for_number(phonenumbers.parse(row.phone), "fr") == ""
        else:
            assert row.phone == "" or row.phone.startswith(FICTION)


def test_the_file_imports_whole_and_everyone_to_try_is_found(
    database_url: str, keys: Keys, tmp_path: Path
) -> None:
    use_vault(Vault(keys))
    engine = make_engine(database_url)
    written = write_registry(tmp_path / "registry.csv", 200, 1, TODAY)
    report = import_registry(engine, tmp_path / "registry.csv", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert (report.read, report.new, report.refused) == (written, 200, ())

    def found(demo: DemoPerson) -> list[service.CardHeld]:
        with reading(engine) as session:
            return service.find_cards(session, demo.nir, demo.birth_date, demo.card_type, demo.card_serial)

    assert [len(found(demo)) for demo in DEMO_PEOPLE] == [1, 1, 1, 2, 2, 1, 1, 1]
    contacts = [{card.contact for card in found(demo)} for demo in DEMO_PEOPLE]
    hers, his = contacts[3], contacts[4]
    assert hers.isdisjoint(his)
    assert contacts[6] == {service.Contact(None, None)}
    assert found(DEMO_PEOPLE[5])[0].scheme == "MSA"
    with reading(engine) as session:
        assert service.guardians_of(session, found(DEMO_PEOPLE[7])[0].person_id) == set()
        covered = service.covered_by(session, found(DEMO_PEOPLE[1])[0].insured_index)
    assert [one.person.first_name for one in covered] == ["Nadia", "Léo", "Zoé"]
    engine.dispose()
