"""Ways to the pages of "Mon compte"."""

from __future__ import annotations

from collections.abc import Callable

from webapp.account import walks
from webapp.web.states import World

NEW_EMAIL, NEW_PHONE, NEW_PASSWORD = "nouvelle@example.org", "07 99 99 00 66", "Goéland-bleu-7"


def ask_address(path: str, **fields: str) -> Callable[[World], None]:
    """Give a new address; ends where its code is entered."""

    def act(world: World) -> None:
        world.walker.open(path).send(**fields)

    return act


def address_code(world: World) -> str:
    """Read the code that was sent to the new address: six digits on a line of their own."""
    letter = walks.newest_letter(world.app.extensions["engine"], "new-address-code")
    lines = [line.strip() for line in str(letter.get("text") or letter["sms"]).splitlines()]
    return next(line for line in lines if line.isdigit() and len(line) == 6)
