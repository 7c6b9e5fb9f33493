"""Steps are said as they are: on each page of each branch, and before the choice."""

from __future__ import annotations

from webapp.activation import walks
from webapp.web.states import World


def said(world: World, words: str) -> bool:
    return words in world.walker.page.text.replace("\n", " ")


def test_a_code_typed_without_asking_for_it_says_what_an_invitation_adds(world: World) -> None:
    code = walks.invite(world)
    world.walker.open("/activation/code")
    assert said(world, "Étape 1 sur 1, ou 1 sur 2 avec le code d’une invitation")
    world.walker.send(code=code)
    assert world.walker.address == "/activation/verification"
    assert said(world, "Étape 2 sur 2")


def test_twins_hear_both_branches_before_they_choose(world: World) -> None:
    walks.prove(world, walks.TWINS)
    assert said(world, "Étape 1 sur 5 au plus pour ouvrir, 1 sur 3 pour m’opposer")
    world.walker.send(person=world.walker.form("person").choices["person"][0])
    assert said(world, "Étape 2 sur 5 au plus pour ouvrir, 2 sur 3 pour m’opposer")


def test_keeping_an_opposition_is_one_step(world: World) -> None:
    walks.oppose(world)
    world.walker.open("/activation/decision")
    assert said(world, "Étape 1 sur 3 pour ouvrir, 1 sur 1 pour garder mon opposition")
    world.walker.send(decision="oppose")
    assert world.walker.address == "/activation/opposition/faite"


def test_a_parent_with_an_account_has_two_steps(world: World) -> None:
    walks.prove(world, walks.CHILD)
    world.walker.send(decision="activate").send(action="/activation/representant/nouveau-compte")
    world.walker.send(accept_terms="y").send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    walks.prove(world, walks.PARENT)
    assert said(world, "Étape 1 sur 2 pour ouvrir, 1 sur 2 pour m’opposer")
    world.walker.send(decision="activate")
    assert said(world, "Étape 2 sur 2")
    world.walker.send(accept_terms="y")
    assert world.walker.address == "/activation/terminee"


def test_the_account_of_this_visit_opens_at_once(world: World) -> None:
    walks.parent_account(world)
    world.walker.send(decision="activate")
    assert said(world, "Étape 2 sur 3 au plus")
    assert not said(world, "créer mon compte")


def test_an_access_code_says_by_which_way_it_left(world: World) -> None:
    walks.parent_account(world)
    world.walker.send(decision="activate")
    world.walker.send(identifier=walks.IDENTIFIER, password=walks.PASSWORD)
    assert said(world, "Un code est parti par e-mail à ")


def test_whoever_is_alone_on_a_card_is_told_so(world: World) -> None:
    walks.prove(world, walks.ADULT)
    world.walker.open("/activation/profils")
    assert said(world, "Personne d’autre n’est connu ici avec cette carte")
