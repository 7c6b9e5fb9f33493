"""States of the medical profile (J10)."""

from __future__ import annotations

from collections.abc import Callable

from webapp.account import walks
from webapp.family import walks as family
from webapp.profile.rules import Kind
from webapp.profile.walks import measured
from webapp.web.states import State, World

PROFILE, ILLNESSES, WEIGHT = "/profil-medical", "/profil-medical/maladies", "/profil-medical/poids"
ALLERGIES, TREATMENTS = "/profil-medical/allergies", "/profil-medical/traitements"
VACCINES, STAYS = "/profil-medical/vaccinations", "/profil-medical/hospitalisations"
FAMILY, PEOPLE = "/profil-medical/famille", "/profil-medical/proches"
PRESSURE, WISHES = "/profil-medical/tension", "/profil-medical/volontes"
LONG = "Polyarthrite-rhumatoïde-séronégative-diagnostiquée-en-" + "consultation" * 8


def signed_in(world: World) -> None:
    """Somebody whose profile is still empty."""
    walks.make_account(world)
    walks.sign_in(world)


def add(*names: str, at: str = ILLNESSES, field: str = "name", **more: str) -> Callable[[World], None]:
    """Add entries to a part, as whoever is signed in."""

    def walk(world: World) -> None:
        for name in names:
            world.walker.open(at).send(**{field: name, **more}, action=None)

    return walk


def _then(*steps: Callable[[World], object]) -> Callable[[World], None]:
    def arrange(world: World) -> None:
        signed_in(world)
        for step in steps:
            step(world)

    return arrange


def none(world: World) -> None:
    """Say that there is no illness."""
    world.walker.open(ILLNESSES).send(action=f"{ILLNESSES}/aucun")


def _weighed(count: int) -> Callable[[World], None]:
    def walk(world: World) -> None:
        measured(world, Kind.HEIGHT, [{"value": 172}], every=400)
        measured(world, Kind.WEIGHT, ({"value": 70_000 + place * 37 % 900 * 10} for place in range(count)))

    return walk


def _pressed(world: World) -> None:
    values = ({"systolic": 120 + place % 9, "diastolic": 80 - place % 7} for place in range(8))
    measured(world, Kind.BLOOD_PRESSURE, values)
    add("13/8", at=PRESSURE, field="pressure", note="Après " + "l’escalier " * 9)(world)


def _around(world: World) -> None:
    add("Revaxis", at=VACCINES, day="4", month="2", year="2022", batch="X12 34")(world)
    add("ROR", at=VACCINES, year="1998")(world)
    add("Appendicite", at=STAYS, month="5", year="2012", until_day="9", until_month="5", until_year="2012")(
        world
    )
    add("Diabète", at=FAMILY, relation="MTH")(world)
    add("Arrêté en 2015", at="/profil-medical/mode-de-vie", topic="tobacco")(world)
    add("Nadia Clairvernay", at=PEOPLE, role="trusted", relation="fille", phone="07 12 34 56 78")(world)
    add("D’accord", at=WISHES, topic="organ-donation")(world)


def _full(world: World) -> None:
    add(*(f"Maladie {number}" for number in range(1, 8)))(world)
    _around(world)
    add("Pénicilline", at="/profil-medical/allergies")(world)
    add("1,72", at="/profil-medical/taille", field="height_m")(world)
    add("70,5", "71", at=WEIGHT, field="weight_kg")(world)


def first_entry(world: World, at: str = ILLNESSES) -> str:
    """Return the address of the first entry of a part."""
    links = world.walker.open(at).page.links
    return next(href for href, _words in links if href.startswith(f"{at}/"))


def _entry(*steps: Callable[[World], object], at: str = ILLNESSES) -> Callable[[World], dict[str, str]]:
    def arrange(world: World) -> dict[str, str]:
        _then(*steps)(world)
        return {"entry": first_entry(world, at)}

    return arrange


def _treated(world: World) -> None:
    add("Salbutamol", at=TREATMENTS, dose="1 le soir", since_year="2015")(world)


def _corrected(world: World) -> None:
    world.walker.open(first_entry(world)).send(name="Asthme léger")


def _removed(world: World) -> dict[str, str]:
    _then(add("Asthme"), _corrected)(world)
    address = first_entry(world)
    world.walker.open(address).send(action=f"{address}/retirer")
    return {"entry": address}


def _older(world: World) -> dict[str, str]:
    _then(_weighed(45))(world)
    href = next(href for href, words in world.walker.open(WEIGHT).page.links if "plus ancien" in words)
    return {"older": href.rpartition("=")[2]}


def _in_child(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)


def _frozen(world: World) -> None:
    family.disagree(family.shared(world))
    family.go_in(world)


def _frozen_meanwhile(world: World) -> dict[str, str]:
    father = family.shared(world)
    family.go_in(world)
    fields = world.walker.open(ALLERGIES).form("name").fields
    family.disagree(father)
    return {"csrf_token": fields["csrf_token"], "once": fields["once"]}


LATE = {"name": "Asthme sévère", "version": "1"}
"""Somebody else corrected it since the page was read."""

_WRONG_STAY = {"name": "", "year": "12", "until_day": "32", "until_month": "1", "until_year": "2012"}

STATES = (
    State("profile", PROFILE, _then(_full), kind="prose"),
    State("profile-empty", PROFILE, signed_in, kind="prose"),
    State("profile-child", PROFILE, _in_child, kind="prose"),
    State("profile-frozen", PROFILE, _frozen, kind="prose"),
    State("profile-part-empty", WISHES, signed_in),
    State("profile-part-none", ILLNESSES, _then(none)),
    State("profile-part-long", ALLERGIES, _then(add(LONG, at=ALLERGIES))),
    State("profile-vaccinations", VACCINES, _then(_around)),
    State("profile-diseases", f"{VACCINES}/maladies", signed_in, kind="prose"),
    State("profile-stay-wrong", STAYS, signed_in, post=_WRONG_STAY, status=422),
    State("profile-people-child", PEOPLE, _in_child),
    State("profile-people-wrong", PEOPLE, signed_in, post={"phone": "12", "name": "Nadia"}, status=422),
    State("profile-family-wrong", FAMILY, signed_in, post={"name": "Diabète"}, status=422),
    State("profile-weight", WEIGHT, _then(_weighed(400))),
    State("profile-weight-wrong", WEIGHT, signed_in, post={"weight_kg": "900", "year": "27"}, status=422),
    State("profile-weight-curve", f"{WEIGHT}/courbe", _then(_weighed(40)), kind="prose"),
    State("profile-weight-older", WEIGHT + "?avant={older}", _older),
    State("profile-pressure", PRESSURE, _then(_pressed)),
    State("profile-entry", "{entry}", _entry(add("Asthme"), _corrected)),
    State("profile-entry-vaccination", "{entry}", _entry(_around, at=VACCINES)),
    State("profile-entry-removed", "{entry}", _removed),
    State("profile-entry-none", "{entry}", _entry(none)),
    State("profile-entry-treatment", "{entry}", _entry(_treated, at=TREATMENTS)),
    State("profile-gone", f"{ILLNESSES}/retirees", _removed),
    State("profile-entry-late", "{entry}", _entry(add("Asthme"), _corrected), post=LATE, status=409),
    State(
        "profile-frozen-add", ALLERGIES, _frozen_meanwhile, post={"name": "Arachide"}, status=409, raw=True
    ),
)
