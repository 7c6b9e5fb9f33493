"""Mon compte: what it shows, another identifier, another password and what ends with the former one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.my_account import OLD, letters, reset_code, told
from tests.support.people import another_browser, enter, events, visits
from webapp.account import walks
from webapp.account.guard import password_is_right
from webapp.account.service import AccountView, set_password
from webapp.db.work import writing
from webapp.journal.events import Event
from webapp.my_account.walks import NEW_PASSWORD, move, register_protected
from webapp.web.states import World

IDENTIFIER, PASSWORD, REGISTRY = "/compte/identifiant", "/compte/mot-de-passe", "/compte/caisse"


pytestmark = pytest.mark.one_database("what the database decides is in test_my_account_races.py")


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    engine = world.app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_the_first_page_says_what_is_in_place(proven: World) -> None:
    text = proven.walker.open("/compte").page.text
    assert walks.IDENTIFIER in text
    assert "c•••••@e•••••.org" in text
    assert "camille.clairvernay@" not in text
    assert "1 appareil en ce moment" in text
    assert "En français" in text
    enter(another_browser(proven))
    assert "2 appareils en ce moment" in proven.walker.open("/compte").page.text


def test_every_line_leads_to_a_page(proven: World) -> None:
    wanted = {href for href, _words in proven.walker.open("/compte").page.links if href.startswith("/")}
    lines = {href for href in wanted if href.startswith("/compte/") or href == "/famille"}
    assert len(lines) >= 14
    for href in lines:
        assert proven.walker.open(href).status == 200, href


def test_four_queries_at_most(proven: World) -> None:
    for address in ("/compte", REGISTRY, "/compte/adresse-electronique", IDENTIFIER, PASSWORD):
        with statements(proven) as seen:
            assert proven.walker.open(address).status == 200
        assert len(seen) <= 4, (address, seen)


def test_another_identifier(proven: World) -> None:
    proven.walker.open(IDENTIFIER).send(identifier=" Camille.Nouvelle ")
    assert proven.walker.address == f"{IDENTIFIER}/fait"
    assert told(proven, "identifier-changed") == OLD
    assert events(proven)[-1] == Event.IDENTIFIER_CHANGED
    assert proven.walker.open("/compte").status == 200  # still signed in
    other = another_browser(proven)
    walks.give_password(other)
    assert other.walker.status == 422
    walks.give_password(other, identifier="camille.nouvelle")
    assert other.walker.address == "/connexion/code"


def test_an_identifier_that_will_not_do(proven: World) -> None:
    walks.make_account(proven, walks.PARENT, identifier="deja.pris")
    for identifier in ("", "court", "é" * 9, "x" * 65, "deux mots ici", "Deja.Pris"):
        proven.walker.open(IDENTIFIER).send(identifier=identifier)
        assert proven.walker.status == 422, identifier
        assert proven.walker.page.title.startswith("Erreur")
        assert proven.walker.form("identifier").fields["identifier"] == identifier
    assert told(proven, "identifier-changed") == []
    assert Event.IDENTIFIER_CHANGED not in events(proven)


def test_the_same_identifier_changes_nothing(proven: World) -> None:
    proven.walker.open(IDENTIFIER).send(identifier=walks.IDENTIFIER.upper())
    assert proven.walker.status == 422
    assert "C’est déjà mon identifiant" in proven.walker.page.text
    assert told(proven, "identifier-changed") == []


def test_another_password_ends_every_other_session(proven: World) -> None:
    other = another_browser(proven)
    walks.sign_in(other)
    assert other.walker.open("/compte").address == "/compte"
    proven.walker.open(PASSWORD).send(password=NEW_PASSWORD)
    assert (proven.walker.address, proven.walker.status) == (f"{PASSWORD}/fait", 200)
    assert told(proven, "password-changed") == OLD
    assert events(proven)[-1] == Event.PASSWORD_CHANGED
    assert other.walker.open("/compte").address == "/connexion"
    assert proven.walker.open("/compte").address == "/compte"
    walks.give_password(other)
    assert other.walker.status == 422
    other.walker.open("/connexion").send(identifier=walks.IDENTIFIER, password=NEW_PASSWORD, channel="email")
    assert other.walker.address == "/connexion/code"


def test_a_sign_in_begun_with_the_former_password_goes_no_further(proven: World) -> None:
    thief = another_browser(proven)
    walks.give_password(thief)
    code = walks.newest_access_code(proven.app.extensions["engine"])
    proven.walker.open(PASSWORD).send(password=NEW_PASSWORD)
    assert proven.walker.address == f"{PASSWORD}/fait"
    thief.walker.send(code=code)
    assert thief.walker.address == "/connexion"
    assert thief.walker.open("/compte").address == "/connexion"


@pytest.mark.parametrize("view", ["views_sign_in", "views_step_up"])
def test_a_password_that_changes_while_it_is_checked(
    proven: World, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of the former one takes a while, and is right: it opens nothing any more."""
    other, begun = another_browser(proven), len(letters(proven, "access-code"))
    if view == "views_step_up":
        walks.sign_in(other)
        begun += 1

    def check_slowly(found: AccountView, password: str) -> bool:
        right = password_is_right(found, password)
        with writing(proven.app.extensions["engine"]) as session:
            set_password(session, found.id, found.password_hash + "=")
        return right

    monkeypatch.setattr(f"webapp.account.{view}.password_is_right", check_slowly)
    if view == "views_sign_in":
        walks.give_password(other)
    else:
        walks.prove_again(other)
        assert other.walker.open(IDENTIFIER).address == "/compte/confirmation"
        other.walker.send(password=walks.PASSWORD)
    assert other.walker.status == 422
    assert len(letters(proven, "access-code")) == begun


def forgotten(world: World) -> str:
    """Ask for a new password as its owner would, and read the code that came."""
    world.walker.open("/mot-de-passe-oublie").send(identifier=walks.IDENTIFIER)
    return reset_code(world)


@pytest.mark.parametrize("entered", [False, True], ids=["code sent", "code proven"])
@pytest.mark.parametrize(
    ("address", "fields"),
    [(PASSWORD, {"password": NEW_PASSWORD}), (IDENTIFIER, {"identifier": "camille.nouvelle"})],
    ids=["password", "identifier"],
)
def test_a_code_of_a_forgotten_password_ends_too(
    proven: World, address: str, fields: dict[str, str], entered: bool
) -> None:
    thief = another_browser(proven)
    code = forgotten(thief)
    if entered:
        thief.walker.send(code=code)
        assert thief.walker.address == "/mot-de-passe-oublie/nouveau"
    proven.walker.open(address).send(**fields)
    assert proven.walker.address == f"{address}/fait"
    thief.walker.send(**({"password": "Autre-goéland-9"} if entered else {"code": code}))
    assert thief.walker.address not in ("/mot-de-passe-oublie/nouveau", "/mot-de-passe-oublie/fait") or (
        entered and thief.walker.status == 422
    )
    assert Event.PASSWORD_RESET not in events(proven)


def test_a_password_that_will_not_do(proven: World) -> None:
    for password in ("", "court", "Clairvernay-87!", "Clairvernay.1987", "x" * 5000, walks.PASSWORD):
        proven.walker.open(PASSWORD).send(password=password)
        assert proven.walker.status == 422, password
        assert proven.walker.page.title.startswith("Erreur")
        assert not password or password not in proven.walker.body
    assert "C’est déjà mon mot de passe" in proven.walker.page.text
    assert Event.PASSWORD_CHANGED not in events(proven)


def test_the_session_that_changes_the_password_takes_a_new_id(proven: World) -> None:
    before = visits(proven)
    proven.walker.open(PASSWORD)
    form = proven.walker.form("password").fields
    proven.walker.send(password=NEW_PASSWORD)
    proven.walker.post(
        PASSWORD, {**form, "password": NEW_PASSWORD}
    )  # sent twice: it goes where the first one went
    assert proven.walker.address == f"{PASSWORD}/fait"
    assert told(proven, "password-changed") == OLD
    assert len(visits(proven)) == len(before) == 1
    assert visits(proven) != before


def test_what_the_insurer_says(proven: World) -> None:
    text = proven.walker.open(REGISTRY).page.text.replace("\u00a0", " ").replace("\u202f", " ")
    for said in (
        "Camille Rose",
        "12 avril 1987",
        "Femme",
        "2 87 04 75 990 101",
        "CPAM",
        "Avec photo",
        "Code Insee 75",
    ):
        assert said in text, said
    assert "••••••••634" in text
    assert "Adresse postale" in text
    assert "40157829634" not in proven.walker.body
    assert "camille.clairvernay@" not in proven.walker.body
    assert "Les enfants" not in text


def test_the_children_whom_i_represent(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT,))
    enter(world)
    text = world.walker.open(REGISTRY).page.text.replace("\u00a0", " ")
    assert "Léo Belombrière" in text
    assert "Zoé Belombrière" in text
    assert "3 rue du Puits-Salé, 75011 Paris" in text
    assert "8 juin 2015" in text
    assert "1150675" not in world.walker.body.replace(" ", "")


def test_an_adult_whom_i_represent_is_not_listed_but_told_who_does(world: World) -> None:
    from webapp.my_account.walks import PROTECTED

    register_protected(world)
    walks.make_account(world)
    enter(world)
    assert "Marie-Antoinette" not in world.walker.open(REGISTRY).page.text
    protected = another_browser(world)
    walks.make_account(protected, PROTECTED, identifier="marie.antoinette")
    walks.give_password(protected, identifier="marie.antoinette")
    protected.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    walks.prove_again(protected)
    assert "Camille Clairvernay" in protected.walker.open(REGISTRY).page.text


def test_an_account_made_with_the_card_of_a_child_shows_nothing_of_the_parent(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    move(world, email="quelquun@example.org", phone=None)
    enter(world)
    text = world.walker.open(REGISTRY).page.text
    assert "rien ne dit encore qu’il est à moi" in text
    for hidden in ("30 septembre 1985", "2 85 09", "Zoé", "CPAM"):
        assert hidden not in text.replace("\u00a0", " "), hidden


def test_nobody_who_is_not_signed_in_changes_anything(proven: World) -> None:
    stranger = another_browser(proven)
    token = stranger.walker.open("/connexion").form("identifier").fields["csrf_token"]
    for address, fields in (
        (IDENTIFIER, {"identifier": "autre.nom"}),
        (PASSWORD, {"password": NEW_PASSWORD}),
    ):
        stranger.walker.post(address, {"csrf_token": token, **fields})
        assert stranger.walker.address == "/connexion"
    assert {Event.IDENTIFIER_CHANGED, Event.PASSWORD_CHANGED}.isdisjoint(events(proven))


def test_identifiers_cannot_be_listed_nor_letters_be_sent_without_end(proven: World) -> None:
    walks.make_account(proven, walks.PARENT, identifier="quelquun.85")
    page = proven.walker.open(IDENTIFIER)
    for tried in range(40):
        page.send(identifier="quelquun.85" if tried % 2 else f"nom.numero.{tried}")
        if page.status == 429:
            break
        page.open(IDENTIFIER)
    assert (page.status, tried) == (429, 20)
    assert "Assez de changements" in page.page.text
    assert page.page.links[-1]
