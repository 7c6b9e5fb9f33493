"""The shape of a registry file: header, lines, encoding; one reading names everything that is wrong."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.registry import a_child, a_row
from webapp.beneficiaries.registry import LONGEST_LINE, RegistryFileError, read_registry
from webapp.beneficiaries.registry_row import COLUMNS, RefusedRow, RegistryRow

TODAY = date(2026, 3, 2)


def as_csv(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(content: bytes) -> list[RegistryRow | RefusedRow]:
    return list(read_registry(io.BytesIO(content), TODAY))


def test_rows_are_read_in_order_with_their_lines() -> None:
    rows = read(as_csv(a_row(), a_child()))
    assert [(type(row), row.line) for row in rows] == [(RegistryRow, 2), (RegistryRow, 3)]


def test_a_byte_order_mark_and_any_order_of_columns_are_taken() -> None:
    content = b"\xef\xbb\xbf" + as_csv(a_row(), columns=tuple(reversed(COLUMNS)))
    (row,) = read(content)
    assert isinstance(row, RegistryRow)
    assert row.first_names == "Camille Rose"


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "no header row"),
        ("\n", "no header row"),
        (",".join(COLUMNS[:-2]), "scheme is missing"),
        (",".join((*COLUMNS, "email")), "email appears 2 times"),
        (",".join((*COLUMNS, "colour")), r"unknown column at 19 \('colour'\)"),
        (";".join(COLUMNS), "separated by commas"),
        ("287047599010156,Durand,Camille", "no known column name"),
        ('"insured_nir', "not CSV"),
        ("a" * (LONGEST_LINE + 1), "longer than"),
    ],
)
def test_a_header_that_cannot_be_right_refuses_the_file(header: str, why: str) -> None:
    with pytest.raises(RegistryFileError, match=why) as caught:
        read(header.encode())
    assert "Durand" not in str(caught.value)


def test_a_file_in_utf_16_is_refused_in_one_sentence() -> None:
    with pytest.raises(RegistryFileError, match="line 1: is not UTF-8"):
        read(as_csv(a_row()).decode().encode("utf-16"))


def test_lines_that_are_not_utf_8_are_named_and_the_others_read() -> None:
    latin = as_csv(a_row(), a_row(city="Besançon"), a_row()).decode().encode("latin-1").split(b"\r\n")
    latin[1] = latin[3] = as_csv(a_row()).split(b"\r\n")[1]
    rows = read(b"\r\n".join(latin))
    assert [type(row) for row in rows] == [RegistryRow, RefusedRow, RegistryRow]
    assert rows[1] == RefusedRow(3, ("line: is not UTF-8",))


def test_a_line_too_long_is_passed_over_and_the_others_read() -> None:
    rows = read(as_csv(a_row(), a_row(address="x" * 1_000_000), a_child()))
    assert [type(row) for row in rows] == [RegistryRow, RefusedRow, RegistryRow]
    assert rows[1] == RefusedRow(3, (f"line: is longer than {LONGEST_LINE} bytes",))


def test_a_quotation_mark_never_closed_is_named_where_it_starts() -> None:
    lines = as_csv(a_row(), a_row(city='"Toulouse')).replace(b'"""Toulouse"', b'"Toulouse')
    rows = read(lines)
    assert rows[1:] == [RefusedRow(3, ("row: is not CSV (a quotation mark is never closed)",))]


def test_a_row_of_another_width_is_named() -> None:
    rows = read(as_csv(a_row()) + b"1,2,3\r\n")
    assert rows[1:] == [RefusedRow(3, ("row: has 3 fields where the header has 18",))]


def test_a_row_on_two_lines_counts_from_its_first_and_empty_lines_count_too() -> None:
    rows = read(as_csv(a_row(address="3 rue\nHaute"), a_row()).replace(b"\r\n", b"\r\n\r\n", 1))
    assert [row.line for row in rows] == [3, 5]
    assert isinstance(rows[0], RegistryRow)
    assert rows[0].address == "3 rue Haute"


@given(st.binary(max_size=400))
def test_no_bytes_make_a_crash(content: bytes) -> None:
    header = ",".join(COLUMNS).encode() + b"\n"
    for row in read(header + content):
        assert isinstance(row, RefusedRow)
        assert row.reasons
