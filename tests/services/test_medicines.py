"""The medicines in the database: loaded once, found by the beginnings of their words through the index."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from webapp.cli import group
from webapp.db.work import reading, writing
from webapp.medicines.loading import Row, load, shipped
from webapp.medicines.models import Medicine, MedicineWord
from webapp.medicines.rules import asked
from webapp.medicines.service import code_of, is_loaded, query, search

ROWS: tuple[Row, ...] = (
    (1, "DOLIPRANE 1000 mg, comprimé", "PARACÉTAMOL"),
    (2, "DOLIPRANE 500 mg, comprimé", "PARACÉTAMOL"),
    (3, "PARACETAMOL ESSAI 500 mg, comprimé", "PARACÉTAMOL"),
    (4, "ESSAI DOLIPRANE 500 mg, gélule", "PARACÉTAMOL"),
    (5, "VENTILANE 100 microgrammes, suspension", "SALBUTAMOL"),
    (6, "VENTILANE 100 microgrammes, suspension", "SALBUTAMOL"),
    (7, "ŒSTRODOSE, gel", "ESTRADIOL"),
)


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    """A database with these few medicines."""
    with writing(engine) as session:
        assert load(session, ROWS).changed == len(ROWS)
    return engine


def _found(engine: Engine, typed: str, most: int = 8) -> tuple[int, list[str]]:
    with reading(engine) as session:
        found = search(session, typed, most)
    return found.count, [name.split(",")[0] for name in found.names]


def test_names_that_begin_so_come_first_then_other_words_then_substances(loaded: Engine) -> None:
    assert _found(loaded, "doli") == (3, ["DOLIPRANE 500 mg", "DOLIPRANE 1000 mg", "ESSAI DOLIPRANE 500 mg"])
    assert _found(loaded, "Paracétamol")[1][0] == "PARACETAMOL ESSAI 500 mg"
    assert _found(loaded, "Paracétamol", 1) == (4, ["PARACETAMOL ESSAI 500 mg"])


def test_every_word_must_begin_one(loaded: Engine) -> None:
    assert _found(loaded, "compr dolip 5") == (1, ["DOLIPRANE 500 mg"])
    assert _found(loaded, "doliprane gélule 1000") == (0, [])
    assert _found(loaded, "œstro") == _found(loaded, "OESTRO") == (1, ["ŒSTRODOSE"])
    assert _found(loaded, "oliprane") == _found(loaded, "%") == _found(loaded, "d") == (0, [])


def test_one_name_is_shown_once_and_says_no_code_when_several_have_it(loaded: Engine) -> None:
    assert _found(loaded, "ventilane") == (1, ["VENTILANE 100 microgrammes"])
    with reading(loaded) as session:
        assert code_of(session, "VENTILANE 100 microgrammes, suspension") is None
        assert code_of(session, "  doliprane 500 MG, comprime") == "2"
        assert code_of(session, "doliprane") is None


def test_a_second_load_changes_nothing_and_another_file_is_followed(loaded: Engine) -> None:
    with writing(loaded) as session:
        assert load(session, ROWS).changed == 0
        renamed = (1, "DOLIPRANE 1 g, comprimé", "PARACÉTAMOL")
        assert load(session, (renamed, *ROWS[1:-1])).changed >= 2
    assert _found(loaded, "oestro") == (0, [])
    assert _found(loaded, "doliprane 1") == (1, ["DOLIPRANE 1 g"])
    with writing(loaded) as session:
        load(session, ())
        assert not is_loaded(session)
        assert session.scalar(select(func.count()).select_from(MedicineWord)) == 0


def test_a_search_reads_ranges_of_the_index(engine: Engine) -> None:
    """Neither database reads all words, nor all medicines, for a word that few have."""
    filler = tuple((1000 + number, f"MOLECULE{number} {number} mg", f"SEL{number}") for number in range(1500))
    with writing(engine) as session:
        load(session, (*ROWS, *filler))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    dialect = sqlite.dialect() if engine.dialect.name == "sqlite" else postgresql.dialect()  # type: ignore[no-untyped-call]
    statement = query(asked("doliprane 500"), 8).compile(
        dialect=dialect, compile_kwargs={"literal_binds": True}
    )
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        plan = " / ".join(
            str(row[-1]) for row in connection.exec_driver_sql(explain + str(statement).replace("%", "%%"))
        )
    assert "medicine_words" in plan
    for whole in ("Seq Scan", "SCAN medicine", "SCAN medicines"):
        assert whole not in plan


@pytest.mark.one_database("the file is the same for both")
def test_the_command_loads_the_whole_file(database_url: str, engine: Engine, tmp_path: Path) -> None:
    """12,273 medicines, each found by the beginning of its name."""
    environment = {"DATABASE_URL": database_url, "VAR_DIR": str(tmp_path)}
    said = CliRunner().invoke(group, ["medicines", "load"], env=environment).output
    assert (
        said
        == "12,273 medicines (Base de données publique des médicaments, mai 2026): 12,273 written or taken away.\n"
    )
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Medicine)) == len(shipped()) == 12_273
        for name in ("DOLIPRANE 1000 mg, comprimé", "VENTOLINE 100 microgrammes/dose"):
            assert search(session, name.casefold(), 1).names[0].startswith(name)
