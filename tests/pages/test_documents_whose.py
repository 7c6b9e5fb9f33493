"""Documents are only for whoever is in their space: every address with an id × every role."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from tests.pages.test_documents import shown
from tests.support.crowd import client_of, hidden
from tests.support.people import another_browser
from webapp.account import walks as account
from webapp.account.models import AccountSpace
from webapp.db.work import reading, writing
from webapp.documents import walks
from webapp.documents.models import Document
from webapp.family import walks as family
from webapp.web.states import World

DOCUMENTS = walks.DOCUMENTS
UNKNOWN = f"{DOCUMENTS}/00000000-0000-7000-8000-000000000000"
PAGES = ("", "/fichier", "/telecharger", "/modifier")
ACTS = ("modifier", "masquer", "montrer", "supprimer", "reprendre")


def everything(world: World) -> list[tuple[object, ...]]:
    """Every document as it stands."""
    with reading(world.app.extensions["engine"]) as session:
        columns = (Document.id, Document.sealed, Document.hidden, Document.deleted_at, Document.category)
        return [tuple(row) for row in session.execute(select(*columns).order_by(Document.id))]


def kept_out(client: FlaskClient, addresses: list[str]) -> None:
    """Neither read nor changed, and nothing tells what is there from what is not."""
    token = hidden(client.get("/compte").text, "csrf_token")
    said = {"csrf_token": token, "name": "Volé", "category": "10", "dated": "1/1/2020"}
    for address in (*addresses, UNKNOWN):
        for page in PAGES:
            assert client.get(address + page).status_code == 404
        for place in ("", "/corbeille"):
            assert client.get(f"{DOCUMENTS}{place}?avant={address.rpartition('/')[2]}").status_code == 404
        for act in ACTS:
            assert client.post(f"{address}/{act}", data=said).status_code == 404


def test_every_document_is_only_for_whoever_is_in_its_space(world: World) -> None:
    walks.enter(world)
    walks.put(world, "À moi", "À la corbeille")
    binned = walks.first(world)
    world.walker.open(binned).send(action=f"{binned}/supprimer")
    addresses = [walks.first(world), binned]
    account.make_account(
        world, account.PARENT, identifier="nadia.belombriere", opens=(account.PARENT, account.CHILD)
    )
    stranger, child, visitor = (another_browser(world) for _ in range(3))
    for one in (stranger, child):
        family.sign_in_as(one, "nadia.belombriere")
    family.go_in(child)
    before = everything(world)
    for who in (stranger, child):
        kept_out(client_of(who), addresses)
        assert shown(who) == shown(who, f"{DOCUMENTS}/corbeille") == []
        who.walker.open(f"{DOCUMENTS}/recherche").send(words="moi")
        assert shown(who, f"{DOCUMENTS}/recherche") == []
    client = client_of(visitor)
    token = hidden(client.get("/connexion").text, "csrf_token")
    signed_out = another_browser(world)
    family.sign_in_as(signed_out, account.IDENTIFIER)
    signed_out.walker.open("/deconnexion").send(action="/deconnexion")
    for browser in (client, client_of(signed_out)):
        for address in addresses:
            for page in PAGES:
                assert browser.get(address + page).headers["Location"].startswith("/connexion")
    for address in addresses:
        for act in ACTS:
            answer = client.post(f"{address}/{act}", data={"csrf_token": token})
            assert answer.headers["Location"].startswith("/connexion")
            assert client_of(world).post(f"{address}/{act}").status_code == 403
    parts = {"csrf_token": token, "category": "90", "files": (BytesIO(b"a"), "a.txt")}
    assert client.post(f"{DOCUMENTS}/ajouter", data=parts).headers["Location"].startswith("/connexion")
    assert everything(world) == before
    assert client_of(world).get(f"{addresses[0]}/fichier").status_code == 200


def test_a_guardian_keeps_a_child_s_documents_but_for_what_the_child_keeps(world: World) -> None:
    father = family.shared(world)
    for one in (world, father):
        family.go_in(one)
    walks.send(world, ("Carnet.txt", b"un"))
    address = walks.first(world)
    assert shown(father) == ["Carnet"]
    assert "Carnet" in father.walker.open("/accueil").page.text
    shown(father)
    assert "ajouté par un autre compte" in father.walker.page.text
    assert client_of(father).get(f"{address}/fichier").data == b"un"
    father.walker.open(address)
    assert "Supprimer" not in father.walker.page.text
    assert "lui seul peut le supprimer" in father.walker.page.text
    token = {"csrf_token": hidden(father.walker.body, "csrf_token")}
    assert client_of(father).post(f"{address}/supprimer", data=token).status_code == 404
    with writing(world.app.extensions["engine"]) as session:
        kept = session.scalars(select(Document)).one()
        kept.confidential = True
    for one in (world, father):
        assert shown(one) == []
        kept_out(client_of(one), [address])
    assert "Carnet" not in world.walker.open("/accueil").page.text


def test_a_frozen_space_takes_nothing_and_shows_what_it_holds(world: World) -> None:
    father = family.shared(world)
    family.go_in(world)
    walks.send(world, ("Carnet.txt", b"un"))
    address = walks.first(world)
    fields = world.walker.open(f"{DOCUMENTS}/ajouter").form("files").fields
    family.disagree(father)
    before = everything(world)
    parts = {**fields, "category": "90", "files": (BytesIO(b"a"), "a.txt")}
    assert client_of(world).post(f"{DOCUMENTS}/ajouter", data=parts).status_code == 409
    for act in ACTS:
        answer = client_of(world).post(f"{address}/{act}", data={"csrf_token": fields["csrf_token"]})
        assert answer.status_code == 409
    assert everything(world) == before
    assert world.walker.open(f"{DOCUMENTS}/ajouter").address == DOCUMENTS  # no files are asked for in vain
    assert client_of(world).get(f"{address}/fichier").data == b"un"
    assert "Supprimer" not in world.walker.open(address).page.text
    world.walker.open(f"{DOCUMENTS}/recherche").send(words="carnet")
    assert shown(world, f"{DOCUMENTS}/recherche") == ["Carnet"]


def test_a_freeze_that_comes_while_files_are_cleaned_is_met(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The space is looked at again, held, in the transaction that would add."""
    from webapp.documents import cleaning, views_add

    father = family.shared(world)
    family.go_in(world)

    def slow(data: bytes, **how: bool) -> object:
        family.disagree(father)
        return cleaning.clean(data, **how)

    monkeypatch.setattr(views_add, "clean", slow)
    walks.send(world, ("Carnet.txt", b"un"))
    assert world.walker.status == 409
    assert everything(world) == []


def test_a_guardian_who_is_none_any_more_once_files_are_cleaned_adds_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.documents import cleaning, views_add

    family.shared(world)
    family.go_in(world)

    def slow(data: bytes, **how: bool) -> object:
        with writing(world.app.extensions["engine"]) as session:
            session.execute(delete(AccountSpace).where(AccountSpace.role == "guardian"))
        return cleaning.clean(data, **how)

    monkeypatch.setattr(views_add, "clean", slow)
    walks.send(world, ("Carnet.txt", b"un"))
    assert world.walker.status == 404
    assert everything(world) == []


@pytest.mark.one_database("decided before it")
def test_a_closed_space_says_so(world: World) -> None:
    walks.enter(world)
    walks.put(world, "Carnet")
    address = walks.first(world)
    walks.close(world)
    for page in ("", "/ajouter", "/recherche", "/corbeille"):
        assert "espace est fermé" in world.walker.open(DOCUMENTS + page).page.text
    for page in PAGES:
        assert client_of(world).get(address + page).status_code == 404
    with reading(world.app.extensions["engine"]) as session:
        assert session.scalars(select(AccountSpace.role)).all() == ["holder"]
