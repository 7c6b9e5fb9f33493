"""Sending documents: too much, too many at once, by nobody any more, twice."""

from __future__ import annotations

import tempfile
import threading
from io import BytesIO

import pytest

from tests.pages.test_documents import ADD, DOCUMENTS, TEXT, files, rows
from tests.support.crowd import client_of
from tests.support.people import thief, token
from webapp.account import walks as account
from webapp.documents import walks
from webapp.documents.cleaning import Problem, Refused
from webapp.web.states import World


@pytest.mark.one_database("nothing reaches it")
def test_too_much_at_once_is_said_kindly_and_never_read_whole(world: World) -> None:
    walks.enter(world)
    answer = client_of(world).post(
        ADD,
        environ_overrides={"CONTENT_LENGTH": str(90 * 1024 * 1024)},
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "50\u00a0Mo" in answer.text
    assert f'href="{ADD}"' in answer.text
    other = client_of(world).post("/profil-medical/maladies", data={"name": "x" * 100_000})
    assert other.status_code == 413


@pytest.mark.one_database("nothing reaches it")
def test_files_of_many_people_at_once_leave_threads_for_other_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as are taken at once are being cleaned; one more is asked to come back, and other pages open."""
    from webapp.documents import views_add
    from webapp.web.uploads import TAKEN_AT_ONCE

    walks.enter(world)
    fields = {**world.walker.open(ADD).form("files").fields, "category": "90"}
    there, go = threading.Semaphore(0), threading.Event()
    seen = []

    def slow(_data: bytes, **_how: bool) -> None:
        there.release()
        go.wait(20)
        raise Refused(Problem.BROKEN)

    monkeypatch.setattr(views_add, "clean", slow)
    cookie = token(world)

    def send(number: int) -> None:
        files = (BytesIO(b"a"), f"{number}.txt")
        answer = thief(world, cookie).post(ADD, data={**fields, "once": "", "files": files})
        seen.append(answer.status_code)

    senders = [threading.Thread(target=send, args=(number,)) for number in range(TAKEN_AT_ONCE)]
    for one in senders:
        one.start()
    try:
        assert all(there.acquire(timeout=20) for _one in senders)
        answer = thief(world, cookie).post(ADD, data={**fields, "files": (BytesIO(b"a"), "a.txt")})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "Rien n’a été ajouté" in answer.text
        assert thief(world, cookie).get(DOCUMENTS).status_code == 200
    finally:
        go.set()
        for one in senders:
            one.join()
    assert seen == [422] * TAKEN_AT_ONCE
    assert (
        thief(world, cookie).post(ADD, data={**fields, "files": (BytesIO(b"a"), "a.txt")}).status_code == 422
    )


@pytest.mark.one_database("nothing reaches it")
def test_whoever_is_signed_in_no_more_is_sent_to_sign_in_whatever_is_sent(world: World) -> None:
    walks.enter(world)
    page = world.walker.open(ADD).form("files").fields
    world.forward(account.OVER)
    parts = {**page, "category": "90", "files": (BytesIO(b"x" * 300_000), "a.txt")}
    answer = client_of(world).post(ADD, data=parts)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/connexion?vers=/documents/ajouter")


def test_the_same_form_acts_once_and_with_another_file_again(world: World) -> None:
    """Whoever goes back and chooses another file sends another form, although the page is the same."""

    walks.enter(world)
    fields = world.walker.open(ADD).form("files").fields
    for data in (b"un", b"un", b"deux"):
        parts = {**fields, "category": "90", "files": (BytesIO(data), "a.txt")}
        assert client_of(world).post(ADD, data=parts).status_code == 303
    assert rows(world) == (2, 0)
    assert len(files(world)) == 2


@pytest.mark.one_database("it goes on the disk, not into it")
def test_a_large_file_waits_on_the_disk_in_no_readable_form(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_down = []

    class Watched(tempfile.SpooledTemporaryFile[bytes]):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            put_down.append(data)
            return super().write(data)

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Watched)
    walks.enter(world)
    text = b"".join(b"Ordonnance %07d\n" % number for number in range(100_000))
    fields = {**world.walker.open(ADD).form("files").fields, "category": "90"}
    answer = client_of(world).post(ADD, data={**fields, "files": (BytesIO(text), "longue.txt")})
    assert answer.status_code == 303
    on_the_disk = b"".join(put_down)
    assert len(on_the_disk) == len(text)
    assert b"Ordonnance" not in on_the_disk
    assert client_of(world).get(f"{walks.first(world)}/telecharger").data == text


@pytest.mark.one_database("nothing reaches it")
def test_forms_that_come_drop_by_drop_leave_threads_for_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.web import uploads

    none_left = threading.BoundedSemaphore(1)
    fields = world.walker.open("/connexion").form("password").fields
    monkeypatch.setattr(uploads, "_forms", none_left)
    monkeypatch.setattr(uploads, "FORM_PATIENCE", 0.01)
    with none_left:
        answer = client_of(world).post("/connexion", data=fields)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        slow = {**fields, "identifier": "Une phrase qui se recopie"}
        answer = client_of(world).post("/connexion", data=slow, headers={"Sec-Fetch-Site": "same-origin"})
        assert slow["identifier"] not in answer.text, "it was waited for all the same"
        for ask in (client_of(world).post, client_of(world).get):  # they do not say how long they are
            answer = ask(
                "/connexion", input_stream=BytesIO(), content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code == 503
        assert client_of(world).get("/connexion").status_code == 200
    assert client_of(world).post("/connexion", data=fields).status_code == 422


@pytest.mark.one_database("a category is chosen before it")
def test_files_without_a_category_are_kept_and_it_is_said(world: World) -> None:
    """Sending them took minutes on a slow network: they are not asked for again for that."""
    walks.enter(world)
    walks.send(world, TEXT, category="")
    assert "Sans catégorie choisie, il est rangé dans « Autres documents" in world.walker.page.text
    world.walker.click("Choisir sa catégorie")
    assert '<option value="90" selected>' in world.walker.body
    walks.send(world, TEXT, TEXT, category="")
    assert "Sans catégorie choisie, ils sont rangés" in world.walker.page.text
