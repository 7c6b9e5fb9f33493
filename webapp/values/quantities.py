"""Heights and weights as people write them: comma or point, metres or centimetres, with or without a unit."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

NNBSP = "\u202f"
SHORTEST_CM, TALLEST_CM = 20, 272
"""The smallest newborns that lived, and the tallest person ever measured: beyond is a slip of the finger."""
LIGHTEST_G, HEAVIEST_G = 300, 500_000

# What stands beside the comma on a keyboard, or is written for it, is a comma too.
_COMMA = "[.,;:']"
_HEIGHT = re.compile(
    rf"(\d{{1,3}})(?:{_COMMA}(\d{{1,3}}))?(m|cm|metres?|centimetres?)?(?:(\d{{1,2}})(cm|centimetres?)?)?"
)
_WEIGHT = re.compile(
    rf"(\d{{1,6}})(?:{_COMMA}(\d{{1,3}}))?(kgs?|kilos?|kilogrammes?|g|grammes?)?(?:(\d{{1,3}})(g|grammes?)?)?"
)
_LETTERS = str.maketrans({"é": "e", "è": "e", "\u2019": "'"})


class QuantityProblem(StrEnum):
    """What is wrong with a quantity."""

    EMPTY = "empty"
    SHAPE = "shape"
    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    UNIT = "unit"
    """It would mean one of two things that differ much."""
    ORDER = "order"
    """Two numbers that stand the wrong way round."""


class QuantityError(ValueError):
    """A text that is no height or no weight; `problem` says why."""

    def __init__(self, problem: QuantityProblem) -> None:
        """Keep what is wrong."""
        super().__init__(problem)
        self.problem = problem


def parse_height(text: str) -> int:
    """Read a height, in whole centimetres: "1,72", "1.72 m", "1m72", "1 mètre 72", "172" and "172 cm" are all 172.

    Without a unit, what is at most 2 (or has decimals below 3) is in metres, everything else in centimetres.
    Raises QuantityError.
    """
    whole, decimals, unit, after, unit_after = _parts(_HEIGHT, text)
    in_metres = unit is not None and unit.startswith("m")
    if after is not None:  # "1m72": what follows the unit are centimetres, and "1m7" is short for "1m70"
        if not in_metres or decimals is not None:
            raise QuantityError(QuantityProblem.SHAPE)
        rest = int(after if unit_after else after.ljust(2, "0"))
        return _within(int(whole) * 100 + rest, SHORTEST_CM, TALLEST_CM)
    value = Decimal(f"{whole}.{decimals or 0}")
    if in_metres or (unit is None and value < 3):
        value *= 100
    return _within(round(value), SHORTEST_CM, TALLEST_CM)


def parse_weight(text: str) -> int:
    """Read a weight, in whole grams: "70", "70,5", "70.5 kg", "3 kg 250" and "3200 g"; without a unit, in kilograms.

    Raises QuantityError.
    """
    whole, decimals, unit, after, unit_after = _parts(_WEIGHT, text)
    in_grams = unit is not None and unit.startswith("g")
    if after is not None:  # "3kg250": what follows the unit are grams, and "3kg2" is short for "3kg200"
        if unit is None or in_grams or decimals is not None:
            raise QuantityError(QuantityProblem.SHAPE)
        rest = int(after if unit_after else after.ljust(3, "0"))
        return _within(int(whole) * 1000 + rest, LIGHTEST_G, HEAVIEST_G)
    value = Decimal(f"{whole}.{decimals or 0}")
    return _within(int(value if in_grams else value * 1000), LIGHTEST_G, HEAVIEST_G)


def show_height(centimetres: int) -> str:
    """Write a height as it is read back: "1,72 m"."""
    return f"{centimetres // 100},{centimetres % 100:02}{NNBSP}m"


def show_weight(grams: int) -> str:
    """Write a weight as it is read back: "70 kg", "70,5 kg", "3,25 kg"."""
    kilos = f"{grams / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{kilos}{NNBSP}kg"


def _parts(shape: re.Pattern[str], text: str) -> tuple[Any, ...]:
    plain = _plain(text)
    if not plain:
        raise QuantityError(QuantityProblem.EMPTY)
    found = shape.fullmatch(plain)
    if found is None:
        raise QuantityError(QuantityProblem.SHAPE)
    return found.groups()


def _plain(text: str) -> str:
    """Drop spaces of every kind, capitals and a last full stop; only the digits that we know are digits."""
    squeezed = "".join(text.split()).lower().translate(_LETTERS).rstrip(".,;")
    return squeezed if squeezed.isascii() else "?"


def _within(value: int, least: int, most: int) -> int:
    if value < least:
        raise QuantityError(QuantityProblem.TOO_SMALL)
    if value > most:
        raise QuantityError(QuantityProblem.TOO_LARGE)
    return value
