"""A dose and a severity that a file gives as figures and codes, in words."""

from __future__ import annotations

from typing import Any

from webapp.ips.rules import day_of
from webapp.values.clock import french_date

Json = dict[str, Any]
_EVERY = {"h": "heure", "d": "jour", "wk": "semaine", "mo": "mois", "a": "an"}
_GRADES = {
    **dict.fromkeys(("LA6752-5", "255604002"), "forme légère"),
    **dict.fromkeys(("LA6751-7", "6736007"), "forme modérée"),
    **dict.fromkeys(("LA6750-9", "24484000"), "forme sévère"),
}
"""Codes of LOINC and SNOMED CT, as the value set of FHIR's Condition.severity and the summary's have them."""


def dose_in_words(dosage: list[Json], end: str) -> str:
    """ "1 tablet, 2 fois par jour, Oral use"; its own words when it has some. `end`: its planned last day."""
    told = next((one["text"] for one in dosage if one.get("text")), "") or next(map(_structured, dosage), "")
    last = day_of(end)
    return ", ".join(filter(None, (told, f"jusqu’au {french_date(last)}" if last else "")))


def _structured(one: Json) -> str:
    quantities = [part["doseQuantity"] for part in one.get("doseAndRate", []) if part.get("doseQuantity")]
    amounts = [f"{_figure(part['value'])} {part.get('unit') or part.get('code') or ''}".strip()
               for part in quantities if part.get("value") is not None]  # fmt: skip
    repeat, route = (one.get("timing") or {}).get("repeat") or {}, one.get("route") or {}
    through = route.get("text") or next(
        (part["display"] for part in route.get("coding", []) if part.get("display")), ""
    )
    return ", ".join(filter(None, (*amounts[:1], _often(repeat), through)))


def _often(repeat: Json) -> str:
    times, period, unit = (
        repeat.get("frequency"),
        repeat.get("period"),
        _EVERY.get(repeat.get("periodUnit", "")),
    )
    if not times or not period or unit is None:
        return ""
    plural = unit if unit.endswith("s") else f"{unit}s"
    return (
        f"{_figure(times)} fois par {unit}"
        if period == 1
        else f"{_figure(times)} fois en {_figure(period)} {plural}"
    )


def _figure(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def severity_in_words(concept: Json) -> str:
    """ "forme sévère"; nothing for a code that is not one of three."""
    return next((_GRADES[one["code"]] for one in concept.get("coding", []) if one.get("code") in _GRADES), "")
