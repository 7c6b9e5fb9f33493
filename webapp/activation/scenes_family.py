"""What happens before a page of the journey when two legal representatives decide about one child."""

from __future__ import annotations

from datetime import timedelta

from webapp.account import walks as account
from webapp.activation import walks
from webapp.activation.walks import TWINS, TWINS_AGAIN
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.db.work import writing
from webapp.family.majority import hand_over
from webapp.family.walks import other, two_parents
from webapp.web.states import World


def choose(world: World, who: DemoPerson, words: str) -> None:
    """Enter a right code, then choose the twin whose decision page holds these words."""
    walks.prove(world, who)
    for person in world.walker.form("person").choices["person"]:
        if words in world.walker.open("/activation/personne").send(person=person).page.text:
            return
    raise LookupError(words)


def opened_by_mother(world: World) -> None:
    """The mother opened a child's space; the father comes with his own card."""
    two_parents(other(world))
    choose(world, TWINS_AGAIN, "est déjà ouvert")


def father_disagrees(world: World) -> None:
    """And says that he does not agree."""
    opened_by_mother(world)
    world.walker.open("/activation/desaccord").send(confirm="y")


def mother_looks(world: World) -> None:
    """The same, as the mother sees it with a code of her own."""
    father_disagrees(other(world))
    choose(world, TWINS, "Rien ne change")


def mother_opposed(world: World) -> None:
    """The mother opposed for a child; the father, with a code, is about to oppose her: by opening."""
    mother = other(world)
    walks.prove(mother, TWINS)
    mother.walker.send(person=mother.walker.form("person").choices["person"][0])
    mother.walker.send(decision="oppose").send(confirm="y")
    choose(world, TWINS_AGAIN, "Une opposition est enregistrée")
    world.walker.send(decision="activate").send(action="/activation/representant/nouveau-compte")
    world.walker.send(accept_terms="y")


def come_of_age(world: World) -> None:
    """Eighteen years after her birth, a child whose space her mother opened comes with a code of her own."""
    two_parents(other(world))
    clock, engine = world.app.extensions["clock"], world.app.extensions["engine"]
    birthday = clock().replace(year=TWINS.birth_date.year + 18, month=TWINS.birth_date.month, day=22)
    world.forward(birthday - clock() + timedelta(hours=1))
    with writing(engine) as session:
        hand_over(session, clock(), world.app.extensions["settings"])
    choose(world, TWINS, "Mes représentants légaux")


def opened_while_signed_in(world: World) -> None:
    """A parent who is signed in opened a child's space with that very account."""
    account.make_account(world, account.PARENT, opens=(account.PARENT,))
    account.sign_in(world)
    walks.prove(world, account.CHILD)
    world.walker.send(decision="activate").send(action="/activation/representant/mon-compte")
