"""Documents, through the front: added, found, read, hidden, deleted, taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.crowd import client_of
from tests.support.people import events
from webapp.db.work import reading
from webapp.documents import walks
from webapp.documents.models import Document, LooseFile
from webapp.documents.rules import LEAST_COUNTED, Media
from webapp.web.states import World

DOCUMENTS, ADD = walks.DOCUMENTS, f"{walks.DOCUMENTS}/ajouter"
TEXT = ("Bilan de mars.TXT", walks.TEXT.encode())


def shown(world: World, address: str = DOCUMENTS) -> list[str]:
    """The names in a list, in order."""
    body = world.walker.open(address).body.partition("<main")[2]
    return re.findall(r'<a href="/documents/[0-9a-f-]{36}"><span>([^<]+)<', body)


def rows(world: World) -> tuple[int, int]:
    """How many documents there are, and how many loose files."""
    with reading(world.app.extensions["engine"]) as session:
        count = [session.scalar(select(func.count()).select_from(one)) or 0 for one in (Document, LooseFile)]
    return count[0], count[1]


def files(world: World) -> list[Path]:
    """The files of the folder."""
    folder = world.app.extensions["settings"].var / "documents"
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_several_files_are_added_at_once_under_their_names(world: World) -> None:
    walks.enter(world)
    walks.send(world, TEXT, ("genou.png", walks.picture()), ("IRM.pdf", walks.pdf()), dated="12/3/2024")
    assert world.walker.address == DOCUMENTS
    assert "3 documents sont ajoutés." in world.walker.page.text
    assert sorted(shown(world)) == ["Bilan de mars", "IRM", "genou"]
    assert world.walker.page.text.count("12 mars 2024") == 3
    assert world.walker.page.text.count("ajouté par moi") == 3
    assert rows(world) == (3, 0)
    assert events(world).count("document:added") == 1
    for path in files(world):
        assert b"Ferritine" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.one_database("names are made before it")
def test_files_under_one_name_are_numbered(world: World) -> None:
    walks.enter(world)
    walks.send(world, TEXT, TEXT, name="Carnet")
    assert sorted(shown(world)) == ["Carnet (1)", "Carnet (2)"]
    walks.send(world, TEXT, name="Seul")
    assert "Seul" in shown(world)


@pytest.mark.one_database("decided before it")
def test_what_can_be_kept_is_kept_and_the_rest_is_said(world: World) -> None:
    walks.enter(world)
    walks.send(
        world, TEXT, ("vacances.zip", b"PK\x03\x04"), ("photo.heic", b"\0\0\0\x18ftypheic" + bytes(20))
    )
    text = world.walker.page.text
    assert "C’est ajouté." in text
    assert "2 fichiers n’ont pas été ajoutés" in text
    assert "vacances.zip : c’est un dossier compressé" in text
    assert "photo.heic : ce format de photo (HEIC)" in text
    assert rows(world) == (1, 0)
    world.forward(timedelta(minutes=2))
    assert "n’ont pas été ajoutés" not in world.walker.open(DOCUMENTS).page.text
    walks.send(world, ("vacances.zip", b"PK\x03\x04"), ("vide.pdf", b""))
    assert world.walker.status == 422
    assert "Aucun de ces 2 fichiers n’est ajouté" in world.walker.page.text
    assert re.findall("<li>(vacances|vide)", world.walker.body) == ["vacances", "vide"]


@pytest.mark.one_database("nothing reaches it")
@pytest.mark.parametrize(
    ("sent", "fields", "says"),
    [
        ((), {}, "Choisissez au moins un fichier"),
        ((TEXT,), {"category": "77"}, "Choisissez une catégorie"),
        ((TEXT,), {"dated": "31/2/2024"}, "Écrivez un jour passé"),
        ((TEXT,), {"dated": "1/1/2031"}, "Écrivez un jour passé"),
        ((TEXT,), {"name": "x" * 121}, "Écrivez un nom plus court"),
        ((TEXT,) * 11, {}, "Choisissez 10 fichiers au plus à la fois"),
        ((("vide.pdf", b""),), {}, "le fichier est vide"),
        ((("grand.txt", b"a" * 100_001),), {}, "plus de 10 Mo"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_kept(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    sent: tuple[tuple[str, bytes], ...],
    fields: dict[str, str],
    says: str,
) -> None:
    monkeypatch.setattr("webapp.documents.cleaning.BIGGEST", 100_000)
    walks.enter(world)
    walks.send(world, *sent, **{"name": "Mon nom", **fields})
    assert world.walker.status == 422
    assert world.walker.page.title.startswith("Erreur")
    assert says in world.walker.page.text
    assert world.walker.form("files").fields["name"] in ("Mon nom", "x" * 121)
    assert rows(world) == (0, 0)
    assert files(world) == []


def test_a_space_that_is_full_says_so_kindly_and_nothing_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.documents.service.MOST_IN_SPACE", 3 * LEAST_COUNTED)
    walks.enter(world)
    walks.send(world, TEXT, TEXT)
    address = walks.first(world)
    world.walker.open(address).send(action=f"{address}/supprimer")
    walks.send(world, TEXT, TEXT, name="Mon nom")
    assert world.walker.status == 422
    assert "Il n’y a plus assez de place" in world.walker.page.text
    assert world.walker.form("files").fields["name"] == "Mon nom"
    assert (rows(world), len(files(world))) == ((2, 0), 2)
    walks.send(world, TEXT)
    assert (rows(world), len(files(world))) == ((3, 0), 3)


def test_a_space_that_was_filled_meanwhile_takes_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room is counted again in the transaction that would add; a worker removes what was written."""
    monkeypatch.setattr("webapp.documents.service.MOST_IN_SPACE", 0)
    monkeypatch.setattr("webapp.documents.views_add._has_room", lambda *_asked: True)
    walks.enter(world)
    walks.send(world, TEXT)
    assert world.walker.status == 422
    assert rows(world) == (0, 1)


@pytest.mark.one_database("files lie outside it")
@pytest.mark.parametrize(
    ("media", "type_", "sent"),
    [
        (Media.TEXT, "text/plain; charset=utf-8", walks.TEXT.encode),
        (Media.IMAGE, "image/jpeg", walks.picture),
        (Media.PDF, "application/pdf", None),
    ],
)
def test_a_file_is_read_and_downloaded_and_runs_nothing(
    world: World, media: Media, type_: str, sent: object
) -> None:
    walks.enter(world)
    walks.put(world, "Été : 2024 / <b>genou</b>", media=media)
    address = walks.first(world)
    assert world.walker.open(address).page.h1 == "Été : 2024 / <b>genou</b>"
    client = client_of(world)
    for act, how in (("fichier", "inline"), ("telecharger", "attachment")):
        answer = client.get(f"{address}/{act}")
        assert answer.content_type == type_
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith(f"{how}; filename")
        assert "/" not in answer.headers["Content-Disposition"].partition("''")[2]
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert ("sandbox" in policy) is not (media is Media.PDF and act == "fichier")
        if callable(sent):
            assert answer.data == sent()
    if media is Media.TEXT:
        assert "Ferritine 84 µg/L" in world.walker.page.text
    if media is Media.IMAGE:
        assert f'<img src="{address}/fichier"' in world.walker.body
        sparing = client.get(address, headers={"Save-Data": "on"}).text
        assert "<img" not in sparing
        assert ">Voir l’image</a>" in sparing


@pytest.mark.one_database("columns of a row")
def test_a_document_is_renamed_put_elsewhere_and_dated(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Scan0001")
    address = walks.first(world)
    world.walker.open(f"{address}/modifier").send(
        name="Ordonnance de lunettes", category="42", dated="3 2 2023"
    )
    assert world.walker.address == address
    text = world.walker.page.text
    assert "Ordonnance de lunettes" in text
    assert "Prescription" in text
    assert "3 février 2023" in text
    assert events(world)[-1] == "document:changed"
    world.walker.open(f"{address}/modifier").send(name="Ordonnance de lunettes")
    assert events(world).count("document:changed") == 1
    world.walker.open(f"{address}/modifier").send(name="", dated="")
    assert world.walker.status == 422
    assert "Ordonnance" not in "\n".join(path.read_bytes().decode("latin-1") for path in files(world))


@pytest.mark.one_database("one column of a row")
def test_it_is_hidden_from_professionals_and_shown_again(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Certificat")
    address = walks.first(world)
    world.walker.open(address).send(action=f"{address}/masquer")
    assert "Aucun professionnel" in world.walker.page.text
    assert "Masqué aux professionnels" in world.walker.open(DOCUMENTS).page.text
    world.walker.open(address).send(action=f"{address}/montrer")
    assert "Aucun professionnel" not in world.walker.page.text
    assert events(world)[-2:] == ["document:hidden", "document:shown"]


def test_it_is_deleted_taken_back_deleted_and_gone(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Radio")
    address = walks.first(world)
    world.walker.open(address).send(action=f"{address}/supprimer")
    assert "dans la corbeille, pour 30 jours" in world.walker.page.text
    assert shown(world) == []
    world.walker.open(DOCUMENTS).send(action=f"{address}/reprendre")
    assert shown(world) == ["Radio"]
    world.walker.open(address).send(action=f"{address}/supprimer")
    assert shown(world, f"{DOCUMENTS}/corbeille") == ["Radio"]
    assert "1er avril 2026" in world.walker.page.text
    world.walker.open(address)
    assert "sera effacé pour de bon" in world.walker.page.text
    assert "Aucun professionnel : il est dans la corbeille" in world.walker.page.text
    for act in ("modifier", "masquer", "supprimer"):
        token = world.walker.form("csrf_token").fields
        assert client_of(world).post(f"{address}/{act}", data=token).status_code == 404
    world.walker.open(address).send(action=f"{address}/reprendre")
    assert [one for one in events(world) if "deleted" in one or "restored" in one] == [
        "document:deleted",
        "document:restored",
    ] * 2
    assert rows(world) == (1, 0)


def test_documents_are_found_by_name_category_and_time(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Bilan d’été à Besançon", "Ordonnance", "Bilan sanguin", "Synthèse")  # 10, 11, 31, 42
    search = f"{DOCUMENTS}/recherche"
    for fields, found in (
        ({"words": "BESANCON ete"}, ["Bilan d’été à Besançon"]),
        ({"words": "bil"}, ["Bilan d’été à Besançon", "Bilan sanguin"]),
        ({"words": "ilan"}, []),
        ({"category": "31"}, ["Bilan sanguin"]),
        ({"words": "bilan", "category": "42"}, []),
        ({"dated": "1/2026"}, ["Ordonnance", "Bilan sanguin"]),
        ({"dated": "2/12/2025"}, ["Synthèse"]),
        ({"words": "bilan", "dated": "3/2026"}, ["Bilan d’été à Besançon"]),
    ):
        world.walker.open(search).send(**{"words": "", "category": "", "dated": "", **fields})
        assert world.walker.address == search
        assert shown(world, search) == found, fields
    world.walker.open(search).send(words="", category="", dated="")
    assert world.walker.status == 422
    world.walker.open(search).send(words="", dated="hier")
    assert "Écrivez une année" in world.walker.page.text


def test_lists_of_twenty_follow_each_other_newest_first(world: World) -> None:
    walks.enter(world)
    walks.put(world, count=45)
    names = shown(world)
    assert len(names) == 20
    for _ in range(2):
        world.walker.click("Voir plus ancien")
        assert world.walker.page.h1 == "Mes documents, suite"
        names += re.findall(r'36}"><span>|<span>([^<]+ \d+)<', world.walker.body.partition("<main")[2])
    assert [int(one.rsplit(" ", 1)[1]) for one in names] == list(range(1, 46))
    for place in ("hier", "", "0" * 32, "00000000-0000-7000-8000-000000000000"):
        for address in (DOCUMENTS, f"{DOCUMENTS}/corbeille"):
            assert client_of(world).get(f"{address}?avant={place}").status_code == 404


def test_a_list_goes_on_after_a_document_that_was_moved_meanwhile(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Un", "Deux", "Trois")
    place = walks.first(world)
    before = place.rpartition("/")[2]
    world.walker.open(place).send(action=f"{place}/supprimer")
    assert shown(world, f"{DOCUMENTS}?avant={before}") == ["Deux", "Trois"]
    other = walks.first(world)
    world.walker.open(other).send(action=f"{other}/supprimer")
    world.walker.open(place).send(action=f"{place}/reprendre")
    assert shown(world, f"{DOCUMENTS}/corbeille?avant={before}") == ["Deux"]
    assert world.walker.address == f"{DOCUMENTS}/corbeille"
