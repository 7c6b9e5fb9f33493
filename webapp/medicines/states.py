"""States of the search for a medicine."""

from __future__ import annotations

from webapp.account import walks
from webapp.db.work import writing
from webapp.medicines.loading import Row, load
from webapp.web.states import State, World

LIST, TREATMENTS = "/profil-medical/traitements/medicaments", "/profil-medical/traitements"
A_FEW: tuple[Row, ...] = (
    (60234100, "DOLIPRANE 1 g", "PARACÉTAMOL"),
    (63368332, "DOLIPRANE 500 mg, comprimé", "PARACÉTAMOL"),
    (60002283, "ANASTROZOLE ACCORD 1 mg, comprimé pelliculé", "ANASTROZOLE"),
    (61876780, "ABACAVIR ARROW 300 mg, comprimé pelliculé sécable", "ABACAVIR"),
    (
        69000001,
        "ŒSTRODOSE 0,06 POUR CENT, gel pour application cutanée en flacon avec pompe doseuse",
        "ESTRADIOL",
    ),
    *(
        (69000000 + dose, f"PARACETAMOL ESSAI {dose} mg, comprimé", "PARACÉTAMOL")
        for dose in range(100, 1000, 20)
    ),
)
"""A few names, so that a state costs no load of all of them."""


def some(world: World) -> None:
    """Load a few medicines, and sign somebody in."""
    with writing(world.app.extensions["engine"]) as session:
        load(session, A_FEW)
    walks.make_account(world)
    walks.sign_in(world)


def chosen(world: World) -> None:
    """Choose one in the list page."""
    some(world)
    world.walker.open(LIST).send(action=LIST, name="dolip 1")
    world.walker.post(
        f"{LIST}/choix", {**world.walker.form(action=f"{LIST}/choix").fields, "name": A_FEW[0][1]}
    )


def _typing(world: World) -> dict[str, str]:
    some(world)
    fields = world.walker.open(TREATMENTS).form("name").fields
    return {"csrf_token": fields["csrf_token"]}


STATES = (
    State("medicines", LIST, some),
    State("medicines-found", LIST, some, post={"name": "paracétamol"}, action=LIST),
    State("medicines-wrong", LIST, some, post={"name": "x"}, action=LIST, status=422),
    State("medicines-chosen", TREATMENTS, chosen),
    State(
        "medicines-proposed",
        f"{LIST}/propositions",
        _typing,
        post={"name": "paracétamol"},
        raw=True,
        kind="fragment",
        headers={"HX-Request": "true"},
    ),
)
