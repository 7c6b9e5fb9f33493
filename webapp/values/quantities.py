"""Heights and weights as people write them: comma or point, metres or centimetres, with or without a unit."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

NNBSP = "\u202f"
SHORTEST_CM, TALLEST_CM = 20, 272
"""The smallest newborns that lived, and the tallest person ever measured: beyond is a slip of the finger."""
LIGHTEST_G, HEAVIEST_G = 300, 500_000

_HEIGHT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?(m|cm)?(\d{1,2})?")
_WEIGHT = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?(kg|g|kilos?|kgs)?")


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
    """Read a height, in whole centimetres: "1,72", "1.72 m", "1m72", "172" and "172 cm" are all 172.

    Without a unit, what is at most 2 (or has decimals below 3) is in metres, everything else in centimetres.
    Raises QuantityError.
    """
    found = _HEIGHT.fullmatch(_plain(text))
    if found is None:
        raise QuantityError(QuantityProblem.EMPTY if not _plain(text) else QuantityProblem.SHAPE)
    whole, decimals, unit, after = found.groups()
    if after is not None:  # "1m72": what follows the unit are centimetres
        if unit != "m" or decimals is not None:
            raise QuantityError(QuantityProblem.SHAPE)
        return _within(int(whole) * 100 + int(after.ljust(2, "0")), SHORTEST_CM, TALLEST_CM)
    value = Decimal(f"{whole}.{decimals or 0}")
    if unit == "m" or (unit is None and value < 3):
        value *= 100
    return _within(round(value), SHORTEST_CM, TALLEST_CM)


def parse_weight(text: str) -> int:
    """Read a weight, in whole grams: "70", "70,5", "70.5 kg" and "3200 g"; without a unit it is in kilograms.

    Raises QuantityError.
    """
    found = _WEIGHT.fullmatch(_plain(text))
    if found is None:
        raise QuantityError(QuantityProblem.EMPTY if not _plain(text) else QuantityProblem.SHAPE)
    whole, decimals, unit = found.groups()
    value = Decimal(f"{whole}.{decimals or 0}")
    return _within(int(value if unit == "g" else value * 1000), LIGHTEST_G, HEAVIEST_G)


def show_height(centimetres: int) -> str:
    """Write a height as it is read back: "1,72 m"."""
    return f"{centimetres // 100},{centimetres % 100:02}{NNBSP}m"


def show_weight(grams: int) -> str:
    """Write a weight as it is read back: "70 kg", "70,5 kg", "3,25 kg"."""
    kilos = f"{grams / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{kilos}{NNBSP}kg"


def _plain(text: str) -> str:
    """Drop spaces of every kind and capitals; only the digits that we know are digits."""
    squeezed = "".join(text.split()).lower()
    return squeezed if squeezed.isascii() else "?"


def _within(value: int, least: int, most: int) -> int:
    if value < least:
        raise QuantityError(QuantityProblem.TOO_SMALL)
    if value > most:
        raise QuantityError(QuantityProblem.TOO_LARGE)
    return value
