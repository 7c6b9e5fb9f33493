"""Closing a space, its receipt, changing one's mind, and what is erased when the time has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.support.crowd import client_of
from webapp.account import walks
from webapp.account.erasing import erasing_accounts
from webapp.account.models import Account
from webapp.closing.walks import close, in_child
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.pdf.receipt_keys import public_keys
from webapp.pdf.signing import verify_pdf
from webapp.spaces import closing
from webapp.spaces.models import Decision, HealthSpace
from webapp.spaces.receipts import keys_of
from webapp.spaces.rules import erasure_day
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what only a database decides is tested with the decisions, on both")


def space(world: World) -> HealthSpace:
    with reading(world.app.extensions["engine"]) as session:
        return session.scalars(select(HealthSpace)).one()


def erase(world: World) -> int:
    """What a worker does every minute."""
    settings = world.app.extensions["settings"]
    closing.erase_with(eraser := erasing_accounts(settings))
    try:
        with writing(world.app.extensions["engine"]) as session:
            return closing.erase_due(session, world.app.extensions["clock"]())
    finally:
        closing._erasers.remove(eraser)


def test_a_space_is_closed_in_two_steps_and_its_owner_is_told(proven: World) -> None:
    page = proven.walker.open("/compte/fermer").page.text
    assert "Étape 1 sur 2" in page
    proven.walker.send(erasure="keep")
    assert "Étape 2 sur 2" in proven.walker.page.text
    assert "2 mars 2036" in proven.walker.page.text
    proven.walker.send(confirm="y")
    assert proven.walker.address == "/compte/fermer/faite"
    found = space(proven)
    assert (found.state, found.erase_on) == ("closed", date(2036, 3, 2))
    assert walks.newest_letter(proven.app.extensions["engine"], "space-closed")["to"]
    assert "Fermé depuis le" in proven.walker.open("/accueil").page.text


def test_the_receipt_is_genuine_and_says_what_the_page_says(proven: World) -> None:
    close(proven)
    page = proven.walker.open("/compte/fermer/justificatif").page.text
    assert "Fermeture de l’espace santé" in page
    client = client_of(proven)
    pdf = client.get("/compte/fermer/justificatif.pdf")
    assert pdf.mimetype == "application/pdf"
    settings = proven.app.extensions["settings"]
    assert verify_pdf(pdf.data, public_keys(keys_of(settings))).key_id
    with reading(proven.app.extensions["engine"]) as session:
        reference = session.scalars(select(Decision.reference).where(Decision.kind == "closing")).one()
    checked = client.get(f"/verifier/{reference}").get_data(as_text=True)
    assert "authentique" in checked
    assert "Clairvernay" not in checked


def test_one_may_change_ones_mind(proven: World) -> None:
    close(proven, "erase")
    assert space(proven).erase_on == date(2026, 4, 1)
    proven.walker.open("/compte/rouvrir").send(accept_terms="y")
    assert "L’espace est rouvert" in proven.walker.page.text
    found = space(proven)
    assert (found.state, found.erase_on) == ("opened", None)
    proven.forward(timedelta(days=40))
    assert erase(proven) == 0
    with reading(proven.app.extensions["engine"]) as session:
        events = session.scalars(select(JournalEntry.event)).all()
    assert {Event.SPACE_CLOSED, Event.ERASURE_ASKED, Event.ERASURE_CANCELLED, Event.SPACE_REOPENED} <= set(
        events
    )


def test_what_was_to_be_erased_is_erased_once(proven: World) -> None:
    close(proven, "erase")
    proven.forward(timedelta(days=29))
    assert erase(proven) == 0
    proven.forward(timedelta(days=2))
    assert erase(proven) == 1
    assert erase(proven) == 0
    with reading(proven.app.extensions["engine"]) as session:
        assert session.scalars(select(Account.id)).all() == []
        assert len(session.scalars(select(Decision.id)).all()) == 2
    assert walks.newest_letter(proven.app.extensions["engine"], "space-erased")["to"]
    assert proven.walker.open("/accueil").address == "/connexion"


def test_an_account_that_manages_children_outlives_its_own_space(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    walks.prove_again(world)
    close(world, "erase")
    world.forward(timedelta(days=31))
    assert erase(world) == 1
    walks.sign_in(world)
    assert "Les espaces des enfants" in world.walker.page.text
    assert "Pas encore ouvert" in world.walker.page.text


def test_a_child_s_space_is_closed_from_inside_it(world: World) -> None:
    in_child(world)
    assert "Fermer l’espace de Léo" in world.walker.open("/compte").page.text  # the account stays
    assert "Léo" in world.walker.open("/compte/fermer").page.h1
    close(world)
    with reading(world.app.extensions["engine"]) as session:
        states = sorted(session.scalars(select(HealthSpace.state)))
    assert states == ["closed", "opened"]
    for page in ("/famille", "/accueil", "/profil-medical"):
        assert "Le rouvrir" in world.walker.open(page).page.text
    world.walker.click("Le rouvrir")
    assert "L’espace de Léo Belombrière est fermé" in world.walker.page.h1


def test_no_step_is_skipped(proven: World) -> None:
    token = proven.walker.open("/compte/fermer").form("erasure").fields["csrf_token"]
    proven.walker.post("/compte/fermer/confirmation", {"csrf_token": token, "confirm": "y"})
    assert proven.walker.address == "/compte/fermer"
    assert space(proven).state == "opened"
    for address in ("/compte/fermer/faite", "/compte/fermer/justificatif", "/compte/fermer/justificatif.pdf"):
        assert proven.walker.open(address).address == "/compte/fermer"
    assert proven.walker.open("/compte/rouvrir").address == "/accueil"


def test_closing_asks_again_who_it_is(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    for address in ("/compte/fermer", "/compte/fermer/confirmation", "/compte/rouvrir"):
        assert world.walker.open(address).address == "/compte/confirmation"


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_ten_years_are_ten_years(today: date) -> None:
    day = erasure_day(today, early=False)
    assert day.year == today.year + 10
    assert timedelta(days=3651) <= day - today <= timedelta(days=3653)
    assert erasure_day(today, early=True) - today == timedelta(days=30)
