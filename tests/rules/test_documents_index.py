"""The index of an older record: however a spreadsheet wrote it, and what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.documents.index import LARGEST, MOST_ROWS, Flaw, IndexProblem, is_index, parse_index
from webapp.documents.service import Said

TODAY = date(2026, 3, 2)
HEAD = "fichier;nom;categorie;date\n"
FOUND = {
    "2019/irm.pdf": Said("IRM du genou", "31", date(2019, 4, 12)),
    "note.txt": Said("note", "10", date(2020, 1, 2)),
}
TABLE = HEAD + "2019\\irm.pdf;IRM du genou;imagerie medicale;12/4/2019\n\nnote.txt;;10;2020-01-02\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.replace(";", ",").encode("utf-8-sig"),
        TABLE.replace(";", "\t").replace("\n", "\r\n").encode(),
        TABLE.replace("imagerie medicale", "Imagerie médicale").encode("cp1252"),
        TABLE.replace(HEAD, "Fichier;NOM;Catégorie;Date\n").encode(),
    ],
)
def test_it_is_read_however_it_was_written(data: bytes) -> None:
    assert parse_index(data, TODAY) == FOUND


@pytest.mark.parametrize(
    ("data", "flaw", "line"),
    [
        (b"", Flaw.COLUMNS, 1),
        (b"fichier;nom\n", Flaw.COLUMNS, 1),
        (HEAD.encode() + b"a.pdf;A;10;1/1/2020\nb.pdf;B;Bricolage;1/1/2020\n", Flaw.CATEGORY, 3),
        (HEAD.encode() + b"a.pdf;A;10;1/1/2030\n", Flaw.DATE, 2),
        (HEAD.encode() + b"a.pdf;A;10\n", Flaw.DATE, 2),
        (HEAD.encode() + b"a;A;10;1/1/2020\n" * (MOST_ROWS + 1), Flaw.LARGE, MOST_ROWS + 2),
        (b" " * (LARGEST + 1), Flaw.LARGE, 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, flaw: Flaw, line: int) -> None:
    with pytest.raises(IndexProblem) as caught:
        parse_index(data, TODAY)
    assert (caught.value.flaw, caught.value.line) == (flaw, line)


@given(st.binary(max_size=400))
def test_no_bytes_are_a_fault(data: bytes) -> None:
    for given_data in (data, HEAD.encode() + data):
        try:
            parse_index(given_data, TODAY)
        except IndexProblem:
            continue


def test_it_is_known_by_its_name() -> None:
    assert is_index("INDEX.CSV")
    assert is_index("C:\\dossier\\index.csv")
    assert not is_index("mon-index.csv")
