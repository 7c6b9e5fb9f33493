"""States of the first page of the space (J9)."""

from __future__ import annotations

from webapp.account import walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.documents.walks import LONG, put
from webapp.family.walks import go_in
from webapp.home.walks import fill
from webapp.news.states import publish
from webapp.web.states import Arrange, State, World


def _signed_in(*opens: DemoPerson) -> Arrange:
    """The parent is signed in; these spaces were opened from the account."""

    def arrange(world: World) -> None:
        walks.make_account(world, walks.PARENT, opens=opens)
        walks.sign_in(world)

    return arrange


def _full(world: World) -> None:
    _signed_in(walks.PARENT, walks.CHILD)(world)
    fill(world)
    put(world, LONG, "Ordonnance du docteur Vaillancour", "Analyse de sang")
    publish(world, "Les vaccinations arrivent", "Un service plus léger")


def _in_child(world: World) -> None:
    _full(world)
    go_in(world)
    fill(world)


def _after_all(world: World) -> None:
    """Nothing is left to do."""
    _full(world)
    world.walker.open("/bienvenue").send(action="/bienvenue")
    world.walker.open("/messagerie")
    for href, _words in world.walker.page.links:
        if href.startswith("/messagerie/") and len(href) > 40:
            world.walker.open(href)


STATES = (
    State("home-full", "/accueil", _full, kind="prose"),
    State("home-child", "/accueil", _in_child, kind="prose"),
    State("home-done", "/accueil", _after_all, kind="prose"),
    State("home", "/accueil", _signed_in(walks.PARENT), kind="prose"),
    State("home-family", "/accueil", _signed_in(walks.PARENT, walks.CHILD), kind="prose"),
    State("home-child-only", "/accueil", _signed_in(walks.CHILD), kind="prose"),
)
