"""Where I am signed in: what the list says, ending one, ending all the others."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.db.work import reading
from webapp.journal.models import JournalEntry
from webapp.sessions.walks import ALL, FIREFOX, PAGE, SAFARI, elsewhere, end_all_others, end_first_other
from webapp.web.states import World
from webapp.web.walker import FoundForm


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough here; test_sessions_race.py has both."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def me(world: World) -> World:
    """Somebody signed in."""
    walks.make_account(world)
    walks.sign_in(world)
    return world


def forms(world: World) -> list[FoundForm]:
    """The forms that end one session, in the order of the page."""
    return [form for form in world.walker.open(PAGE).page.forms if "session" in form.names]


def is_in(world: World) -> bool:
    return world.walker.open("/accueil").address == "/accueil"


def events(world: World) -> list[str]:
    with reading(world.app.extensions["engine"]) as session:
        return list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.seq)))


def test_alone(me: World) -> None:
    text = me.walker.open(PAGE).page.text
    assert "Cette connexion-ci" in text
    assert "Aucune autre connexion n’est ouverte" in text
    assert "Mes autres connexions" not in text
    assert len(forms(me)) == 1


def test_each_session_is_described(me: World) -> None:
    me.forward(timedelta(minutes=3))
    elsewhere(me, FIREFOX, channel="sms")
    elsewhere(me, shared=True)
    me.forward(timedelta(minutes=2))
    text = me.walker.open(PAGE).page.text.replace("\u202f", " ")
    mine, others = text.split("Mes autres connexions")
    assert "Ouverte aujourd’hui à 10 h 30 Dernière activité maintenant" in mine
    assert (
        "Firefox sur Windows Ouverte aujourd’hui à 10 h 33 Dernière activité aujourd’hui à 10 h 33" in others
    )
    assert "mot de passe, et code reçu par SMS" in others
    assert "Appareil sans nom" in others
    assert "Ordinateur partagé oui, rien n’y est gardé" in others


def test_each_button_names_its_session(me: World) -> None:
    elsewhere(me, FIREFOX)
    assert "Fermer cette connexion : Firefox sur Windows, ouverte aujourd’hui à 10 h 30" in (
        me.walker.open(PAGE).page.text.replace("\u202f", " ")
    )


def test_what_a_browser_calls_itself_is_never_repeated(me: World) -> None:
    elsewhere(me, "<script>alert(1)</script> Firefox canari-9")
    body = me.walker.open(PAGE).body
    assert "canari-9" not in body
    assert "alert(1)" not in body


def test_ending_one(me: World) -> None:
    first, second = elsewhere(me, FIREFOX), elsewhere(me, SAFARI)
    me.forward(timedelta(seconds=20))
    second.walker.open("/accueil")
    end_first_other(me)
    assert me.walker.address == PAGE
    assert "1 connexion est fermée" in me.walker.page.text
    assert sorted((is_in(first), is_in(second))) == [False, True]
    assert is_in(me)
    assert events(me)[-1] == "session:ended"
    me.forward(timedelta(minutes=1))
    assert "est fermée" not in me.walker.open(PAGE).page.text


def test_whoever_was_ended_reads_why(me: World) -> None:
    other = elsewhere(me, FIREFOX)
    end_first_other(me)
    other.walker.open("/compte")
    assert other.walker.address == "/connexion"
    assert "fermée depuis un autre appareil" in other.walker.page.text
    me.forward(timedelta(hours=2))
    assert "fermée depuis un autre appareil" in other.walker.open("/connexion").page.text
    walks.sign_in(other)
    assert is_in(other)
    other.forward(timedelta(minutes=16))
    text = other.walker.open("/accueil").page.text
    assert "après 15 minutes" in text
    assert "autre appareil" not in text


def test_ending_all_the_others(me: World) -> None:
    others = [elsewhere(me, device) for device in (FIREFOX, SAFARI, "")]
    end_all_others(me)
    assert "3 connexions sont fermées" in me.walker.page.text
    assert is_in(me)
    assert not any(is_in(other) for other in others)
    assert events(me)[-1] == "sessions:ended"
    written = events(me)
    me.walker.open(PAGE).post(ALL, forms(me)[0].fields)
    assert "aucune autre connexion" in me.walker.page.text
    assert events(me) == written  # nothing happened, nothing is written down


def test_ending_this_very_one_signs_out(me: World) -> None:
    own = forms(me)[0]
    answer = client_of(me).post(PAGE, data=own.fields)
    assert answer.headers["Location"] == "/deconnexion"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not is_in(me)
    assert events(me)[-1] == "sign-out:done"


def test_a_double_click_ends_once(me: World) -> None:
    elsewhere(me, FIREFOX)
    fields = forms(me)[1].fields
    for _ in range(2):
        me.walker.post(PAGE, fields)
        assert (me.walker.status, me.walker.address) == (200, PAGE)
    assert events(me).count("session:ended") == 1


def test_a_session_that_has_ended_meanwhile_is_not_there(me: World) -> None:
    other = elsewhere(me, FIREFOX)
    fields = forms(me)[1].fields
    other.walker.send(action="/deconnexion")
    assert me.walker.post(PAGE, fields).status == 404
    assert "session:ended" not in events(me)
    assert is_in(me)


def test_nobody_ends_the_session_of_another_account(me: World) -> None:
    walks.make_account(me, walks.PARENT, identifier="quelquun.87")
    stranger = elsewhere_as(me, "quelquun.87")
    theirs = forms(stranger)[0].fields["session"]
    own = forms(me)[0].fields
    for asked in (theirs, str(uuid4()), "", "x", "' OR 1=1", theirs.upper(), "0" * 32):
        assert me.walker.post(PAGE, {**own, "session": asked}).status == 404, asked
    me.walker.post(ALL, own)
    assert is_in(stranger)
    assert "session:ended" not in events(me)


def elsewhere_as(world: World, identifier: str) -> World:
    other = elsewhere(world)
    other.walker.send(action="/deconnexion")
    walks.give_password(other, identifier=identifier)
    other.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    return other


def test_ended_sessions_are_not_listed(me: World) -> None:
    elsewhere(me, shared=True)
    me.forward(timedelta(minutes=9))
    elsewhere(me, FIREFOX)
    assert len(forms(me)) == 3
    me.forward(timedelta(minutes=2))  # ten minutes and more on the shared computer
    assert len(forms(me)) == 2


def test_the_list_costs_as_many_queries_for_one_as_for_ten(me: World) -> None:
    counts = []
    engine = me.app.extensions["engine"]
    for more in (0, 9):
        for _ in range(more):
            elsewhere(me, FIREFOX)
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        client_of(me).get(PAGE)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(sum(one.startswith("SELECT") for one in seen))
    assert len(forms(me)) == 10
    assert counts[0] == counts[1] <= 2
