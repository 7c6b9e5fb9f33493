"""Ways to the pages of a recovery, on a database that holds the demonstration's people."""

from __future__ import annotations

from webapp.account.walks import ADULT, IDENTIFIER, UNREACHABLE, make_account, newest_letter
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.values.codes import has_code_shape, normalise_code
from webapp.web.states import World, known_way

__all__ = ["ADULT", "IDENTIFIER", "UNREACHABLE", "make_account", "newest_letter"]

ALONE = DEMO_PEOPLE[7]
NEW_PASSWORD = "Tramontane-verte-41"  # noqa: S105  (of nobody)
FORGOTTEN, CODE, NEW = "/mot-de-passe-oublie", "/mot-de-passe-oublie/code", "/mot-de-passe-oublie/nouveau"
IDENTIFY, WHERE = "/identifiant-oublie", "/identifiant-oublie/envoi"
NOBODY = "personne.ici.87"
"""An identifier that nobody has."""
WRONG = "K7QM 2XWD 9HTA"
"""A code that was never sent."""


def identity(who: DemoPerson = ADULT) -> dict[str, str]:
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
    """Say who I am; ends where it can be sent."""
    world.walker.open(IDENTIFY).send(**identity(who))


def remind(world: World, who: DemoPerson = ADULT, channel: str = "email") -> None:
    """Have the identifier sent; ends where it is said."""
    identify(world, who)
    world.walker.send(channel=channel)


@known_way
def ask(world: World, identifier: str = IDENTIFIER) -> None:
    """Ask for a reset code; ends where it is entered."""
    world.walker.open(FORGOTTEN).send(identifier=identifier)


def newest_code(world: World) -> str:
    """Read the newest reset code: three groups of four on a line of their own."""
    letter = newest_letter(world.app.extensions["engine"], "password-reset")
    lines = [line.strip() for line in str(letter.get("text") or letter["sms"]).splitlines()]
    return next(line for line in lines if line.count(" ") == 2 and has_code_shape(normalise_code(line)))


@known_way
def prove(world: World) -> None:
    """Enter the right code; ends where a password is chosen."""
    ask(world)
    world.walker.send(code=newest_code(world))


def reset(world: World, password: str = NEW_PASSWORD) -> None:
    """Choose a new password; ends where it is said."""
    prove(world)
    world.walker.send(password=password)
