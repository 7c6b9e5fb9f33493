"""An older record comes in: a folder by the command, and its files with their index by the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.pages.test_documents import shown
from tests.support.people import events
from webapp.cli.record import record
from webapp.config import Settings
from webapp.documents import walks
from webapp.web.states import World

INDEX = "fichier;nom;categorie;date\nirm.pdf;IRM du genou;31;12/4/2019\nancien/note.txt;Note du médecin;10;2020-01-02\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them in a folder of its own, and what each is."""
    folder = tmp_path / "dossier"
    (folder / "ancien").mkdir(parents=True)
    (folder / "irm.pdf").write_bytes(walks.pdf())
    (folder / "ancien" / "note.txt").write_text(walks.TEXT, "utf-8")
    (folder / "index.csv").write_text(INDEX, "utf-8")
    return folder


@pytest.fixture
def bring(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Run the command on the folder, for the account of the test."""
    walks.enter(world)
    settings: Settings = world.app.extensions["settings"]
    monkeypatch.setattr(Settings, "from_environment", classmethod(lambda _cls, _env=None: settings))
    monkeypatch.setattr("webapp.values.clock.utc_now", world.app.extensions["clock"])

    def run(identifier: str = "clairvernay.87") -> Result:
        return CliRunner().invoke(record, ["import", "--identifier", identifier, str(folder)])

    return run


def test_a_folder_comes_in_once(world: World, bring: object, folder: Path) -> None:
    assert callable(bring)
    first = bring()
    assert (first.exit_code, first.output) == (0, "2 documents added, 0 already there, 0 refused.\n")
    assert shown(world) == ["Note du médecin", "IRM du genou"]
    assert events(world).count("document:added") == 2
    assert bring().output == "0 documents added, 2 already there, 0 refused.\n"
    (folder / "page2.txt").write_text(
        "La suite", "utf-8"
    )  # two pages of one day under one name are two documents
    (folder / "index.csv").write_text(f"{INDEX}page2.txt;Note du médecin;10;2020-01-02\n", "utf-8")
    assert bring().output == "1 documents added, 2 already there, 0 refused.\n"
    assert bring().output == "0 documents added, 3 already there, 0 refused.\n"
    assert shown(world) == ["Note du médecin", "Note du médecin", "IRM du genou"]


def test_what_cannot_be_taken_is_named_and_the_rest_comes_in(
    world: World, bring: object, folder: Path, tmp_path: Path
) -> None:
    assert callable(bring)
    (tmp_path / "secret.txt").write_text("dehors", "utf-8")
    (folder / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "boucle.txt").symlink_to(folder / "boucle.txt")
    (folder / "irm.pdf").write_bytes(b"PK\x03\x04")
    names = ("../secret.txt", "lien.txt", "boucle.txt", "absent.pdf")
    more = "".join(f"{name};Dehors;10;1/1/2020\n" for name in names)
    (folder / "index.csv").write_text(INDEX + more, "utf-8")
    done = bring()
    assert done.exit_code == 1
    assert "1 documents added, 0 already there, 5 refused." in done.output
    assert all(
        name in done.output for name in ("irm.pdf", "../secret.txt", "lien.txt", "boucle.txt", "absent.pdf")
    )
    assert shown(world) == ["Note du médecin"]


@pytest.mark.one_database("it stops before it")
def test_what_it_needs_is_said(world: World, bring: object, folder: Path) -> None:
    assert callable(bring)
    assert "no open space" in bring("personne.00").output
    (folder / "index.csv").write_text("fichier;nom;categorie;date\nirm.pdf;IRM;31;demain\n", "utf-8")
    assert "line 2: its date cannot be taken" in bring().output
    (folder / "index.csv").unlink()
    assert "holds no index.csv" in bring().output


@pytest.mark.one_database("files are named before it")
def test_the_page_takes_files_with_their_index(world: World, folder: Path) -> None:
    walks.enter(world)
    note = (folder / "ancien" / "note.txt").read_bytes()
    sent = (("irm.pdf", walks.pdf()), ("Index.csv", INDEX.encode()), ("note.txt", note))
    walks.send(world, *sent, category="")
    assert shown(world) == ["Note du médecin", "IRM du genou"]
    assert "12 avril 2019" in world.walker.page.text
    walks.send(world, *sent, ("autre.txt", b"texte"), category="")
    assert (
        "Les fichiers sans catégorie sont rangés" in world.walker.page.text
    )  # the index says it of the others
    walks.send(world, ("index.csv", b"fichier;nom\n"), ("note.txt", note))
    assert "index.csv, ligne 1" in world.walker.page.text.replace("\u202f", " ")
    walks.send(world, ("index.csv", INDEX.encode()))
    assert "Choisissez au moins un fichier" in world.walker.page.text
