"""What is said of a frozen space, and of one that is handed over, is true for whoever reads it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.pages.test_closing_shared import in_child
from webapp.account import walks
from webapp.closing.walks import close
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.family.majority import hand_over
from webapp.family.walks import TWIN, disagree, go_in, shared, two_parents
from webapp.mail.models import OutboxRow
from webapp.web.states import World

pytestmark = pytest.mark.one_database("words are the same on another")


def test_a_frozen_childs_first_page_says_so(world: World) -> None:
    shared(world)
    go_in(world)
    assert "cet espace reste comme il est" not in world.walker.open("/accueil").page.text
    disagree(world)
    assert "cet espace reste comme il est" in world.walker.open("/accueil").page.text
    assert 'href="/famille/desaccord"' in world.walker.body


def test_a_disagreement_promises_nobody_that_they_read_the_space(world: World) -> None:
    """A guardian who never had access is told too."""
    shared(world)
    disagree(world)
    with reading(world.app.extensions["engine"]) as session:
        mails = (OutboxRow.kind == "disagreement-raised", OutboxRow.channel == "email")
        row = session.scalars(select(OutboxRow).where(*mails).limit(1)).one()
        assert row.sealed is not None
        letter = str(current_vault().unseal(OutboxRow.__tablename__, row.id, row.sealed)["text"])
    for text in (letter, world.walker.open("/famille/desaccord").page.text):
        assert "le lit encore" in text
        assert "tous les deux" not in text
    assert "que vous partagez" not in letter


@pytest.mark.parametrize("closed", [False, True])
def test_a_young_adult_reads_whether_the_space_is_closed(world: World, closed: bool) -> None:
    two_parents(world)
    if closed:
        close(in_child(world))
    engine, clock = world.app.extensions["engine"], world.app.extensions["clock"]
    born = TWIN.birth_date
    birthday = clock().replace(year=born.year + 18, month=born.month, day=born.day, hour=12)
    with writing(engine) as session:
        assert hand_over(session, birthday, world.app.extensions["settings"]) == 1
    text = str(walks.newest_letter(engine, "space-handed-over")["text"]).replace("\xa0", " ")
    assert ("Pour y entrer" in text) != closed
    assert ("Il est fermé" in text) == closed
    assert ("Pour le rouvrir avant ce jour" in text) == closed
    assert ("effacé le 2 mars 2036" in text) == closed
