"""How I am written to: language and notices chosen through the page, and what then leaves."""

from __future__ import annotations

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


pytestmark = pytest.mark.one_database("nothing here is decided by it")


def choose(world: World, *, language: str = "fr", notice: bool = True) -> None:
    fields = {
        name: value
        for name, value in world.walker.open(LETTERS).form("language").fields.items()
        if not name.startswith("notice_")
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


def test_a_choice_is_kept_and_said_once(signed_in: World) -> None:
    form = signed_in.walker.open(LETTERS).form("language")
    assert form.fields["language"] == "fr"
    assert form.fields["notice_new_device"] == "y"
    choose(signed_in, language="en", notice=False)
    assert signed_in.walker.address == LETTERS
    assert (
        "C’est enregistré. Les prochaines lettres de mon compte seront en anglais."
        in signed_in.walker.page.text
    )
    form = signed_in.walker.form("language")
    assert form.fields["language"] == "en"
    assert "notice_new_device" not in form.fields
    signed_in.forward(walks.OVER / 4)
    assert "enregistré" not in signed_in.walker.open(LETTERS).page.text
    assert written_down(signed_in, Event.PREFERENCES_CHANGED) == 1
    choose(signed_in, language="en", notice=False)
    assert "C’est enregistré" in signed_in.walker.page.text
    assert written_down(signed_in, Event.PREFERENCES_CHANGED) == 1


def test_letters_are_then_in_english(signed_in: World) -> None:
    choose(signed_in, language="en")
    signed_in.walker.send(action="/deconnexion")
    walks.sign_in(signed_in)
    assert signed_in.walker.address == "/bienvenue"
    assert letter(signed_in, "access-code")["subject"] == "Your sign-in code – Mon espace santé"
    signed_in.walker.send(action="/deconnexion")
    walks.give_password(signed_in, channel="sms")
    assert "Sign-in code:" in letter(signed_in, "access-code")["sms"]
    choose_code = walks.newest_access_code(signed_in.app.extensions["engine"])
    signed_in.walker.send(code=choose_code)
    choose(signed_in, language="fr")
    signed_in.walker.send(action="/deconnexion")
    walks.give_password(signed_in)
    assert letter(signed_in, "access-code")["subject"].startswith("Votre code d’accès")


@pytest.mark.parametrize("language", ["de", "", "FR", "../fr"])
def test_a_language_that_nobody_writes_is_refused(signed_in: World, language: str) -> None:
    choose(signed_in, language=language)
    assert signed_in.walker.status == 422
    assert "Choisissez une langue" in signed_in.walker.page.text
    assert written_down(signed_in, Event.PREFERENCES_CHANGED) == 0


def test_whoever_is_not_signed_in_chooses_nothing(signed_in: World) -> None:
    stranger = another_browser(signed_in)
    assert stranger.walker.open(LETTERS).address == "/connexion"
    token = stranger.walker.form("identifier").fields["csrf_token"]
    stranger.walker.post(LETTERS, {"csrf_token": token, "language": "en"})
    assert stranger.walker.address == "/connexion"
    assert written_down(signed_in, Event.PREFERENCES_CHANGED) == 0


def test_a_sign_in_from_a_new_browser_is_told_by_e_mail(signed_in: World) -> None:
    assert sent(signed_in) == []  # the very first one tells nothing new
    signed_in.walker.send(action="/deconnexion")
    walks.sign_in(signed_in)
    assert sent(signed_in) == []  # nor does the same browser
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
    other = another_browser(signed_in, agent)
    walks.sign_in(other)
    assert sent(signed_in) == ["email"]
    told = letter(signed_in, NOTICE)
    assert "avec Firefox sur Android" in told["text"]
    assert "2\u00a0mars 2026 à 10\u202fh\u202f30" in told["text"]
    other.walker.send(action="/deconnexion")
    walks.sign_in(other)
    assert sent(signed_in) == ["email"]


def test_it_is_told_by_sms_when_there_is_no_e_mail(signed_in: World) -> None:
    with writing(signed_in.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, email=None)
    walks.sign_in(another_browser(signed_in), channel="sms")
    assert sent(signed_in) == ["sms"]


def test_whoever_declined_is_not_told(signed_in: World) -> None:
    choose(signed_in, notice=False)
    walks.sign_in(another_browser(signed_in))
    assert sent(signed_in) == []


def test_a_shared_computer_is_new_each_time(signed_in: World) -> None:
    for count in (1, 2):
        shared = another_browser(signed_in)
        shared.walker.open("/").post(
            "/ordinateur-partage", {**shared.walker.page.forms[0].fields, "shared": "y"}
        )
        walks.sign_in(shared)
        assert shared.walker.address == "/bienvenue"
        assert len(sent(signed_in)) == count


def test_a_known_network_is_not_told(signed_in: World) -> None:
    def from_home() -> World:
        client = signed_in.app.test_client()
        client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        return World(walk_in_process(client), signed_in.app, signed_in.forward)

    walks.sign_in(from_home())
    assert len(sent(signed_in)) == 1
    walks.sign_in(from_home())
    assert len(sent(signed_in)) == 1


def test_a_page_opened_again_writes_nothing(signed_in: World) -> None:
    before = written_down(signed_in, Event.PREFERENCES_CHANGED)
    for _ in range(2):
        assert signed_in.walker.open(LETTERS).status == 200
    assert written_down(signed_in, Event.PREFERENCES_CHANGED) == before
