"""Where I am signed in: what the list says, ending one, ending all the others."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from tests.support.crowd import client_of
from tests.support.people import events
from webapp.account import walks
from webapp.sessions.walks import ALL, FIREFOX, PAGE, SAFARI, elsewhere, end_all_others, end_first_other
from webapp.web.states import World
from webapp.web.walker import FoundForm

pytestmark = pytest.mark.one_database("test_sessions_race.py has both")


def forms(world: World) -> list[FoundForm]:
    """The forms that end one session, in the order of the page."""
    return [form for form in world.walker.open(PAGE).page.forms if "session" in form.names]


def is_in(world: World) -> bool:
    return world.walker.open("/accueil").address == "/accueil"


def test_alone(signed_in: World) -> None:
    text = signed_in.walker.open(PAGE).page.text
    assert "Cette connexion-ci" in text
    assert "Aucune autre connexion n’est ouverte" in text
    assert "Mes autres connexions" not in text
    assert len(forms(signed_in)) == 1


def test_each_session_is_described(signed_in: World) -> None:
    signed_in.forward(timedelta(minutes=3))
    elsewhere(signed_in, FIREFOX, channel="sms")
    elsewhere(signed_in, shared=True)
    signed_in.forward(timedelta(minutes=2))
    text = signed_in.walker.open(PAGE).page.text.replace("\u202f", " ")
    mine, others = text.split("Mes autres connexions")
    assert "Ouverte aujourd’hui à 10 h 30 Dernière activité maintenant" in mine
    assert (
        "Firefox sur Windows Ouverte aujourd’hui à 10 h 33 Dernière activité aujourd’hui à 10 h 33" in others
    )
    assert "mot de passe, et code reçu par SMS" in others
    assert "Appareil sans nom" in others
    assert "Ordinateur partagé oui, rien n’y est gardé" in others


def test_each_button_names_its_session(signed_in: World) -> None:
    elsewhere(signed_in, FIREFOX)
    assert "Fermer cette connexion : Firefox sur Windows, ouverte aujourd’hui à 10 h 30" in (
        signed_in.walker.open(PAGE).page.text.replace("\u202f", " ")
    )


def test_what_a_browser_calls_itself_is_never_repeated(signed_in: World) -> None:
    elsewhere(signed_in, "<script>alert(1)</script> Firefox canari-9")
    body = signed_in.walker.open(PAGE).body
    assert "canari-9" not in body
    assert "alert(1)" not in body


def test_ending_one(signed_in: World) -> None:
    first, second = elsewhere(signed_in, FIREFOX), elsewhere(signed_in, SAFARI)
    signed_in.forward(timedelta(seconds=20))
    second.walker.open("/accueil")
    end_first_other(signed_in)
    assert signed_in.walker.address == PAGE
    assert "1 connexion est fermée" in signed_in.walker.page.text
    assert sorted((is_in(first), is_in(second))) == [False, True]
    assert is_in(signed_in)
    assert events(signed_in)[-1] == "session:ended"
    signed_in.forward(timedelta(minutes=1))
    assert "est fermée" not in signed_in.walker.open(PAGE).page.text


def test_whoever_was_ended_reads_why(signed_in: World) -> None:
    other = elsewhere(signed_in, FIREFOX)
    end_first_other(signed_in)
    other.walker.open("/compte")
    assert other.walker.address == "/connexion"
    assert "fermée depuis un autre appareil" in other.walker.page.text
    signed_in.forward(timedelta(hours=2))
    assert "fermée depuis un autre appareil" in other.walker.open("/connexion").page.text
    walks.sign_in(other)
    assert is_in(other)
    other.forward(timedelta(minutes=16))
    text = other.walker.open("/accueil").page.text
    assert "après 15 minutes" in text
    assert "autre appareil" not in text


def test_ending_all_the_others(signed_in: World) -> None:
    elsewhere(signed_in)
    signed_in.forward(timedelta(minutes=14))
    assert is_in(signed_in)
    signed_in.forward(timedelta(minutes=2))  # the other one has ended by itself: it is not counted
    others = [elsewhere(signed_in, device) for device in (FIREFOX, SAFARI, "")]
    end_all_others(signed_in)
    assert "3 connexions sont fermées" in signed_in.walker.page.text
    assert is_in(signed_in)
    assert not any(is_in(other) for other in others)
    assert events(signed_in)[-1] == "sessions:ended"
    written = events(signed_in)
    signed_in.walker.open(PAGE).post(ALL, forms(signed_in)[0].fields)
    assert "aucune autre connexion" in signed_in.walker.page.text
    assert events(signed_in) == written  # nothing happened, nothing is written down


def test_ending_this_very_one_signs_out(signed_in: World) -> None:
    own = forms(signed_in)[0]
    answer = client_of(signed_in).post(PAGE, data=own.fields)
    assert answer.headers["Location"] == "/deconnexion"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(signed_in)
    assert events(signed_in)[-1] == "sign-out:done"


def test_a_double_click_ends_once(signed_in: World) -> None:
    elsewhere(signed_in, FIREFOX)
    fields = forms(signed_in)[1].fields
    for _ in range(2):
        signed_in.walker.post(PAGE, fields)
        assert (signed_in.walker.status, signed_in.walker.address) == (200, PAGE)
    assert events(signed_in).count("session:ended") == 1


def test_a_session_that_has_ended_meanwhile_is_not_there(signed_in: World) -> None:
    other = elsewhere(signed_in, FIREFOX)
    fields = forms(signed_in)[1].fields
    other.walker.send(action="/deconnexion")
    assert signed_in.walker.post(PAGE, fields).status == 404
    assert "elle était déjà fermée" in signed_in.walker.page.text
    assert "session:ended" not in events(signed_in)
    assert is_in(signed_in)


def test_nobody_ends_the_session_of_another_account(signed_in: World) -> None:
    walks.make_account(signed_in, walks.PARENT, identifier="quelquun.87")
    stranger = elsewhere_as(signed_in, "quelquun.87")
    theirs = forms(stranger)[0].fields["session"]
    own = forms(signed_in)[0].fields
    for asked in (theirs, str(uuid4()), "", "x", "' OR 1=1", theirs.upper(), "0" * 32):
        assert signed_in.walker.post(PAGE, {**own, "session": asked}).status == 404, asked
    signed_in.walker.post(ALL, own)
    assert is_in(stranger)
    assert "session:ended" not in events(signed_in)


def elsewhere_as(world: World, identifier: str) -> World:
    other = elsewhere(world)
    other.walker.send(action="/deconnexion")
    walks.give_password(other, identifier=identifier)
    other.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    return other


def test_ended_sessions_are_not_listed(signed_in: World) -> None:
    elsewhere(signed_in, shared=True)
    signed_in.forward(timedelta(minutes=9))
    elsewhere(signed_in, FIREFOX)
    assert len(forms(signed_in)) == 3
    signed_in.forward(timedelta(minutes=2))  # ten minutes and more on the shared computer
    assert len(forms(signed_in)) == 2


def test_the_list_costs_as_many_queries_for_one_as_for_ten(signed_in: World) -> None:
    counts = []
    engine = signed_in.app.extensions["engine"]
    for more in (0, 9):
        for _ in range(more):
            elsewhere(signed_in, FIREFOX)
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        client_of(signed_in).get(PAGE)
        event.remove(engine, "before_cursor_execute", note)
        counts.append(sum(one.startswith("SELECT") for one in seen))
    assert len(forms(signed_in)) == 10
    assert counts[0] == counts[1] <= 2
