"""States of the first page of the space (J9)."""

from __future__ import annotations

from webapp.account import walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.web.states import Arrange, State, World


def _signed_in(*opens: DemoPerson) -> Arrange:
    """The parent is signed in; these spaces were opened from the account."""

    def arrange(world: World) -> None:
        walks.make_account(world, walks.PARENT, opens=opens)
        walks.sign_in(world)

    return arrange


STATES = (
    State("home", "/accueil", _signed_in(walks.PARENT), kind="prose"),
    State("home-family", "/accueil", _signed_in(walks.PARENT, walks.CHILD), kind="prose"),
    State("home-child-only", "/accueil", _signed_in(walks.CHILD), kind="prose"),
)
