"""Another e-mail address or telephone: proven by its code, told to the former ones, and never the last one removed."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.crowd import hidden
from webapp.account import walks
from webapp.account.service import AccountView, account_named
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.my_account.walks import NEW_EMAIL, NEW_PHONE, address_code, move
from webapp.web.states import World
from webapp.web.walker import walk_in_process

EMAIL, PHONE = "/compte/adresse-electronique", "/compte/telephone"
OLD = ["+33799990001", "camille.clairvernay@example.org"]


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


def enter(world: World) -> None:
    walks.sign_in(world)
    walks.prove_again(world)


def another_browser(world: World) -> World:
    return World(walk_in_process(world.app.test_client()), world.app, world.forward)


def known(world: World) -> AccountView:
    with reading(world.app.extensions["engine"]) as session:
        found = account_named(session, walks.IDENTIFIER)
    assert found is not None
    return found


def events(world: World) -> list[str]:
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))


def letters(world: World, kind: str) -> list[dict[str, Any]]:
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(
            select(OutboxRow.id, OutboxRow.sealed).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        ).all()
    return [current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed) for row in rows]


def told(world: World, kind: str) -> list[str]:
    """Where the letters of a kind went."""
    return sorted(letter["to"] for letter in letters(world, kind))


def ask(world: World, address: str = NEW_EMAIL) -> str:
    """Ask for another e-mail address, and read its code."""
    world.walker.open(EMAIL).send(email=address)
    assert world.walker.address == f"{EMAIL}/code", world.walker.page.text
    return address_code(world)


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


def test_a_wrong_code_then_the_right_one(inside: World) -> None:
    code = ask(inside)
    inside.walker.send(code="12")
    assert inside.walker.status == 422
    inside.walker.send(code=walks.another(code))
    assert inside.walker.status == 422
    assert "Il reste 4 essais" in inside.walker.page.text
    assert known(inside).email == OLD[1]
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL


def test_five_wrong_codes(inside: World) -> None:
    code = ask(inside)
    for _ in range(5):
        inside.walker.send(code=walks.another(code))
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Trop d’essais avec ce code")
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert inside.walker.status == 422
    assert known(inside).email == OLD[1]
    inside.walker.click("Recommencer")
    assert inside.walker.address == EMAIL


def test_an_expired_code(inside: World) -> None:
    code = ask(inside)
    inside.forward(timedelta(minutes=8))
    inside.walker.open("/compte")
    inside.forward(timedelta(minutes=8))
    walks.prove_again(inside)
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Ce code a expiré")
    assert "Rien n’a changé" in inside.walker.page.text
    assert known(inside).email == OLD[1]


def test_a_used_code_is_used(inside: World) -> None:
    code = ask(inside)
    form = inside.walker.form("code").fields
    inside.walker.send(code=code)
    inside.walker.post(f"{EMAIL}/code", {**form, "code": code})  # sent twice: where the first one went
    assert inside.walker.address == f"{EMAIL}/fait"
    move(inside, email=OLD[1])
    inside.walker.post(f"{EMAIL}/code", {"csrf_token": form["csrf_token"], "code": code})
    assert (inside.walker.status, inside.walker.page.h1) == (422, "Ce code a déjà servi")
    assert known(inside).email == OLD[1]
    assert told(inside, "email-changed") == OLD


def test_a_resend_kills_the_code_before_and_keeps_the_address(inside: World) -> None:
    old = ask(inside)
    inside.walker.send(action=f"{EMAIL}/code/renvoyer")
    assert "Un nouveau code est parti" in inside.walker.page.text
    assert told(inside, "new-address-code") == [NEW_EMAIL] * 2
    new = address_code(inside)
    inside.walker.send(code=old)
    assert inside.walker.status == 422
    inside.walker.send(code=new)
    assert known(inside).email == NEW_EMAIL


def test_the_address_proven_is_the_one_of_that_very_code(inside: World) -> None:
    first = ask(inside, "premiere@example.org")
    form = inside.walker.form("code").fields
    second = ask(inside, "deuxieme@example.org")
    inside.walker.post(f"{EMAIL}/code", {**form, "code": first, "email": "troisieme@example.org"})
    assert inside.walker.status == 422
    assert known(inside).email == OLD[1]
    inside.walker.post(
        f"{EMAIL}/code", {**form, "code": second, "email": "troisieme@example.org", "once": ""}
    )
    assert known(inside).email == "deuxieme@example.org"


def test_a_code_serves_for_its_own_kind_account_and_purpose_only(inside: World) -> None:
    code = ask(inside)
    token = hidden(inside.walker.body, "csrf_token")
    inside.walker.post(f"{PHONE}/code", {"csrf_token": token, "code": code})
    assert (inside.walker.address, known(inside).phone) == (PHONE, OLD[0])
    walks.make_account(inside, walks.PARENT, identifier="quelquun.85")
    other = another_browser(inside)
    walks.give_password(other, identifier="quelquun.85")
    other.walker.send(code=code)
    assert other.walker.status == 422  # it opens no session
    other.walker.send(code=walks.newest_access_code(inside.app.extensions["engine"]))
    walks.prove_again(other)
    token = hidden(other.walker.open(EMAIL).body, "csrf_token")
    other.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert other.walker.address == EMAIL
    assert known(inside).email == OLD[1]


def test_a_new_session_does_not_go_on_with_the_proof_of_another(inside: World) -> None:
    code = ask(inside)
    again = another_browser(inside)
    enter(again)
    assert again.walker.open(f"{EMAIL}/code").address == EMAIL
    token = hidden(again.walker.body, "csrf_token")
    again.walker.post(f"{EMAIL}/code", {"csrf_token": token, "code": code})
    assert known(inside).email == OLD[1]


def test_a_step_up_too_old_between_two_pages(inside: World) -> None:
    code = ask(inside)
    inside.forward(timedelta(minutes=10))
    inside.walker.send(code=code)
    assert inside.walker.address == "/compte/confirmation"
    assert known(inside).email == OLD[1]
    inside.walker.send(password=walks.PASSWORD)
    assert inside.walker.address == f"{EMAIL}/code"
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL


def test_codes_on_their_way_to_the_former_address_serve_no_more(inside: World) -> None:
    thief = another_browser(inside)
    walks.give_password(thief)
    stolen = walks.newest_access_code(inside.app.extensions["engine"])
    reset = another_browser(inside)
    reset.walker.open("/mot-de-passe-oublie").send(identifier=walks.IDENTIFIER)
    text = letters(inside, "password-reset")[-1]["text"]
    lines = (line.strip() for line in text.splitlines())
    reset_code = next(line for line in lines if len(line) == 14 and line.count(" ") == 2)
    code = ask(inside)
    inside.walker.send(code=code)
    assert known(inside).email == NEW_EMAIL
    thief.walker.send(code=stolen)
    assert thief.walker.open("/compte").address == "/connexion"
    reset.walker.send(code=reset_code)
    assert reset.walker.address == "/mot-de-passe-oublie/code"
    assert reset.walker.status == 422


def test_ten_codes_an_hour_all_together(inside: World) -> None:
    ask(inside)  # the second one: the first was to sign in
    for _ in range(8):
        inside.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
        assert inside.walker.status == 200
    inside.walker.open(f"{EMAIL}/code").send(action=f"{EMAIL}/code/renvoyer")
    assert inside.walker.status == 429
    inside.walker.open(PHONE).send(phone=NEW_PHONE)
    assert inside.walker.status == 429
    assert len(letters(inside, "new-address-code")) == 9


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
