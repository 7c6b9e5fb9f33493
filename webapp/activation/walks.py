"""Ways to the pages of the journey, taken as a person takes them: the states of the pages start from here."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from webapp.account.walks import newest_access_code, newest_letter
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.db.work import writing
from webapp.spaces import codes
from webapp.spaces.rules import CodeKind
from webapp.web.states import World, known_way

__all__ = ["newest_access_code", "newest_letter"]

ADULT, PARENT, CHILD, TWINS, TWINS_AGAIN, CORSICAN, UNREACHABLE, ALONE = DEMO_PEOPLE
IDENTIFIER, PASSWORD = "clairvernay.87", "Sardine-verte-9"


def identity(who: DemoPerson) -> dict[str, str]:
    """What a person types to say who they are."""
    return {
        "nir": who.nir,
        "birth_day": str(who.birth_date.day),
        "birth_month": str(who.birth_date.month),
        "birth_year": str(who.birth_date.year),
        "card_type": who.card_type.value,
        "card_serial": who.card_serial,
    }


@known_way
def identify(world: World, who: DemoPerson = ADULT) -> None:
    """Say who I am; ends where the code can be sent."""
    world.walker.open("/activation/nouveau-code").send(**identity(who))


@known_way
def ask_code(world: World, who: DemoPerson = ADULT, channel: str = "email") -> str:
    """Have a code sent, and read it; ends where it is entered."""
    identify(world, who)
    world.walker.send(channel=channel)
    return newest_code(world.app.extensions["engine"])


@known_way
def prove(world: World, who: DemoPerson = ADULT) -> None:
    """Enter a right code; ends on the decision, or on the choice of a person."""
    code = ask_code(world, who)
    world.walker.send(code=code)


@known_way
def oppose(world: World, who: DemoPerson = ADULT) -> None:
    """Oppose; ends where it is recorded."""
    prove(world, who)
    world.walker.send(decision="oppose").send(confirm="y")


@known_way
def to_identifiers(world: World, who: DemoPerson = ADULT) -> None:
    """Choose to open, and accept the terms."""
    prove(world, who)
    world.walker.send(decision="activate").send(accept_terms="y")


@known_way
def open_space(world: World, who: DemoPerson = ADULT) -> None:
    """Open a space; ends where it is said."""
    to_identifiers(world, who)
    world.walker.send(identifier=IDENTIFIER, password=PASSWORD)


@known_way
def parent_account(world: World) -> None:
    """Open the parent's own space, then choose the elder child: ends on the child's decision."""
    open_space(world, PARENT)
    choose_child(world)


def choose_child(world: World) -> None:
    """Choose the elder child among the people of the card."""
    form = world.walker.open("/activation/profils").form("person")
    children = [value for value in form.choices["person"] if value]
    for value in children:
        world.walker.open("/activation/profils").send(person=value)
        if "Léo" in world.walker.page.h1:
            return
    raise LookupError("the child is not among the people of the card")


def invite(world: World, who: DemoPerson = ADULT) -> str:
    """Make an invitation code for a person, as the campaign does, and return it."""
    from webapp.beneficiaries.service import find_cards, nir_index

    now = world.app.extensions["clock"]()
    with writing(world.app.extensions["engine"]) as session:
        held = find_cards(session, who.nir, who.birth_date, who.card_type, who.card_serial)
        issued = codes.issue(
            session,
            now,
            subject=nir_index(who.nir),
            card_ids=tuple(card.id for card in held),
            kind=CodeKind.INVITATION,
            life=timedelta(days=31),
        )
    return issued.code


def code_in(text: str) -> str:
    """Find a provisional code in a letter: a line of its own, three groups of four."""
    for line in text.splitlines():
        groups = line.split()
        if len(groups) == 3 and all(len(group) == 4 and group.isalnum() for group in groups):
            return line.strip()
    raise LookupError("no code in this letter")


def newest_code(engine: Engine) -> str:
    """Read the newest provisional code."""
    letter = newest_letter(engine, "provisional-code")
    text = str(letter.get("text") or letter["sms"])
    try:
        return code_in(text)
    except LookupError:
        words = text.split()
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            if all(len(w.strip(".:,")) == 4 and w.strip(".:,").isupper() for w in (first, second, third)):
                return f"{first}{second}{third}"
        raise
