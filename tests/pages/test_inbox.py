"""The inbox, through the front: what waits, what is read, put away and found, and whose it is."""

from __future__ import annotations

from webapp.inbox import walks
from webapp.web.states import World

INBOX = walks.INBOX


def test_a_new_space_holds_exactly_one_message_which_is_read_once_opened(world: World) -> None:
    walks.enter(world)
    assert ("/messagerie", "Messagerie1") in world.walker.page.links
    assert 'aria-label="Messagerie, 1 message non lu"' in world.walker.body
    page = world.walker.open(INBOX).page
    assert page.title == "Messagerie (1 message non lu) – Mon espace santé"
    assert page.text.count("Bienvenue dans votre espace") == page.text.count("Non lu") == 1
    assert "<b>Bienvenue dans votre espace</b>" in world.walker.body
    world.walker.click("Bienvenue")
    assert world.walker.page.h1 == "Bienvenue dans votre espace"
    assert "non lu" not in world.walker.body.partition("<main")[0]
    page = world.walker.open(INBOX).page
    assert page.title == "Messagerie – Mon espace santé"
    assert "<b>Bienvenue" not in world.walker.body
