"""What was typed when a session had ended is there again after signing in; nowhere else, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.crowd import client_of
from tests.support.people import given, kept_here, sign_in_here
from webapp.account import walks
from webapp.family import walks as family
from webapp.my_account.walks import NEW_PASSWORD
from webapp.sessions.walks import elsewhere, end_all_others
from webapp.web.states import World
from webapp.web.walker import walk_in_process

PAGE, FIELD, TYPED = "/compte/adresse-electronique", "email", "nouvelle adresse, pas finie@"
BACK, WAITS = "Ce que j’avais écrit est retrouvé", "Ce que je venais d’écrire est gardé"
OTHER = "quelquun.87"


pytestmark = pytest.mark.one_database("nothing of it decides")


@pytest.fixture
def typing(world: World) -> World:
    """Somebody who is changing their e-mail address."""
    walks.make_account(world)
    start(world)
    return world


def start(world: World) -> None:
    walks.sign_in(world)
    walks.prove_again(world)
    world.walker.open(PAGE)


def time_passes(world: World) -> None:
    world.forward(timedelta(minutes=16))


def send_late(world: World, **more: str) -> None:
    """Send the page after its session had ended."""
    time_passes(world)
    world.walker.send(**{FIELD: TYPED, **more})


def typed(world: World) -> str:
    return world.walker.form(FIELD).fields[FIELD]


def test_it_is_found_again_after_an_idle_end(typing: World) -> None:
    send_late(typing)
    assert typing.walker.address == "/connexion"
    assert "Ma session a pris fin" in typing.walker.page.text
    assert WAITS in typing.walker.page.text
    assert "se ferme après" not in typing.walker.page.text  # nothing is lost by waiting
    sign_in_here(typing)
    assert typing.walker.address == "/compte/confirmation"  # the address of codes is changed: asked again
    typing.walker.send(password=walks.PASSWORD)
    assert typing.walker.address == PAGE
    assert typed(typing) == TYPED
    assert BACK in typing.walker.page.text
    typing.walker.send(**{FIELD: TYPED})
    assert typing.walker.status == 422  # it is read only now that it is sent


def test_it_is_found_again_after_the_longest_session(typing: World) -> None:
    for _ in range(72):
        typing.forward(timedelta(minutes=10))
        typing.walker.open("/accueil")
    walks.sign_in(typing)
    for _ in range(71):
        typing.forward(timedelta(minutes=10))
        typing.walker.open("/accueil")
    walks.prove_again(typing)
    typing.walker.open(PAGE)
    assert "elle ne dure jamais plus de 12 heures" in typing.walker.page.text
    typing.forward(timedelta(minutes=10))
    typing.walker.send(**{FIELD: TYPED})
    assert "ne dure jamais plus de 12 heures" in typing.walker.page.text
    assert WAITS in typing.walker.page.text
    sign_in_here(typing)
    typing.walker.send(password=walks.PASSWORD)
    assert typed(typing) == TYPED


def test_it_is_found_again_after_proving_again(typing: World) -> None:
    typing.forward(timedelta(minutes=11))  # the session lives, the proof does not
    typing.walker.send(**{FIELD: TYPED})
    assert typing.walker.address == "/compte/confirmation"
    typing.walker.post("/compte/confirmation?vers=" + PAGE, given(typing, password=walks.PASSWORD))
    assert typing.walker.address == PAGE
    assert typed(typing) == TYPED


def test_a_corrected_text_goes_on_and_is_not_brought_back(typing: World) -> None:
    send_late(typing)
    sign_in_here(typing)
    typing.walker.send(password=walks.PASSWORD)
    typing.walker.send(**{FIELD: "nouvelle@example.org"})
    assert typing.walker.address == PAGE + "/code"
    assert kept_here(typing) == [None]
    assert BACK not in typing.walker.open(PAGE).page.text
    assert typed(typing) == ""


def test_another_account_meets_nothing_of_it(typing: World) -> None:
    walks.make_account(typing, walks.PARENT, identifier=OTHER)
    send_late(typing)
    sign_in_here(typing, OTHER)
    assert typing.walker.address != PAGE
    assert kept_here(typing) == [None]
    walks.prove_again(typing)
    typing.walker.open(PAGE)
    assert typed(typing) == ""
    typing.walker.send(action="/deconnexion")
    start(typing)
    assert typed(typing) == ""  # nor its owner, after somebody else was there


def test_nobody_reads_it_without_signing_in(typing: World) -> None:
    send_late(typing)
    cookie = client_of(typing).get_cookie("visite")
    assert cookie is not None
    thief = typing.app.test_client()
    thief.set_cookie("visite", cookie.value)
    seen = walk_in_process(thief)
    for path in ("/connexion", PAGE, "/", "/accueil"):
        assert TYPED not in seen.open(path).body
        assert seen.page.h1 != "Mon espace"


def test_it_waits_a_day_at_most(typing: World) -> None:
    send_late(typing)
    typing.forward(timedelta(hours=23))
    typing.walker.open("/connexion")
    assert WAITS in typing.walker.page.text
    typing.forward(timedelta(hours=2))
    typing.walker.open("/connexion")
    assert WAITS not in typing.walker.page.text
    start(typing)
    assert typed(typing) == ""


def test_it_is_found_the_next_morning(typing: World) -> None:
    send_late(typing)
    typing.forward(timedelta(hours=12))
    typing.walker.open("/connexion")
    sign_in_here(typing)
    typing.walker.send(password=walks.PASSWORD)
    assert typed(typing) == TYPED


def test_a_shared_computer_keeps_nothing(world: World) -> None:
    walks.make_account(world)
    client_of(world).set_cookie("partage", "1")
    start(world)
    world.forward(timedelta(minutes=11))
    world.walker.send(**{FIELD: TYPED})
    assert world.walker.address == "/connexion"
    assert "après 10 minutes" in world.walker.page.text
    assert WAITS not in world.walker.page.text
    assert not any(kept_here(world))
    sign_in_here(world)
    assert world.walker.address == "/bienvenue"


def test_a_computer_that_was_said_shared_keeps_nothing_without_its_mark(world: World) -> None:
    walks.make_account(world)
    client_of(world).set_cookie("partage", "1")
    start(world)
    client_of(world).delete_cookie("partage")
    world.forward(timedelta(minutes=9))
    assert world.walker.open(PAGE).address == PAGE
    world.forward(timedelta(minutes=11))  # ten minutes still, although the mark is gone
    world.walker.send(**{FIELD: TYPED})
    assert world.walker.address == "/connexion"
    assert not any(kept_here(world))


def test_passwords_and_codes_are_never_kept(typing: World) -> None:
    typing.walker.open("/compte/mot-de-passe")
    time_passes(typing)
    form = typing.walker.form("password").fields
    more = {"password": NEW_PASSWORD, "new_password": "Secret-1x", "code": "123456", "postal": "31000"}
    typing.walker.post("/compte/mot-de-passe", {**form, **more, "confirm": "y"})
    (kept,) = kept_here(typing)
    assert isinstance(kept, dict)
    assert kept["fields"] == [["postal", "31000"]]


def test_what_is_too_long_is_not_kept_nor_promised(typing: World) -> None:
    time_passes(typing)
    typing.walker.post(PAGE, {**typing.walker.form(FIELD).fields, FIELD: "x" * 9000})
    assert typing.walker.address == "/connexion"
    assert WAITS not in typing.walker.page.text
    assert not any(kept_here(typing))


def test_a_session_that_was_closed_elsewhere_keeps_nothing(typing: World) -> None:
    end_all_others(elsewhere(typing))
    typing.walker.send(**{FIELD: TYPED})
    assert "fermée depuis un autre appareil" in typing.walker.page.text
    assert WAITS not in typing.walker.page.text
    assert not any(kept_here(typing))


def test_a_forged_form_leaves_nothing(typing: World) -> None:
    time_passes(typing)
    typing.walker.post(PAGE, {FIELD: TYPED, "csrf_token": "x" * 43})
    assert typing.walker.status == 403
    assert not any(kept_here(typing))


def test_a_form_that_was_turned_away_acts_when_it_is_sent_again(typing: World) -> None:
    """Its key was not used up: nothing had been done."""
    typing.walker.open("/compte/identifiant")
    fields = given(typing, identifier="autre.nom-1")
    typing.forward(timedelta(minutes=11))
    typing.walker.post("/compte/identifiant", fields)
    assert typing.walker.address == "/compte/confirmation"
    typing.walker.post("/compte/confirmation", given(typing, password=walks.PASSWORD))
    fresh = typing.walker.open("/compte/identifiant").form("identifier").fields
    typing.walker.post("/compte/identifiant", {**fresh, "once": fields["once"], "identifier": "autre.nom-1"})
    typing.walker.send(action="/deconnexion")
    walks.give_password(typing, identifier="autre.nom-1")
    assert typing.walker.address == "/connexion/code"


def test_it_comes_back_in_the_space_where_it_was_typed(world: World) -> None:
    """A parent was in a child's space: what was written there is never offered in the parent's own."""
    family.two_parents(world)
    family.go_in(world)

    walks.prove_again(world)
    name = "Anaïs"
    assert name in world.walker.open("/compte/identifiant").page.text
    time_passes(world)
    world.walker.send(identifier="prenom.nom-31")
    world.walker.send(identifier=family.THEIRS[0], password=walks.PASSWORD, channel="email")
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))
    world.walker.send(password=walks.PASSWORD)
    assert world.walker.address == "/compte/identifiant"
    assert name in world.walker.page.text
    assert BACK in world.walker.page.text


def test_it_does_not_come_back_in_another_space(world: World) -> None:
    family.two_parents(world)
    walks.prove_again(world)
    world.walker.open("/compte/identifiant")
    world.forward(timedelta(minutes=11))
    world.walker.send(identifier="prenom.nom-31")  # kept for one's own space
    family.go_in(world)
    walks.prove_again(world)
    assert BACK not in world.walker.open("/compte/identifiant").page.text
    assert world.walker.form("identifier").fields["identifier"] == ""


@pytest.mark.parametrize("by_script", [False, True])
@pytest.mark.parametrize(
    ("page", "field", "said"),
    [("/profil-medical/allergies", "name", "Pollen"), ("/bienvenue/question/2", "weight_kg", "70,5")],
)
def test_what_is_written_on_a_page_about_something_is_found_again(
    world: World, page: str, field: str, said: str, by_script: bool
) -> None:
    """Its address names a part, a question or a document."""
    walks.make_account(world)
    walks.sign_in(world)
    world.walker.open("/bienvenue/question/1").send(height_m="1,72")
    world.walker.open(page)
    fields = given(world, **{field: said})
    time_passes(world)
    headers = {"HX-Request": "true"} if by_script else {}
    answer = client_of(world).post(page, data=fields, headers=headers)
    world.walker.open(answer.headers["HX-Redirect" if by_script else "Location"])
    assert WAITS in world.walker.page.text
    sign_in_here(world)
    assert world.walker.address == page
    assert world.walker.form(field).fields[field] == said
    assert BACK in world.walker.page.text
