"""Ways to the pages of a closing."""

from __future__ import annotations

from webapp.account import walks
from webapp.family.walks import go_in
from webapp.web.states import World


def close(world: World, erasure: str = "keep") -> None:
    """Close the space one is in, once the password was given again."""
    world.walker.open("/compte/fermer").send(erasure=erasure)
    world.walker.send(confirm="y")


def in_child(world: World) -> None:
    """A parent in a child's space, the password given again."""
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    walks.prove_again(world)
    go_in(world)
