"""What is said of a frozen space, and of one that is handed over, is true for whoever reads it."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from tests.pages.test_closing_shared import in_child
from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.account.service import account_named, change, give_space
from webapp.beneficiaries.models import Guardianship
from webapp.closing.walks import close
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.family.majority import hand_over
from webapp.family.walks import TWIN, disagree, go_in, other, shared, sign_in_as, two_parents
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
    text = world.walker.open("/profil-medical").page.text
    assert "Compléter" not in text
    assert "Ajouter" not in text


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


def test_the_children_whom_the_registry_names_are_listed_to_their_proven_representative(world: World) -> None:
    father = two_parents(world)
    assert "Les autres enfants que je représente" in world.walker.open("/famille").page.text
    names = [words for words in ("Anaïs", "Maëlys") if f"<li>{words}" in world.walker.body]
    assert len(names) == 1, "the other twin; the first one has a space here"
    assert "<li>Anaïs" in father.walker.open("/famille").body
    assert "<li>Maëlys" in father.walker.body
    unproven = other(world)
    walks.make_account(world, walks.PARENT, identifier="nadia.belombriere", opens=(walks.CHILD,))
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, "nadia.belombriere")
        assert known is not None
        change(session, known.id, email="a.child@example.org", phone=None)
    sign_in_as(unproven, "nadia.belombriere")
    assert "Zoé" not in unproven.walker.open("/famille").page.text


def test_each_child_has_a_form_of_its_own_to_disagree(world: World) -> None:
    """No two boxes have the same name, and a mistake is said where it was made."""
    shared(world)
    with writing(world.app.extensions["engine"]) as session:
        reached = session.scalars(select(AccountSpace).where(AccountSpace.role == "guardian")).all()
        theirs = Guardianship.beneficiary_id == reached[0].beneficiary_id
        parents = select(Guardianship.guardian_index).where(theirs)
        both = session.scalars(
            select(Guardianship.beneficiary_id).where(Guardianship.guardian_index.in_(parents)).distinct()
        ).all()
        for one, child in product(reached, both):
            give_space(session, one.since, one.account_id, child, "guardian")
    world.walker.open("/famille/desaccord")
    forms = [form for form in world.walker.page.forms if "confirm" in form.names]
    for name in ("Anaïs", "Maëlys"):
        assert f"Je confirme que nous ne sommes pas d’accord pour {name}" in world.walker.page.text
        assert f"Signaler le désaccord pour {name}" in world.walker.page.text
    for place, form in enumerate(forms):
        world.walker.post("/famille/desaccord", form.fields)
        sections = world.walker.body.split("<section>")[1:]
        assert [number for number, one in enumerate(sections) if 'class="field wrong"' in one] == [place]
    assert (len(forms), world.walker.status) == (2, 422)


def test_a_guardian_who_leaves_lets_the_other_one_decide(world: World) -> None:
    """Two who agree to close a space have that way: it is closed by nobody alone while it is shared."""
    father = shared(world)
    go_in(world)
    world.walker.open("/famille").click("Quitter cet espace")
    world.walker.send(confirm="n")
    assert (world.walker.status, world.walker.address) == (422, "/famille/quitter")
    world.walker.send(confirm="y")
    assert world.walker.address == "/famille"
    assert "Aller dans l’espace" not in world.walker.page.text
    assert "Je suis dans l’espace" not in world.walker.page.text
    assert walks.newest_letter(world.app.extensions["engine"], "sharing-left")
    assert "Partage quitté" in world.walker.open("/compte/activite").page.text
    assert "Partagé avec" not in father.walker.open("/famille").page.text
    assert father.walker.open("/famille/quitter").address == "/famille", "the last one closes it"
    walks.prove_again(father)
    go_in(father)
    assert "a quitté le partage. Par l’autre" in father.walker.open("/famille/activite").page.text
    close(father)
    assert father.walker.address == "/compte/fermer/faite"


def test_nobody_leaves_a_frozen_space(world: World) -> None:
    father = shared(world)
    form = {**world.walker.open("/famille/quitter").form("confirm").fields, "confirm": "y"}
    disagree(father)
    world.walker.post("/famille/quitter", form)
    assert world.walker.address == "/famille/desaccord"
    assert "Partagé avec" in world.walker.open("/famille").page.text
    assert world.walker.open("/famille/quitter").address == "/famille"
