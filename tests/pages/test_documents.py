"""Documents, through the front: added, found, read, hidden, deleted, taken back; and whose they are."""

from __future__ import annotations

from webapp.documents import walks
from webapp.web.states import World

DOCUMENTS = walks.DOCUMENTS


def test_files_are_added_under_their_names(world: World) -> None:
    walks.enter(world)
    walks.send(
        world, ("Bilan.TXT", walks.TEXT.encode()), ("genou.png", walks.picture()), ("IRM.pdf", walks.pdf())
    )
    assert world.walker.address == DOCUMENTS, world.walker.page.text
    assert "3 documents sont ajoutés" in world.walker.page.text
