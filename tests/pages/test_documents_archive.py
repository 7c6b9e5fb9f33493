"""Whoever takes everything along takes the documents themselves."""

from __future__ import annotations

import io
import json
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from tests.pages.test_documents import files
from tests.support.archive import ask
from webapp.account import walks as account
from webapp.documents import walks
from webapp.documents.rules import Media
from webapp.family import walks as family
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what is read is tested with what wrote it")


def archive(world: World) -> ZipFile:
    answer = ask(world)
    assert answer.status_code == 200
    found = ZipFile(io.BytesIO(answer.data))
    assert found.testzip() is None
    return found


def test_the_files_lie_beside_what_is_said_of_them(world: World) -> None:
    walks.enter(world)
    account.prove_again(world)
    walks.put(world, "Analyse / 2024", "Analyse / 2024")
    walks.put(world, "Radio", media=Media.IMAGE, hidden=True)
    address = walks.first(world)
    world.walker.open(address).send(action=f"{address}/supprimer")
    with archive(world) as zipped:
        said = json.loads(zipped.read("donnees.json"))["documents"]
        page = zipped.read("lisez-moi.html").decode()
        assert zipped.namelist()[2:] == [one["file"] for one in said]
        assert len(said) == len({one["file"] for one in said}) == 3
        assert sum(one["deleted_at"] is not None for one in said) == 1
        for one in said:
            whole = zipped.read(one["file"])
            assert whole == (walks.picture() if one["hidden"] else walks.TEXT.encode())
            assert f'<a href="{quote(one["file"])}">{one["file"]}</a>' in page
            assert one["file"].count("/") == 1


def test_a_file_that_cannot_be_read_is_said_to_be(world: World) -> None:
    walks.enter(world)
    account.prove_again(world)
    walks.put(world, "Perdu")
    for path in files(world):
        path.write_bytes(b"x" * 40)
    with archive(world) as zipped:
        assert [name for name in zipped.namelist() if "illisible" in name]


def test_a_guardian_takes_a_child_s_along_but_for_what_the_child_keeps(world: World) -> None:
    family.shared(world)
    account.prove_again(world)
    walks.put(world, "Carnet")
    walks.put(world, "Gardé", confidential=True)
    with archive(world) as zipped:
        said = json.loads(zipped.read("donnees.json"))["documents"]
    of_child = [one["name"] for one in said if "Ana" in one["space"]]
    assert set(of_child) == {"Carnet"}
    assert len([one for one in said if one["name"] == "Gardé"]) == 1  # one's own
