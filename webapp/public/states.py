"""States of the pages for everyone."""

from __future__ import annotations

from webapp.public import states_footer, states_help
from webapp.web.states import State, World


def _shared(world: World) -> None:
    world.walker.open("/").post("/ordinateur-partage", {**world.walker.page.forms[0].fields, "shared": "y"})


STATES = (
    State("front-door", "/", kind="first"),
    State("front-door-shared-computer", "/", _shared),
    State("not-found", "/nulle-part", status=404),
    State("not-allowed", "/", post={}, raw=True, status=405),
    State("forged", "/ordinateur-partage", post={"shared": "y"}, raw=True, status=403),
    State("unreadable", "/?q=%00", status=400),
    *states_help.STATES,
    *states_footer.STATES,
)
