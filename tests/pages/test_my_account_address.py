"""Another e-mail address or telephone: proven by its code, told to the former ones, and never the last one removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.crowd import hidden
from tests.support.my_account import EMAIL, OLD, PHONE, ask, known, letters, reset_code, told
from tests.support.people import another_browser, enter, events
from webapp.account import walks
from webapp.journal.events import Event
from webapp.my_account.walks import NEW_EMAIL, NEW_PHONE, address_code, move
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what the database decides is in test_my_account_races.py")


def test_another_email_address(proven: World) -> None:
    code = ask(proven)
    assert told(proven, "new-address-code") == [NEW_EMAIL]
    assert NEW_EMAIL in proven.walker.page.text
    assert "Rien ne change avant que j’entre ce code" in proven.walker.page.text
    assert known(proven).email == OLD[1]
    assert told(proven, "email-changed") == []
    proven.walker.send(code=f" {code[:3]} {code[3:]}")
    assert (proven.walker.address, proven.walker.status) == (f"{EMAIL}/fait", 200)
    assert (known(proven).email, known(proven).phone) == (NEW_EMAIL, OLD[0])
    assert told(proven, "email-changed") == OLD
    assert events(proven)[-1] == Event.EMAIL_CHANGED
    assert NEW_EMAIL not in proven.walker.body  # masked from now on
    told_there = proven.walker.open("/compte/activite").page.text
    assert "Adresse e-mail changée" in told_there
    assert "ou retirée" not in told_there
    other = another_browser(proven)
    walks.give_password(other)
    assert told(proven, "access-code")[-1] == NEW_EMAIL


def test_another_telephone(proven: World) -> None:
    proven.walker.open(PHONE).send(phone=NEW_PHONE)
    assert told(proven, "new-address-code") == ["+33799990066"]
    proven.walker.send(code=address_code(proven))
    assert proven.walker.address == f"{PHONE}/fait"
    assert (known(proven).email, known(proven).phone) == (OLD[1], "+33799990066")
    assert told(proven, "phone-changed") == OLD
    assert events(proven)[-1] == Event.PHONE_CHANGED


def test_a_first_telephone_is_said_to_be_added(world: World) -> None:
    walks.make_account(world, phone=False)
    enter(world)
    assert "n’a pas de numéro" in world.walker.open(PHONE).page.text
    world.walker.send(phone=NEW_PHONE)
    world.walker.send(code=address_code(world))
    (letter,) = letters(world, "phone-changed")
    assert letter["to"] == OLD[1]
    assert "a été ajouté le" in letter["text"]


def test_addresses_that_will_not_do(proven: World) -> None:
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
        proven.walker.open(path).send(**{field: typed})
        assert proven.walker.status == 422, typed
        assert proven.walker.page.title.startswith("Erreur"), typed
        assert "Il y a une erreur" in proven.walker.page.text
    assert letters(proven, "new-address-code") == []


def test_whether_somebody_else_has_it_is_never_said(proven: World) -> None:
    walks.make_account(proven, walks.PARENT, identifier="quelquun.85")
    pages = []
    for address in ("nadia.belombriere@example.org", NEW_EMAIL):
        code = ask(proven, address)
        pages.append(proven.walker.page.text.replace(address, ""))
        proven.walker.send(code=code)
        assert proven.walker.address == f"{EMAIL}/fait"
        move(proven, email=OLD[1])
    assert pages[0] == pages[1]


def test_codes_on_their_way_to_the_former_address_serve_no_more(proven: World) -> None:
    thief = another_browser(proven)
    walks.give_password(thief)
    stolen = walks.newest_access_code(proven.app.extensions["engine"])
    reset = another_browser(proven)
    reset.walker.open("/mot-de-passe-oublie").send(identifier=walks.IDENTIFIER)
    was_sent = reset_code(proven)
    code = ask(proven)
    proven.walker.send(code=code)
    assert known(proven).email == NEW_EMAIL
    thief.walker.send(code=stolen)
    assert thief.walker.open("/compte").address == "/connexion"
    reset.walker.send(code=was_sent)
    assert reset.walker.address == "/mot-de-passe-oublie/code"
    assert reset.walker.status == 422


def test_removing_one_of_two(proven: World) -> None:
    proven.walker.open(PHONE).send(action=f"{PHONE}/retirer")
    assert (proven.walker.address, known(proven).phone) == (f"{PHONE}/fait", None)
    assert told(proven, "phone-changed") == OLD
    assert all(
        "retiré" in (letter.get("text") or letter["sms"]) for letter in letters(proven, "phone-changed")
    )
    with pytest.raises(LookupError):
        proven.walker.open(EMAIL).send(action=f"{EMAIL}/retirer")
    token = hidden(proven.walker.body, "csrf_token")
    proven.walker.post(f"{EMAIL}/retirer", {"csrf_token": token})
    assert proven.walker.status == 422
    assert "la seule où mes codes arrivent" in proven.walker.page.text
    assert known(proven).email == OLD[1]
    proven.walker.post(f"{PHONE}/retirer", {"csrf_token": token})  # there is none any more: nothing to tell
    assert events(proven).count(Event.PHONE_CHANGED) == 1


def test_an_account_reached_where_the_insurer_says(proven: World) -> None:
    move(proven, email=None, phone=None)
    page = proven.walker.open(EMAIL).page.text
    assert "là où ma caisse peut me joindre" in page
    assert "c•••••@e•••••.org" in page
    proven.walker.send(email=NEW_EMAIL)
    proven.walker.send(code=address_code(proven))
    assert known(proven).email == NEW_EMAIL
    assert told(proven, "email-changed") == OLD


def test_nothing_is_written_in_clear(proven: World, caplog: pytest.LogCaptureFixture) -> None:
    code = ask(proven)
    proven.walker.send(code=walks.another(code))
    proven.walker.send(code=code)
    engine = proven.app.extensions["engine"]
    file = Path(str(engine.url.database))
    stored = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    for clear in (NEW_EMAIL, NEW_EMAIL.partition("@")[0], code):
        assert clear.encode() not in stored
        assert clear not in caplog.text
