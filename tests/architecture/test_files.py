"""What lies where: the top level, no drawer for odds and ends, files that can be read at one sitting."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.files import project_files, read
from tests.support.postgres import CHECKOUT

TOP_FOLDERS = {"docs", "deploy", "static", "templates", "tests", "webapp"}
TOP_FILES = {
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "pyproject.toml",
    "wsgi.py",
}
TEST_FLOORS = {"rules", "services", "pages", "browser", "architecture", "support", "bench", "conftest.py"}
DRAWERS = {"common", "utils", "util", "helpers", "helper", "misc"}
MOST_LINES = 300
WORTH_SPLITTING = 200

# In pieces, so that this file does not name them itself.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.<>/-])/(?:work|root|home|Users|opt|mnt)/\w")


def test_nothing_lies_beside_the_plan() -> None:
    files = [path for path in project_files() if not path.parts[0].startswith(".")]
    folders = {path.parts[0] for path in files if len(path.parts) > 1}
    loose = {path.name for path in files if len(path.parts) == 1}
    assert folders <= TOP_FOLDERS
    assert {
        name for name in loose - TOP_FILES if not re.fullmatch(r"requirements[a-z-]*\.txt", name)
    } == set()


def test_no_link_is_tracked() -> None:
    """A link leads out of the checkout of whoever made it: one to an environment takes away everybody's own."""
    command = ("git", "ls-files", "--stage")
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines() if line.startswith("120000")] == []


def test_tests_stand_on_their_floors() -> None:
    assert {path.parts[1] for path in project_files() if path.parts[0] == "tests"} <= TEST_FLOORS


def test_no_drawer_for_odds_and_ends() -> None:
    found = [
        path for path in project_files() if DRAWERS & {part.split(".")[0].lower() for part in path.parts}
    ]
    assert found == []


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [path for path in project_files() if host in read(path).lower()] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = {path: match[0] for path in _prose_and_code() if (match := MACHINE_PATH.search(read(path)))}
    assert found == {}


def test_python_files_can_be_read_at_one_sitting() -> None:
    lengths = {path: read(path).count("\n") for path in project_files(".py") if "versions" not in path.parts}
    long = {str(path): length for path, length in lengths.items() if length > WORTH_SPLITTING}
    if long:
        print("Worth splitting:", long)
    assert {path: length for path, length in long.items() if length > MOST_LINES} == {}


def test_the_locks_pin_everything_by_hash_and_agree() -> None:
    run, test = _pins("requirements.txt"), _pins("requirements-dev.txt")
    assert "setuptools" in run  # the build backend: the project itself is installed without fetching anything
    assert {name: test.get(name) for name in run} == run
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = read(Path(name))
        assert text.count(" \\\n    --hash=sha256:") >= len(_pins(name))
        assert "--index-url" not in text
        assert "--find-links" not in text


def _prose_and_code() -> list[Path]:
    return project_files(
        ".py", ".md", ".toml", ".html", ".txt", ".sh", ".css", ".js", ".cfg", ".ini", ".yml", ""
    )


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?)==(\S+)", read(Path(name)), re.MULTILINE))
