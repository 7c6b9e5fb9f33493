"""Rules of the house that linters do not know, read from the syntax trees of the package."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.files import project_files, read

HEAVY = (
    "alembic",
    "aiobotocore",
    "apprise",
    "authlib",
    "fhir",
    "fsspec",
    "phonenumbers",
    "pikepdf",
    "PIL",
    "reportlab",
    "s3fs",
    "xhtml2pdf",
    "zxcvbn_rs_py",
)
"""Imported inside the function that uses them: together they cost half a second and 30 MiB a process."""

SOURCES = [path for path in project_files(".py") if path.parts[0] == "webapp" or path.name == "wsgi.py"]
CLOCK_CALLS = {"now", "utcnow", "today"}


def test_there_is_code_to_check() -> None:
    assert len(SOURCES) > 10


# Alembic itself loads the migrations, which may import it at their top.
@pytest.mark.parametrize("path", [path for path in SOURCES if "migrations" not in path.parts], ids=str)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    found = {name for name in _imported_at_start(ast.parse(read(path)).body) if name.split(".")[0] in HEAVY}
    assert found == set()


def test_only_the_settings_read_the_environment() -> None:
    assert _files_where(_reads_environment) <= {"webapp/config.py"}


def test_only_the_clock_reads_the_time_of_day() -> None:
    assert _files_where(_reads_clock) <= {"webapp/values/clock.py"}


def _files_where(wrong: Callable[[ast.AST], bool]) -> set[str]:
    return {str(path) for path in SOURCES if any(wrong(node) for node in ast.walk(ast.parse(read(path))))}


def _reads_environment(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("os", "environ"), ("os", "getenv"), ("os", "environb")}
    )


def _reads_clock(node: ast.AST) -> bool:
    """Say whether the node is a call like `datetime.now(…)` or `date.today()`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return node.func.attr in CLOCK_CALLS and name in {"datetime", "date"}


def _imported_at_start(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the modules imported when the file is loaded: not inside functions, not for type checkers only."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            yield from _imported_at_start(node.orelse)
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            for field in ("body", "orelse", "finalbody"):
                yield from _imported_at_start(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from _imported_at_start(handler.body)
