"""What is measured at home, as people write it, and how it is read back.

Bounds are wide: beyond them it is a slip of the finger, not an illness.
"""

from __future__ import annotations

import re
from decimal import Decimal

from webapp.values.french import NARROW_SPACE
from webapp.values.quantities import QuantityError, QuantityProblem

SYSTOLIC = (40, 300)
DIASTOLIC = (20, 200)
GLUCOSE_MG_L = (100, 15_000)
MG_OF_A_MMOL = Decimal("180.156")
"""Molar mass of glucose, in g/mol."""
TENTHS_OF_DEGREE = (250, 450)
PAIN = (0, 10)
HEART_RATE = (20, 300)
OXYGEN = (30, 100)

_NUMBER = r"(\d{1,4})(?:[.,](\d{1,3}))?"
_PRESSURE = re.compile(rf"{_NUMBER}(?:/|-|sur){_NUMBER}(mmhg|cmhg)?")
_PRESSURE_SPOKEN = re.compile(r"(\d{1,3})(?:[.,;]|\s+)(\d{1,3})\s*(?:mmhg|cmhg)?", re.ASCII)
_GLUCOSE = re.compile(rf"{_NUMBER}(g/l|mmol/l|mg/dl|g|mmol|mg)?")
_MG_L = {"g": Decimal(1000), "mg": Decimal(10), "mmol": MG_OF_A_MMOL}
"""What one of each unit is in mg/L: g/L, mg/dL, mmol/L."""
_TEMPERATURE = re.compile(r"(\d{2})(?:[.,°](\d{1,2}))?(?:°c?|c|degrés?|degres?)?")
_PAIN = re.compile(r"(\d{1,2})(?:/10|sur10)?")
_HEART_RATE = re.compile(r"(\d{1,3})(?:bpm|(?:pulsations|battements)?(?:(?:/|par)?min(?:ute)?)?)")
_OXYGEN = re.compile(rf"{_NUMBER}%?")


def parse_pressure(text: str) -> tuple[int, int]:
    """Read a blood pressure, in mmHg: "12/8", "12,8", "12 8", "120/80" and "12,5/8" are understood.

    A first number of 30 or less is in centimetres of mercury, as it is said aloud. Raises QuantityError.
    """
    plain = _plain(text)
    found = _PRESSURE.fullmatch(plain)
    spoken = None if found else _PRESSURE_SPOKEN.fullmatch(" ".join(text.lower().split()))
    if found:
        high, low = _decimal(found[1], found[2]), _decimal(found[3], found[4])
    elif spoken:
        high, low = Decimal(spoken[1]), Decimal(spoken[2])
    else:
        raise QuantityError(QuantityProblem.SHAPE if plain else QuantityProblem.EMPTY)
    if high <= 30:
        high, low = high * 10, low * 10 if low <= 20 else low
    systolic, diastolic = _within(high, SYSTOLIC), _within(low, DIASTOLIC)
    if diastolic >= systolic:
        raise QuantityError(QuantityProblem.ORDER)
    return systolic, diastolic


def parse_glucose(text: str) -> int:
    """Read a blood glucose, in mg/L: "1,10", "1.1 g/L", "110 mg/dL", "6,1 mmol/L".

    Without a unit, below 3 is in g/L and from 40 on in mg/dL; between them it could be either of two that differ
    sixfold, and the unit is asked for. Raises QuantityError.
    """
    found = _match(_GLUCOSE, text)
    value, unit = _decimal(found[1], found[2]), found[3]
    if unit is None:
        unit = "g" if value < 3 else "mg" if value >= 40 else None
    if unit is None:
        raise QuantityError(QuantityProblem.UNIT)
    return _within(value * _MG_L[unit.partition("/")[0]], GLUCOSE_MG_L)


def parse_temperature(text: str) -> int:
    """Read a temperature, in tenths of a degree Celsius: "37,2", "37.2 °C", "37°2". Raises QuantityError."""
    found = _match(_TEMPERATURE, text)
    return _within(_decimal(found[1], found[2]) * 10, TENTHS_OF_DEGREE)


def parse_pain(text: str) -> int:
    """Read a pain, from 0 to 10: "4", "4/10". Raises QuantityError."""
    return _within(Decimal(_match(_PAIN, text)[1]), PAIN)


def parse_heart_rate(text: str) -> int:
    """Read a heart rate, in beats a minute: "72", "72 bpm". Raises QuantityError."""
    return _within(Decimal(_match(_HEART_RATE, text)[1]), HEART_RATE)


def parse_oxygen(text: str) -> int:
    """Read an oxygen saturation, in percent: "97", "97 %". Raises QuantityError."""
    found = _match(_OXYGEN, text)
    return _within(_decimal(found[1], found[2]), OXYGEN)


def show_pressure(systolic: int, diastolic: int) -> str:
    """ "120/80 mmHg"."""
    return f"{systolic}/{diastolic}{NARROW_SPACE}mmHg"


def show_glucose(mg_l: int) -> str:
    """ "1,10 g/L" (two decimals, as laboratories write it; a third one only when it was given)."""
    grams = f"{mg_l / 1000:.3f}".removesuffix("0").replace(".", ",")
    return f"{grams}{NARROW_SPACE}g/L"


def glucose_in_mmol(mg_l: int) -> str:
    """The same in the other unit of laboratories: "6,1 mmol/L"."""
    return f"{mg_l / float(MG_OF_A_MMOL):.1f}".replace(".", ",") + f"{NARROW_SPACE}mmol/L"


def show_temperature(tenths: int) -> str:
    """ "37,2 °C"."""
    return f"{tenths // 10},{tenths % 10}{NARROW_SPACE}°C"


def show_pain(value: int) -> str:
    """ "4 sur 10"."""
    return f"{value} sur 10"


def show_heart_rate(beats: int) -> str:
    """ "72 battements par minute"."""
    return f"{beats} battements par minute"


def show_oxygen(percent: int) -> str:
    """ "97 %"."""
    return f"{percent}{NARROW_SPACE}%"


def _plain(text: str) -> str:
    """Drop spaces of every kind and capitals; only the digits that we know are digits."""
    squeezed = "".join(text.split()).lower()
    return squeezed if squeezed.replace("°", "").replace("é", "").isascii() else "?"


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    plain = _plain(text)
    found = pattern.fullmatch(plain)
    if found is None:
        raise QuantityError(QuantityProblem.SHAPE if plain else QuantityProblem.EMPTY)
    return found


def _decimal(whole: str, decimals: str | None) -> Decimal:
    return Decimal(f"{whole}.{decimals or 0}")


def _within(value: Decimal, bounds: tuple[int, int]) -> int:
    least, most = bounds
    if value < least:
        raise QuantityError(QuantityProblem.TOO_SMALL)
    if value > most:
        raise QuantityError(QuantityProblem.TOO_LARGE)
    return round(value)
