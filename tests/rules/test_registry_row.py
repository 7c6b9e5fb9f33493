"""What each column of the registry must hold, and that a refusal never repeats it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.registry import CHILD, FATHER, MOTHER, a_child, a_row, nir
from webapp.beneficiaries.registry_row import COLUMNS, REQUIRED, RefusedRow, RegistryRow, parse_row
from webapp.beneficiaries.rules import department_of, same_name_key
from webapp.values.card import CardType

TODAY = date(2026, 3, 2)


def parse(**changes: str) -> RegistryRow | RefusedRow:
    return parse_row(7, a_row(**changes), TODAY)


def taken(**changes: str) -> RegistryRow:
    row = parse(**changes)
    assert isinstance(row, RegistryRow), row
    return row


def reasons(**changes: str) -> tuple[str, ...]:
    row = parse(**changes)
    assert isinstance(row, RefusedRow), "the row was taken"
    assert row.line == 7
    return row.reasons


def test_a_right_row_is_read_in_its_canonical_form() -> None:
    grouped = f"{MOTHER[0]} {MOTHER[1:3]} {MOTHER[3:5]} {MOTHER[5:]}"
    row = taken(
        insured_nir=grouped, phone="07 99 99 00 01", email=" camille@EXAMPLE.org ", family_name="LE  GALL"
    )
    assert row.insured_nir == MOTHER
    assert row.phone == "+33799990001"
    assert row.email == "camille@example.org"
    assert row.family_name == "LE GALL"
    assert (row.birth_date, row.birth_rank, row.card_type) == (date(1987, 4, 12), 1, CardType.WITH_PHOTO)


@pytest.mark.parametrize(
    "body",
    [
        "158072A993109",  # Corsica
        "158072B993109",
        "2873399990301",  # months of incomplete records
        "2874299990301",
        "2875099990301",
        "2879999990301",
        "2870497198301",  # overseas
        "7870475990301",  # a waiting number
    ],
)
def test_numbers_of_every_kind_are_taken(body: str) -> None:
    assert taken(insured_nir=nir(body), person_nir="").insured_nir == nir(body)


WRONG_NUMBERS = [
    (MOTHER[:-1], "must have 15 characters, key included: 1 missing"),
    (MOTHER + "0", "must have 15 characters, key included: 1 too many"),
    (MOTHER[:13] + f"{(int(MOTHER[13:]) % 97) + 1:02}", "its key does not go with the other characters"),
    ("2871375990301" + "00", "is not shaped like a social security number"),
    ("ABCDEFGHIJKLMNO", "is not shaped like a social security number"),
]


@pytest.mark.parametrize("column", ["insured_nir", "person_nir", "guardians"])
@pytest.mark.parametrize(("number", "why"), WRONG_NUMBERS)
def test_a_number_that_cannot_be_is_refused_wherever_it_stands(column: str, number: str, why: str) -> None:
    (reason,) = reasons(**{column: number})
    assert reason == f"{column}: number 1 {why}" if column == "guardians" else f"{column}: {why}"


def test_the_wrong_number_among_guardians_is_told_by_its_rank() -> None:
    (reason,) = reasons(guardians=f"{FATHER} {FATHER[:-1]}")
    assert reason.startswith("guardians: number 2 ")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"card_serial": "4015782963"}, "card_serial: must be 11 digits with a photo"),
        ({"card_serial": "401578296345"}, "card_serial: must be 11 digits with a photo"),
        (
            {"card_type": "without_photo", "card_serial": "1234567"},
            "card_serial: must be 8 to 13 digits without a photo",
        ),
        (
            {"card_type": "without_photo", "card_serial": "1" * 14},
            "card_serial: must be 8 to 13 digits without a photo",
        ),
        ({"card_serial": ""}, "card_serial: is empty"),
        ({"card_type": "photo"}, "card_type: must be with_photo or without_photo"),
        ({"card_type": ""}, "card_type: is empty"),
        ({"birth_date": "12/04/1987"}, "birth_date: must be YYYY-MM-DD"),
        ({"birth_date": "19870412"}, "birth_date: must be YYYY-MM-DD"),
        ({"birth_date": "1987-02-29"}, "birth_date: is not in the calendar"),
        ({"birth_date": "2026-03-03"}, "birth_date: is in the future"),
        ({"birth_date": "1879-12-31"}, "birth_date: is before 1880"),
        ({"birth_date": ""}, "birth_date: is empty"),
        ({"birth_rank": "0"}, "birth_rank: must be from 1 to 9"),
        ({"birth_rank": "10"}, "birth_rank: must be from 1 to 9"),
        ({"sex": "X"}, "sex: must be F, M or I"),
        ({"sex": ""}, "sex: must be F, M or I"),
        ({"family_name": " "}, "family_name: is empty"),
        ({"first_names": "---"}, "first_names: must hold a letter"),
        ({"email": "camille.example.org"}, "email: is not an e-mail address"),
        ({"phone": "00 00 00 00 00"}, "phone: is not a telephone number that exists"),
        ({"scheme": ""}, "scheme: is empty"),
        ({"scheme": "C" * 61}, "scheme: is longer than 60 characters"),
        ({"city": "Tou\x00louse"}, "city: holds a character that cannot be shown"),
        ({"address": "a" * 1_000_000}, "address: is longer than 300 characters"),
        ({"guardians": MOTHER}, "guardians: holds the person's own number"),
    ],
)
def test_a_field_that_cannot_be_right_is_named_with_why(changes: dict[str, str], reason: str) -> None:
    assert reasons(**changes) == (reason,)


def test_every_wrong_field_is_named_at_once_in_the_order_of_the_columns() -> None:
    found = reasons(scheme="", insured_nir="1", sex="X", phone="1")
    assert [reason.split(":")[0] for reason in found] == ["insured_nir", "sex", "phone", "scheme"]


def test_what_may_be_missing_may_be_missing() -> None:
    fields = {name: value for name, value in a_row().items() if name in REQUIRED}
    row = parse_row(2, fields, TODAY)
    assert isinstance(row, RegistryRow)
    assert (row.birth_rank, row.person_nir, row.email, row.guardians) == (1, "", "", ())


@given(st.sampled_from(COLUMNS), st.text(alphabet="QXZ#@9", min_size=12, max_size=30))
def test_a_reason_never_repeats_the_value(column: str, value: str) -> None:
    row = parse_row(2, a_row(**{column: value}), TODAY)
    if isinstance(row, RefusedRow):
        assert all(value not in reason for reason in row.reasons)


def test_a_child_has_both_parents_as_guardians() -> None:
    row = parse_row(3, a_child(guardians=f"{FATHER} {MOTHER} {FATHER}"), TODAY)
    assert isinstance(row, RegistryRow)
    assert row.guardians == tuple(sorted((MOTHER, FATHER)))
    assert row.person_nir == CHILD


@pytest.mark.parametrize(
    ("postal_code", "department"),
    [
        *(
            ("31000", "31"),
            ("01000", "01"),
            ("20000", "2A"),
            ("20137", "2A"),
            ("20200", "2B"),
            ("20600", "2B"),
        ),
        *(
            ("97400", "974"),
            ("98800", "988"),
            ("", ""),
            ("1000", ""),
            ("SW1A 1AA", ""),
            ("00100", ""),
            ("٣١٠٠٠", ""),
        ),
    ],
)
def test_the_department_of_a_postal_code(postal_code: str, department: str) -> None:
    assert department_of(postal_code) == department


def test_names_are_compared_by_their_letters() -> None:
    assert same_name_key("ÉLODIE  Marie-Ève") == same_name_key("elodie marie eve")
    assert same_name_key("Léa") != same_name_key("Léo")
