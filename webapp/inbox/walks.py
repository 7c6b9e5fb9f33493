"""Ways to the pages of the inbox."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from webapp.account import walks
from webapp.db.work import writing
from webapp.family.walks import go_in
from webapp.inbox.letters import Written
from webapp.inbox.models import Message
from webapp.inbox.service import send
from webapp.spaces.models import HealthSpace
from webapp.web.states import World, known_way

INBOX = "/messagerie"
LONG = "Justificatif de l’anticonstitutionnellissime réouverture d’un espace dont le sujet ne tient pas sur une ligne"


@known_way
def enter(world: World) -> None:
    """Open a space and sign in: the welcome message waits."""
    walks.make_account(world)
    walks.sign_in(world)


@known_way
def enter_child(world: World) -> None:
    """A parent in a child's space."""
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    go_in(world)


def receive(
    world: World, count: int, subject: str = "Nouvelle du service", *, confidential: bool = False
) -> None:
    """Put messages into every open space, a minute apart, the newest last."""
    now = world.app.extensions["clock"]()
    with writing(world.app.extensions["engine"]) as session:
        people = session.scalars(
            select(HealthSpace.beneficiary_id).where(HealthSpace.state == "opened")
        ).all()
        for person_id in people:
            for number in range(count):
                what = Written(
                    "news", f"{subject} {number + 1}", f"Premier paragraphe.\n\nPage {number + 1}."
                )
                at = now + timedelta(minutes=number - count + 1)
                send(session, at, person_id, what, confidential=confidential)


def close(world: World) -> None:
    """Close the space one is in."""
    walks.prove_again(world)
    world.walker.open("/compte/fermer").send(erasure="keep")
    world.walker.send(confirm="y")


def newest(world: World) -> str:
    """Return the address of the message at the top of the list."""
    links = world.walker.open(INBOX).page.links
    return next(href for href, _words in links if href.startswith(f"{INBOX}/") and len(href) > 40)


def read_all(world: World) -> None:
    """Open every message of every space, as far as the database knows."""
    with writing(world.app.extensions["engine"]) as session:
        session.execute(update(Message).values(read_at=world.app.extensions["clock"]()))


def archive(world: World) -> None:
    """Put the newest message away."""
    address = newest(world)
    world.walker.open(address).send(action=f"{address}/archiver")


def look_for(world: World, words: str) -> None:
    """Look for words."""
    world.walker.open(f"{INBOX}/recherche").send(words=words)
