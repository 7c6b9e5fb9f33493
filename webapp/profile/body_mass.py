"""Body mass index, of a weight and a height, and what is said of it. Plain values only.

Source of the ranges: World Health Organization, "Obesity and overweight" and technical report 894 (2000), for adults.
Under eighteen they do not apply: growth curves by age and sex do, and nothing is said here.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from webapp.values.ages import is_minor
from webapp.values.french import typeset

_RANGES = (
    (Decimal("18.5"), "en dessous de 18,5, l’OMS parle de maigreur"),
    (Decimal(25), "entre 18,5 et 24,9, l’OMS parle de corpulence normale"),
    (Decimal(30), "entre 25 et 29,9, l’OMS parle de surpoids"),
)
_BEYOND = "à partir de 30, l’OMS parle d’obésité"
CHILDS_HEIGHT_DAYS = 92
"""A child grows: a height serves for weights of so many days around it."""


def body_mass_index(grams: int, centimetres: int) -> Decimal:
    """Return kilograms by square metre, to one decimal."""
    value = Decimal(grams) / 1000 / (Decimal(centimetres) / 100) ** 2
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def height_for(weighed: date, heights: list[tuple[date, int]], born: date) -> int | None:
    """Return the height, of those measured (newest first), that goes with a weight of this day; None when none does.

    The last one before it, else the first one after it; a child's own of about that time, or none.
    """
    before = [one for one in heights if one[0] <= weighed]
    found = before[0] if before else (heights[-1] if heights else None)
    if found is None:
        return None
    grows = is_minor(born, min(weighed, found[0]))
    near = abs((weighed - found[0]).days) <= CHILDS_HEIGHT_DAYS
    return None if grows and not near else found[1]


def say_index(index: Decimal) -> str:
    """ "23,8"."""
    return str(index).replace(".", ",")


def say_range(index: Decimal, born: date, weighed: date) -> str:
    """Say where it lies; of somebody under eighteen, that it is read otherwise."""
    if is_minor(born, weighed):
        return "Avant 18 ans, il se lit sur les courbes du carnet de santé, avec un médecin."
    words = next((said for most, said in _RANGES if index < most), _BEYOND)
    return typeset(
        f"{words[0].upper()}{words[1:]}. "
        "Ce repère ne vaut ni pendant une grossesse, ni pour les personnes très musclées ; "
        "seul un médecin peut en juger."
    )
