"""The activity of my account, through the front: what is shown, to whom, page after page."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from webapp.account import walks
from webapp.account.service import account_named, give_space
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.mail.models import OutboxRow
from webapp.web.states import World
from webapp.web.walker import walk_in_process

ACTIVITY = "/compte/activite"


pytestmark = pytest.mark.one_database("both read the list in tests/services/test_activity.py")


@pytest.fixture
def inside(world: World) -> World:
    """Somebody who gave a wrong password, then signed in."""
    walks.make_account(world)
    world.walker.open("/connexion").send(
        identifier=walks.IDENTIFIER, password="Autre-chose-1", channel="email"
    )
    walks.sign_in(world)
    return world


def deliver(world: World) -> None:
    """Have the letters leave, as a worker does."""
    from webapp.journal.dispatch import record_letters
    from webapp.mail.claims import witness_by
    from webapp.mail.delivery import deliver_due

    record_letters()
    try:
        deliver_due(
            world.app.extensions["engine"], world.app.extensions["settings"], world.app.extensions["clock"]
        )
    finally:
        witness_by(None)


def grow(world: World, count: int) -> None:
    """Write down as many sign-outs of the account."""
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        for _ in range(count):
            record(
                session,
                Event.SIGN_OUT_DONE,
                now=world.app.extensions["clock"](),
                account_id=known.id,
                beneficiary_id=known.beneficiary_id,
            )


def test_what_happened_is_told_newest_first(inside: World) -> None:
    deliver(inside)
    text = inside.walker.open(ACTIVITY).page.text
    told = [
        "Envoi par e-mail : code pour me connecter",
        "Connexion réussie",
        "Avec un code reçu par e-mail",
        "Mot de passe juste, un code est attendu",
        "Connexion refusée : mot de passe faux",
        "Compte créé",
    ]
    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)
    assert "2\u00a0mars 2026" in inside.walker.body
    assert "10\u202fh\u202f30" in inside.walker.body
    assert "Voir plus ancien" not in text


def test_it_is_reached_from_my_account_and_leads_to_what_to_do(inside: World) -> None:
    inside.walker.open("/compte").click("activité")
    assert inside.walker.address == ACTIVITY
    inside.walker.click("Une ligne n’est pas de moi")
    assert inside.walker.page.h1 == "Ce n’était pas moi"
    targets = {href for href, _words in inside.walker.page.links}
    assert {"/compte/mot-de-passe", "/compte/connexions"} <= targets
    for href in sorted(target for target in targets if target.startswith("/compte")):
        assert inside.walker.open(href).status == 200, href


def test_pages_of_twenty_follow_each_other(inside: World) -> None:
    grow(inside, 45)
    seen = []
    inside.walker.open(ACTIVITY)
    for _ in range(9):
        seen.append(inside.walker.body.count('<span class="when">'))
        if "Voir plus ancien" not in inside.walker.page.text:
            break
        inside.walker.click("Voir plus ancien")
        assert inside.walker.page.h1 == "L’activité de mon compte, suite"
    assert seen[:2] == [20, 20]
    assert 45 < sum(seen) < 60
    assert seen[-1] <= 20
    inside.walker.click("Revenir au plus récent")
    assert inside.walker.address == ACTIVITY


@pytest.mark.parametrize("before", ["hier", "", "0", "-3", "1.5", "9" * 19, "9" * 400, "١٢", "1 OR 1=1"])
def test_a_place_that_cannot_be_is_not_found(inside: World, before: str) -> None:
    inside.walker.open(f"{ACTIVITY}?avant={before}")
    assert inside.walker.status == 404
    assert inside.walker.open(f"{ACTIVITY}?avant={2**63 - 1}").status == 200


def test_nobody_else_s_activity_is_shown(inside: World) -> None:
    walks.make_account(inside, walks.PARENT, identifier="nadia.belombriere", opens=(walks.CHILD,))
    other = World(walk_in_process(inside.app.test_client()), inside.app, inside.forward)
    assert other.walker.open(ACTIVITY).address == "/connexion"
    walks.give_password(other, identifier="nadia.belombriere")
    other.walker.send(code=walks.newest_access_code(inside.app.extensions["engine"]))
    text = other.walker.open(ACTIVITY).page.text
    assert "Compte créé" in text
    assert "Connexion refusée" not in text
    assert "Espace ouvert" not in text  # the child's, not the parent's own


def test_what_happened_to_a_parent_is_hidden_from_an_account_that_a_child_s_card_made(world: World) -> None:
    """Its owner has proven no more than the card of the child: see webapp.account.owner."""
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    engine = world.app.extensions["engine"]
    with writing(engine) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        record(
            session,
            Event.IDENTITY_MATCHED,
            now=world.app.extensions["clock"](),
            beneficiary_id=known.beneficiary_id,
        )
    walks.sign_in(world)
    text = world.walker.open(ACTIVITY).page.text
    assert "Compte créé" in text
    assert "Identité reconnue" not in text
    with writing(engine) as session:
        give_space(session, world.app.extensions["clock"](), known.id, known.beneficiary_id, "holder")
    assert "Identité reconnue" in world.walker.open(ACTIVITY).page.text


def test_four_queries_for_ten_lines_or_a_thousand(inside: World) -> None:
    counts = []
    for more in (10, 1_000):
        grow(inside, more)
        sent: list[str] = []

        def listen(
            _c: object, _cursor: object, statement: str, *_more: object, sent: list[str] = sent
        ) -> None:
            sent.append(statement)

        engine = inside.app.extensions["engine"]
        event.listen(engine, "before_cursor_execute", listen)
        inside.walker.open(ACTIVITY)
        event.remove(engine, "before_cursor_execute", listen)
        counts.append(len([one for one in sent if one.lstrip().startswith(("SELECT", "WITH"))]))
    assert counts[0] == counts[1] <= 4


def test_no_letter_waits_after_a_mere_look(inside: World) -> None:
    with reading(inside.app.extensions["engine"]) as session:
        before = len(session.scalars(select(OutboxRow.id)).all())
    inside.walker.open(ACTIVITY)
    with reading(inside.app.extensions["engine"]) as session:
        assert len(session.scalars(select(OutboxRow.id)).all()) == before
