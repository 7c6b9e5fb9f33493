"""Another e-mail address or telephone: proven by its code, told to the former ones, and never the last one removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.crowd import hidden
from tests.support.my_account import (
    EMAIL,
    OLD,
    PHONE,
    another_browser,
    ask,
    enter,
    events,
    known,
    letters,
    reset_code,
    told,
)
from webapp.account import walks
from webapp.journal.events import Event
from webapp.my_account.walks import NEW_EMAIL, NEW_PHONE, address_code, move
from webapp.web.states import World


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here; what the database decides is in test_my_account_races.py."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def inside(world: World) -> World:
    """Somebody signed in, who gave the password again."""
    walks.make_account(world)
    enter(world)
    return world


def test_another_email_address(inside: World) -> None:
    code = ask(inside)
    assert told(inside, "new-address-code") == [NEW_EMAIL]
    assert NEW_EMAIL in inside.walker.page.text
    assert "Rien ne change avant que j’entre ce code" in inside.walker.page.text
    assert known(inside).email == OLD[1]
    assert told(inside, "email-changed") == []
    inside.walker.send(code=f" {code[:3]} {code[3:]}")
    assert (inside.walker.address, inside.walker.status) == (f"{EMAIL}/fait", 200)
    assert (known(inside).email, known(inside).phone) == (NEW_EMAIL, OLD[0])
    assert told(inside, "email-changed") == OLD
    assert events(inside)[-1] == Event.EMAIL_CHANGED
    assert NEW_EMAIL not in inside.walker.body  # masked from now on
    other = another_browser(inside)
    walks.give_password(other)
    assert told(inside, "access-code")[-1] == NEW_EMAIL


def test_another_telephone(inside: World) -> None:
    inside.walker.open(PHONE).send(phone=NEW_PHONE)
    assert told(inside, "new-address-code") == ["+33799990066"]
    inside.walker.send(code=address_code(inside))
    assert inside.walker.address == f"{PHONE}/fait"
    assert (known(inside).email, known(inside).phone) == (OLD[1], "+33799990066")
    assert told(inside, "phone-changed") == OLD
    assert events(inside)[-1] == Event.PHONE_CHANGED


def test_a_first_telephone_is_said_to_be_added(world: World) -> None:
    walks.make_account(world, phone=False)
    enter(world)
    assert "n’a pas de numéro" in world.walker.open(PHONE).page.text
    world.walker.send(phone=NEW_PHONE)
    world.walker.send(code=address_code(world))
    (letter,) = letters(world, "phone-changed")
    assert letter["to"] == OLD[1]
    assert "a été ajouté le" in letter["text"]


def test_addresses_that_will_not_do(inside: World) -> None:
    for path, field, typed in (
        (EMAIL, "email", ""),
        (EMAIL, "email", "camille@"),
        (EMAIL, "email", "camille@example.org\nBcc: a@b.fr"),
        (EMAIL, "email", "x" * 250 + "@example.org"),
        (EMAIL, "email", OLD[1]),
        (EMAIL, "email", OLD[1].title()),
        (PHONE, "phone", ""),
        (PHONE, "phone", "01 23 45 67 89"),
        (PHONE, "phone", "07 99"),
        (PHONE, "phone", "0" * 5000),
        (PHONE, "phone", "07 99 99 00 01"),
    ):
        inside.walker.open(path).send(**{field: typed})
        assert inside.walker.status == 422, typed
        assert inside.walker.page.title.startswith("Erreur"), typed
        assert "Il y a une erreur" in inside.walker.page.text
    assert letters(inside, "new-address-code") == []


def test_whether_somebody_else_has_it_is_never_said(inside: World) -> None:
    walks.make_account(inside, walks.PARENT, identifier="quelquun.85")
    pages = []
    for address in ("nadia.belombriere@example.org", NEW_EMAIL):
        code = ask(inside, address)
        pages.append(inside.walker.page.text.replace(address, ""))
        inside.walker.send(code=code)
        assert inside.walker.address == f"{EMAIL}/fait"
        move(inside, email=OLD[1])
    assert pages[0] == pages[1]


def test_codes_on_their_way_to_the_former_address_serve_no_more(inside: World) -> None:
    thief = another_browser(inside)
    walks.give_password(thief)
    stolen = walks.newest_access_code(inside.app.extensions["engine"])
    reset = another_browser(inside)
    reset.walker.open("/mot-de-passe-oublie").send(identifier=walks.IDENTIFIER)
    was_sent = reset_code(inside)
    code = ask(inside)
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL
    thief.walker.send(code=stolen)
    assert thief.walker.open("/compte").address == "/connexion"
    reset.walker.send(code=was_sent)
    assert reset.walker.address == "/mot-de-passe-oublie/code"
    assert reset.walker.status == 422


def test_removing_one_of_two(inside: World) -> None:
    inside.walker.open(PHONE).send(action=f"{PHONE}/retirer")
    assert (inside.walker.address, known(inside).phone) == (f"{PHONE}/fait", None)
    assert told(inside, "phone-changed") == OLD
    assert all(
        "retiré" in (letter.get("text") or letter["sms"]) for letter in letters(inside, "phone-changed")
    )
    with pytest.raises(LookupError):
        inside.walker.open(EMAIL).send(action=f"{EMAIL}/retirer")
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{EMAIL}/retirer", {"csrf_token": token})
    assert inside.walker.status == 422
    assert "la seule où mes codes arrivent" in inside.walker.page.text
    assert known(inside).email == OLD[1]
    inside.walker.post(f"{PHONE}/retirer", {"csrf_token": token})  # there is none any more: nothing to tell
    assert events(inside).count(Event.PHONE_CHANGED) == 1


def test_an_account_reached_where_the_insurer_says(inside: World) -> None:
    move(inside, email=None, phone=None)
    page = inside.walker.open(EMAIL).page.text
    assert "là où ma caisse peut me joindre" in page
    assert "c•••••@e•••••.org" in page
    inside.walker.send(email=NEW_EMAIL)
    inside.walker.send(code=address_code(inside))
    assert known(inside).email == NEW_EMAIL
    assert told(inside, "email-changed") == OLD


def test_nothing_is_written_in_clear(inside: World, caplog: pytest.LogCaptureFixture) -> None:
    code = ask(inside)
    inside.walker.send(code=walks.another(code))
    inside.walker.send(code=code)
    engine = inside.app.extensions["engine"]
    file = Path(str(engine.url.database))
    stored = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    for clear in (NEW_EMAIL, NEW_EMAIL.partition("@")[0], code):
        assert clear.encode() not in stored
        assert clear not in caplog.text
