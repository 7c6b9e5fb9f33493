"""How I am written to: language and notices chosen through the page, and what then leaves."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from webapp.account import walks
from webapp.account.service import account_named, change
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process

LETTERS = "/compte/lettres"
NOTICE = "new-sign-in"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough: nothing here is decided by it."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def inside(world: World) -> World:
    """Somebody signed in for the first time."""
    walks.make_account(world)
    walks.sign_in(world)
    return world


def choose(world: World, *, language: str = "fr", notice: bool = True) -> None:
    fields = {
        name: value
        for name, value in world.walker.open(LETTERS).form("language").fields.items()
        if name != "notice_new_device"
    }
    wanted = {"notice_new_device": "y"} if notice else {}
    world.walker.post(LETTERS, {**fields, "language": language, **wanted})


def another_browser(world: World, agent: str = "") -> World:
    client = world.app.test_client()
    if agent:
        client.environ_base["HTTP_USER_AGENT"] = agent
    return World(walk_in_process(client), world.app, world.forward)


def sent(world: World, kind: str = NOTICE) -> list[str]:
    """The channels of the letters of a kind."""
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(OutboxRow.channel).where(OutboxRow.kind == kind)))


def written_down(world: World, event: Event) -> int:
    with reading(world.app.extensions["engine"]) as session:
        found = select(JournalEntry.seq).where(JournalEntry.event == str(event))
        return len(session.scalars(found).all())


def letter(world: World, kind: str) -> dict[str, Any]:
    return walks.newest_letter(world.app.extensions["engine"], kind)


def test_a_choice_is_kept_and_said_once(inside: World) -> None:
    form = inside.walker.open(LETTERS).form("language")
    assert form.fields["language"] == "fr"
    assert form.fields["notice_new_device"] == "y"
    choose(inside, language="en", notice=False)
    assert inside.walker.address == LETTERS
    assert "C’est enregistré. Mes prochaines lettres seront en anglais." in inside.walker.page.text
    form = inside.walker.form("language")
    assert form.fields["language"] == "en"
    assert "notice_new_device" not in form.fields
    inside.forward(walks.OVER / 4)
    assert "enregistré" not in inside.walker.open(LETTERS).page.text
    assert written_down(inside, Event.PREFERENCES_CHANGED) == 1
    choose(inside, language="en", notice=False)
    assert "C’est enregistré" in inside.walker.page.text
    assert written_down(inside, Event.PREFERENCES_CHANGED) == 1


def test_letters_are_then_in_english(inside: World) -> None:
    choose(inside, language="en")
    inside.walker.send(action="/deconnexion")
    walks.sign_in(inside)
    assert inside.walker.address == "/accueil"
    assert letter(inside, "access-code")["subject"] == "Your sign-in code – Mon espace santé"
    inside.walker.send(action="/deconnexion")
    walks.give_password(inside, channel="sms")
    assert "Sign-in code:" in letter(inside, "access-code")["sms"]
    choose_code = walks.newest_access_code(inside.app.extensions["engine"])
    inside.walker.send(code=choose_code)
    choose(inside, language="fr")
    inside.walker.send(action="/deconnexion")
    walks.give_password(inside)
    assert letter(inside, "access-code")["subject"].startswith("Votre code d’accès")


@pytest.mark.parametrize("language", ["de", "", "FR", "../fr"])
def test_a_language_that_nobody_writes_is_refused(inside: World, language: str) -> None:
    choose(inside, language=language)
    assert inside.walker.status == 422
    assert "Choisissez une langue" in inside.walker.page.text
    assert written_down(inside, Event.PREFERENCES_CHANGED) == 0


def test_whoever_is_not_signed_in_chooses_nothing(inside: World) -> None:
    stranger = another_browser(inside)
    assert stranger.walker.open(LETTERS).address == "/connexion"
    token = stranger.walker.form("identifier").fields["csrf_token"]
    stranger.walker.post(LETTERS, {"csrf_token": token, "language": "en"})
    assert stranger.walker.address == "/connexion"
    assert written_down(inside, Event.PREFERENCES_CHANGED) == 0


def test_a_sign_in_from_a_new_browser_is_told_by_e_mail(inside: World) -> None:
    assert sent(inside) == []  # the very first one tells nothing new
    inside.walker.send(action="/deconnexion")
    walks.sign_in(inside)
    assert sent(inside) == []  # nor does the same browser
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
    other = another_browser(inside, agent)
    walks.sign_in(other)
    assert sent(inside) == ["email"]
    told = letter(inside, NOTICE)
    assert "avec Firefox sur Android" in told["text"]
    assert "2\u00a0mars 2026 à 10\u202fh\u202f30" in told["text"]
    other.walker.send(action="/deconnexion")
    walks.sign_in(other)
    assert sent(inside) == ["email"]


def test_it_is_told_by_sms_when_there_is_no_e_mail(inside: World) -> None:
    with writing(inside.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, email=None)
    walks.sign_in(another_browser(inside), channel="sms")
    assert sent(inside) == ["sms"]


def test_whoever_declined_is_not_told(inside: World) -> None:
    choose(inside, notice=False)
    walks.sign_in(another_browser(inside))
    assert sent(inside) == []


def test_a_shared_computer_is_new_each_time(inside: World) -> None:
    for count in (1, 2):
        shared = another_browser(inside)
        shared.walker.open("/").post(
            "/ordinateur-partage", {**shared.walker.page.forms[0].fields, "shared": "y"}
        )
        walks.sign_in(shared)
        assert shared.walker.address == "/accueil"
        assert len(sent(inside)) == count


def test_a_known_network_is_not_told(inside: World) -> None:
    def from_home() -> World:
        client = inside.app.test_client()
        client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        return World(walk_in_process(client), inside.app, inside.forward)

    walks.sign_in(from_home())
    assert len(sent(inside)) == 1
    walks.sign_in(from_home())
    assert len(sent(inside)) == 1


def test_a_page_opened_again_writes_nothing(inside: World) -> None:
    before = written_down(inside, Event.PREFERENCES_CHANGED)
    for _ in range(2):
        assert inside.walker.open(LETTERS).status == 200
    assert written_down(inside, Event.PREFERENCES_CHANGED) == before
