"""A forgotten identifier: sent to the contacts on file of whoever is identified, and never shown on the screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.people import another_browser
from webapp.account.service import account_named, change
from webapp.account.walks import CHILD, PARENT, UNREACHABLE
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.recovery import walks
from webapp.web.states import World
from webapp.web.walker import walk_in_process

TWIN, TWIN_ELSEWHERE = DEMO_PEOPLE[3], DEMO_PEOPLE[4]
_SOLENE = date(1982, 3, 17)
SENT = "/identifiant-oublie/envoye"


pytestmark = pytest.mark.one_database("no two requests meet")


def letters(world: World) -> list[tuple[str, str, str]]:
    """Kind, place and text of everything that waits to leave, in order."""
    with reading(world.app.extensions["engine"]) as session:
        rows = session.execute(
            select(OutboxRow.id, OutboxRow.kind, OutboxRow.sealed).order_by(OutboxRow.id)
        ).all()
    opened: list[tuple[str, str, str]] = []
    for row in rows:
        held: dict[str, Any] = current_vault().unseal("outbox", row.id, row.sealed)
        opened.append((row.kind, held["to"], held.get("text") or held["sms"]))
    return opened


def screen(world: World) -> str:
    """What the page says, without what is random."""
    return re.sub(r'value="[^"]*"|<!--\w*-->|nonce="[^"]*"', "", world.walker.body)


@pytest.mark.parametrize(
    ("channel", "place"), [("email", "camille.clairvernay@example.org"), ("sms", "+33799990001")]
)
def test_it_is_sent_by_the_channel_chosen_and_not_shown(world: World, channel: str, place: str) -> None:
    walks.make_account(world)
    walks.identify(world)
    assert world.walker.address == walks.WHERE
    assert "Étape 2 sur 2" in world.walker.page.text
    world.walker.send(channel=channel)
    assert (world.walker.address, world.walker.status) == (SENT, 200)
    assert walks.IDENTIFIER not in world.walker.body
    assert place not in world.walker.body
    ((kind, to, text),) = letters(world)
    assert (kind, to) == ("identifier-reminder", place)
    assert walks.IDENTIFIER in text.splitlines()


def test_the_screen_is_the_same_whoever_has_an_account(world: World) -> None:
    walks.remind(world)
    without = screen(world)
    assert [kind for kind, *_rest in letters(world)] == ["no-account"]
    assert "/activation/nouveau-code" in letters(world)[0][2]
    walks.make_account(world)
    other = World(walk_in_process(world.app.test_client()), world.app, world.forward)
    walks.remind(other)
    main = re.compile(r"<main.*</main>", re.S)
    assert main.findall(screen(other)) == main.findall(without) != []
    assert letters(world)[-1][0] == "identifier-reminder"


def test_a_parent_who_gives_the_birth_date_of_a_child_is_told_their_own(world: World) -> None:
    walks.make_account(world, PARENT, opens=(PARENT, CHILD))
    walks.remind(world, CHILD)
    ((kind, to, text),) = letters(world)
    assert (kind, to) == ("identifier-reminder", "nadia.belombriere@example.org")
    assert walks.IDENTIFIER in text
    assert "Bonjour Nadia" in text


def test_a_child_does_not_learn_the_identifier_of_a_parent_reached_elsewhere(world: World) -> None:
    walks.make_account(world, PARENT, opens=(PARENT, CHILD))
    engine = world.app.extensions["engine"]
    with writing(engine) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, email="autre@example.org", phone=None)
    walks.remind(world, CHILD)
    ((kind, _to, text),) = letters(world)
    assert kind == "no-account"
    assert walks.IDENTIFIER not in text
    assert "de Léo" in text
    walks.remind(world, PARENT)  # with her own card, the insurer's contact is good enough: the space is hers
    assert [letter[:2] for letter in letters(world)[1:]] == [
        ("identifier-reminder", "nadia.belombriere@example.org"),
        ("identifier-reminder", "autre@example.org"),  # and its owner is told, where the account is reached
    ]


def test_an_account_made_with_a_childs_card_is_not_the_parents(world: World) -> None:
    """Its contact is the child's, and it reaches no space of the parent: the parent is told that they have none."""
    walks.make_account(world, PARENT, opens=(CHILD,))
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, email="leo@example.org", phone=None)
    walks.remind(world, PARENT)
    assert [kind for kind, *_rest in letters(world)] == ["no-account"]


@pytest.mark.parametrize(("who", "told"), [(TWIN, True), (TWIN_ELSEWHERE, False)])
def test_twins_lead_to_the_parent_of_the_contact_chosen_alone(
    world: World, who: DemoPerson, told: bool
) -> None:
    mother = DemoPerson("", "", TWIN.nir, _SOLENE, TWIN.card_type, TWIN.card_serial)
    walks.make_account(world, mother)
    walks.remind(world, who)
    ((kind, to, text),) = letters(world)
    assert (kind == "identifier-reminder") is told
    assert to == f"{'solene.kergerbault@example.org' if told else 'yann.hautcourtil@example.net'}"
    assert told or "d’Anaïs et Maëlys" in text


def test_five_a_day(world: World) -> None:
    walks.make_account(world)
    for _ in range(5):
        walks.remind(world)
        assert world.walker.address == SENT
    walks.remind(world)
    assert world.walker.status == 429
    assert world.walker.page.h1 == "Assez de messages pour l’instant"
    assert len(letters(world)) == 5
    late = another_browser(world)
    walks.remind(late)
    assert late.walker.status == 429
    assert late.walker.open(SENT).address == walks.WHERE.rpartition("/")[0]  # nothing is said to be sent
    world.forward(timedelta(days=1))
    walks.remind(world)
    assert world.walker.address == SENT


@pytest.mark.parametrize(
    "changes", [{"card_serial": "40157829635"}, {"birth_day": "13"}, {"nir": PARENT.nir}]
)
def test_every_mismatch_gets_the_same_page(world: World, changes: dict[str, str]) -> None:
    world.walker.open(walks.IDENTIFY).send(**walks.identity() | changes)
    assert world.walker.status == 422
    assert "ne correspondent à personne" in world.walker.page.text
    assert "Étape 1 sur 2" in world.walker.page.text
    world.walker.open(walks.WHERE)
    assert world.walker.address == walks.IDENTIFY
    assert world.walker.form("nir").fields["birth_month"] == "4"  # what was typed is found again


def test_failures_count_together_with_those_of_a_code(world: World) -> None:
    wrong = walks.identity() | {"card_serial": "40157829635"}
    for number in range(5):
        where = walks.IDENTIFY if number % 2 else "/activation/nouveau-code"
        assert world.walker.open(where).send(**wrong).status == 422
    assert world.walker.open(walks.IDENTIFY).send(**walks.identity()).status == 429


def test_without_a_contact_the_page_says_what_to_do(world: World) -> None:
    walks.identify(world, UNREACHABLE)
    assert world.walker.page.h1 == "Je ne peux pas recevoir mon identifiant pour l’instant"
    assert "CPAM" in world.walker.page.text
    with pytest.raises(LookupError):
        world.walker.form("channel")


def test_what_was_not_offered_is_refused(world: World) -> None:
    walks.identify(world)
    for channel in ("", "app", "email-2", "<b>"):
        form = world.walker.open(walks.WHERE).form("channel")
        world.walker.post(walks.WHERE, {**form.fields, "channel": channel})
        assert world.walker.status == 422
        assert "Choisissez où recevoir l’identifiant" in world.walker.page.text
    assert letters(world) == []


def test_nothing_opens_before_one_is_identified(world: World) -> None:
    for address in (walks.WHERE, SENT):
        assert world.walker.open(address).address == walks.IDENTIFY
    walks.identify(world)
    assert world.walker.open(SENT).address == walks.IDENTIFY


def test_it_is_written_down_about_the_account(world: World) -> None:
    walks.make_account(world)
    walks.remind(world)
    with reading(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert known is not None
        assert last is not None
        assert (last.event, last.account_id) == (Event.IDENTIFIER_ASKED, known.id)


def test_a_shared_computer_keeps_nothing_that_was_typed(world: World) -> None:
    from tests.support.crowd import client_of

    client_of(world).set_cookie("partage", "1")
    world.walker.open(walks.IDENTIFY).send(**walks.identity() | {"card_serial": "40157829635"})
    assert world.walker.open(walks.IDENTIFY).form("nir").fields["nir"] == ""
