"""Measures and habits in a file: figures in our own units, or not taken at all."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from webapp.ips.codes import DIASTOLIC, LOINC, MEASURES, OURS, PRESSURE, SYSTOLIC
from webapp.ips.concepts import codes_of
from webapp.ips.rules import Line, day_of, line_of

Json = dict[str, Any]


def observation(one: Json, _named: dict[str, Json]) -> Line | None:
    """A habit or a measure; None for what is neither, or has no day."""
    if one.get("status") in ("entered-in-error", "cancelled"):
        return None
    told = (
        one.get("effectiveDateTime"),
        one.get("effectiveInstant"),
        (one.get("effectivePeriod") or {}).get("start"),
    )
    concept, on = one.get("code") or {}, next(filter(None, map(day_of, told)), None)
    if topics := codes_of(concept, f"{OURS}topic"):
        return line_of("way-of-life", {"topic": topics[0], "name": one.get("valueString")}, on)
    if on is None:  # a measure is of a day: today's would be wrong
        return None
    note = next((part.get("text") for part in one.get("note", [])), "")
    codes = set(codes_of(concept, LOINC))
    if codes & set(PRESSURE):
        parts = {
            code: part
            for part in one.get("component", [])
            for code in codes_of(part.get("code") or {}, LOINC)
        }
        said = {
            name: _figure(parts.get(code, {}).get("valueQuantity"), {"mm[Hg]": Decimal(1)})
            for name, code in (("systolic", SYSTOLIC), ("diastolic", DIASTOLIC))
        }
        return line_of("blood-pressure", {**said, "note": note}, on)
    for kind, figure in MEASURES.items():
        if codes & set(figure.codes):
            units = {figure.unit: Decimal(figure.times), **dict(figure.others)}
            return line_of(kind, {"value": _figure(one.get("valueQuantity"), units), "note": note}, on)
    return None


def _figure(quantity: Json | None, units: dict[str, Decimal]) -> int | None:
    """A quantity in our own unit, or None when its unit is not one that is understood."""
    unit = (quantity or {}).get("code") or (quantity or {}).get("unit")
    if quantity is None or unit not in units:
        return None
    try:
        value = Decimal(str(quantity.get("value"))) * units[unit]
    except InvalidOperation:
        return None
    return round(value) if abs(value) < 1_000_000 else None
