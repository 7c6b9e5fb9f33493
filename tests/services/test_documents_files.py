"""Files and rows that agree: what is cut half-way, erased, merged or lost leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from sqlalchemy import func, select

from tests.pages.test_documents import files, rows, shown
from tests.services.test_merged import merge, registry, two
from tests.support.registry_database import Registry
from tests.support.running import free_port
from webapp.account import walks as account
from webapp.cli.checks import documents as checked
from webapp.db.vault import CannotUnseal, current_vault
from webapp.db.work import reading, writing
from webapp.documents import merged, walks
from webapp.documents.cleaning import Cleaned
from webapp.documents.files import (
    TIME_TO_TAKE,
    Lost,
    empty_bins,
    erase_documents,
    read_file,
    removing_files,
    take,
    write_down,
)
from webapp.documents.models import Document, LooseFile
from webapp.documents.rules import KEPT_IN_BIN, Media
from webapp.documents.storage import Bucket, Folder, Missing, Store, new_file_name, store_of
from webapp.web.states import World

__all__ = ["registry", "two"]

ONE = Cleaned(Media.TEXT, b"Ferritine")


def sweep(world: World, later: timedelta = timedelta()) -> None:
    """What a worker does every minute."""
    now = world.app.extensions["clock"]() + later
    for act in (empty_bins, removing_files(world.app.extensions["settings"])):
        with writing(world.app.extensions["engine"]) as session:
            act(session, now)


def test_what_stops_between_the_file_and_its_row_is_swept(world: World) -> None:
    """A crash once the file is there: no row ever takes it, and an hour later it is gone."""
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    write_down(engine, store_of(world.app.extensions["settings"]), now, [ONE, ONE])
    assert (len(files(world)), rows(world)) == (2, (0, 2))
    sweep(world, TIME_TO_TAKE - timedelta(seconds=1))
    assert len(files(world)) == 2
    sweep(world, TIME_TO_TAKE)
    assert (files(world), rows(world)) == ([], (0, 0))


def test_a_file_that_a_worker_removed_is_taken_by_no_row(world: World) -> None:
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    written = write_down(engine, store_of(world.app.extensions["settings"]), now, [ONE])
    sweep(world, TIME_TO_TAKE)
    with pytest.raises(Lost), writing(engine) as session:
        take(session, written)


def test_nothing_is_locked_while_a_worker_removes_files(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store may take long to answer: whoever writes meanwhile does not wait; what it refuses is tried again."""
    from webapp.documents import files as module

    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    store = store_of(world.app.extensions["settings"])
    written = write_down(engine, store, now, [ONE, ONE])
    asked: list[str] = []

    class Slow(Folder):
        def remove(self, name: str) -> None:
            with writing(engine, patience=timedelta()) as session:
                session.add(LooseFile(name=f"{len(asked)}", due_at=now + timedelta(days=1)))
            with pytest.raises(Lost), writing(engine) as session:
                take(session, [one for one in written if one.file == name])
            asked.append(name)
            if len(asked) == 2:
                raise OSError("no answer")
            super().remove(name)

    monkeypatch.setattr(
        module, "store_of", lambda _settings: Slow(world.app.extensions["settings"].var / "documents")
    )
    sweep(world, TIME_TO_TAKE)
    assert (len(asked), len(files(world)), rows(world)) == (2, 1, (0, 3))
    sweep(world, TIME_TO_TAKE)
    assert (len(asked), files(world), rows(world)) == (3, [], (0, 3))


def test_a_store_that_fails_half_way_leaves_no_row_and_no_file(world: World) -> None:
    class Failing(Folder):
        def write(self, name: str, data: bytes) -> None:
            if files(world):
                raise OSError("no room")
            super().write(name, data)

    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    with pytest.raises(OSError, match="no room"):
        write_down(engine, Failing(world.app.extensions["settings"].var / "documents"), now, [ONE] * 3)
    sweep(world, TIME_TO_TAKE)
    assert (files(world), rows(world)) == ([], (0, 0))


def test_thirty_days_in_the_bin_then_gone_with_the_file(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Reste", "Va")
    address = walks.first(world)
    world.walker.open(address).send(action=f"{address}/supprimer")
    sweep(world, KEPT_IN_BIN - timedelta(seconds=1))
    assert (len(files(world)), rows(world)) == (2, (2, 0))
    sweep(world, KEPT_IN_BIN)
    sweep(world, KEPT_IN_BIN)
    assert (len(files(world)), rows(world)) == (1, (1, 0))
    assert len(shown(world)) == 1


def test_documents_and_files_go_with_the_space_that_is_erased(world: World) -> None:
    account.make_account(world)
    account.make_account(world, account.PARENT, identifier="nadia.belombriere")
    walks.put(world, "Un", "Deux")
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    with writing(engine) as session:
        gone, stays = session.scalars(select(Document.beneficiary_id).distinct()).all()
        erase_documents(session, now, [gone])
    sweep(world)
    with reading(engine) as session:
        assert set(session.scalars(select(Document.beneficiary_id))) == {stays}
    assert (len(files(world)), rows(world)) == (2, (2, 0))


def test_documents_of_somebody_who_turns_out_to_be_somebody_else_are_theirs(
    registry: Registry, two: tuple[UUID, UUID]
) -> None:
    hers, his = two
    store = Folder(registry.folder / "documents")
    written = write_down(registry.engine, store, registry.clock, [ONE])[0]
    with writing(registry.engine) as session:
        take(session, [written])
        session.add(
            Document(
                id=written.document_id,
                beneficiary_id=his,
                category="10",
                dated_on=registry.clock.date(),
                sealed=current_vault().seal("documents", written.document_id, {"name": "Carnet"}),
                media=Media.TEXT,
                size=9,
                file=written.file,
                account_id=his,
                added_at=registry.clock,
            )
        )
    merge(registry)
    with writing(registry.engine) as session:
        assert [merged.carry_over(session, registry.clock) for _ in range(2)] == [1, 0]
        row = session.scalars(select(Document)).one()
        assert row.beneficiary_id == hers
        assert read_file(store, row.id, row.file) == b"Ferritine"


@pytest.mark.one_database("what lies in the folder")
def test_a_file_opens_for_its_own_row_only_and_not_when_it_was_altered(world: World) -> None:
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    store = store_of(world.app.extensions["settings"])
    one, other = write_down(engine, store, now, [ONE, ONE])
    assert read_file(store, one.document_id, one.file) == b"Ferritine"
    with pytest.raises(CannotUnseal):
        read_file(store, one.document_id, other.file)
    path = next(path for path in files(world) if path.name == one.file)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(CannotUnseal):
        read_file(store, one.document_id, one.file)


@pytest.mark.one_database("the same rows on both")
def test_a_file_that_is_gone_is_no_fault(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Perdu")
    for path in files(world):
        path.unlink()
    address = walks.first(world)
    assert world.walker.open(f"{address}/fichier").status == 404
    assert "ne peut plus être lu" in world.walker.open(address).page.text
    world.walker.send(action=f"{address}/supprimer")
    assert "dans la corbeille" in world.walker.page.text
    sweep(world)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A real server of that protocol, and the address of a bucket in it."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                made = requests.put(f"http://127.0.0.1:{port}/coffre", timeout=5)
                assert made.status_code == 200
                break
            except requests.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield f"s3://une:cl%C3%A9@coffre/dossier?endpoint=http://127.0.0.1:{port}&region=eu-west-3"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.xdist_group("s3"))])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each kind of store."""
    if request.param == "folder":
        return Folder(tmp_path / "documents")
    from webapp.documents import storage

    found = storage._s3(request.getfixturevalue("s3"))
    assert isinstance(found, Bucket)
    return found


def test_a_store_keeps_what_it_is_given_and_forgets_what_it_is_told(store: Store) -> None:
    names = [new_file_name() for _ in range(3)]
    for number, name in enumerate(names):
        store.write(name, bytes([number]) * 3_000_000)
    assert [store.read(name) for name in names] == [bytes([number]) * 3_000_000 for number in range(3)]
    for _twice in range(2):
        store.remove(names[0])
    with pytest.raises(Missing):
        store.read(names[0])
    assert store.read(names[1])


@pytest.mark.one_database("where files lie is no affair of the database")
@pytest.mark.xdist_group("s3")
def test_everything_goes_to_s3_when_it_is_set(world: World, s3: str) -> None:
    settings = world.app.extensions["settings"].with_changes(documents_url=s3)
    world.app.extensions["settings"], before = settings, world.app.extensions["settings"]
    try:
        walks.enter(world)
        walks.send(world, ("Carnet.txt", b"Ferritine"))
        address = walks.first(world)
        assert world.walker.open(f"{address}/fichier").body == "Ferritine"
        assert files(world) == []
        assert checked(settings).good, checked(settings).says
        world.walker.open(address).send(action=f"{address}/supprimer")
        with reading(world.app.extensions["engine"]) as session:
            name = session.scalars(select(Document.file)).one()
        store = store_of(settings)
        assert b"Ferritine" not in store.read(name)
        sweep(world, KEPT_IN_BIN)
        sweep(world, KEPT_IN_BIN)
        with pytest.raises(Missing):
            store.read(name)
        with reading(world.app.extensions["engine"]) as session:
            assert session.scalar(select(func.count()).select_from(LooseFile)) == 0
    finally:
        world.app.extensions["settings"] = before


def test_the_doctor_says_what_is_wrong_with_the_store(tmp_path: Path, keys: Any) -> None:
    from webapp.config import Settings

    good = Settings(database_url="sqlite:///x", keys=keys, var=tmp_path)
    assert checked(good).good
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "documents").write_text("a file where a folder should be")
    assert not checked(good).good
    nowhere = f"s3://a:secret@b/c?endpoint=http://127.0.0.1:{free_port()}"
    wrong = checked(good.with_changes(documents_url=nowhere))
    assert not wrong.good
    assert "secret" not in wrong.says
