"""How each measure is asked for, read and said, and what a plot draws of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.profile.fields import Field, quantity
from webapp.profile.rules import Kind
from webapp.values import vital_signs as signs
from webapp.values.quantities import QuantityProblem as P
from webapp.values.quantities import parse_height, parse_weight, show_height, show_weight


@dataclass(frozen=True)
class Measure:
    """One kind of measure: its field, its words, and its lines on a plot, each with a name and its value.

    `unit`: what those values are in, as the plot says it.
    """

    field: Field
    say: Callable[[dict[str, Any]], str]
    unit: str
    lines: tuple[tuple[str, Callable[[dict[str, Any]], float]], ...]


def _one(scale: int = 1) -> tuple[tuple[str, Callable[[dict[str, Any]], float]], ...]:
    return (("", lambda said: float(Decimal(said["value"]) / scale)),)


def _glucose(said: dict[str, Any]) -> str:
    return f"{signs.show_glucose(said['value'])} ({signs.glucose_in_mmol(said['value'])})"


def _pressure(said: dict[str, Any]) -> str:
    return signs.show_pressure(said["systolic"], said["diastolic"])


MEASURES: dict[Kind, Measure] = {
    Kind.WEIGHT: Measure(
        quantity(
            "weight_kg",
            "Poids",
            parse_weight,
            show_weight,
            {
                P.EMPTY: "Écrivez le poids en kilos. Exemple : 70",
                P.SHAPE: "Écrivez un poids en kilos. Exemples : 70 ou 70,5",
                P.TOO_SMALL: "Ce poids est trop petit. Écrivez-le en kilos. Exemple : 70",
                P.TOO_LARGE: "Ce poids est trop grand. Écrivez-le en kilos. Exemple : 70",
            },
            hint="En kilos. Exemples : 70 ou 70,5",
        ),
        lambda said: show_weight(said["value"]),
        "en kg",
        _one(1000),
    ),
    Kind.HEIGHT: Measure(
        quantity(
            "height_m",
            "Taille",
            parse_height,
            show_height,
            {
                P.EMPTY: "Écrivez la taille. Exemple : 1,72",
                P.SHAPE: "Écrivez une taille en mètres ou en centimètres. Exemples : 1,72 ou 172",
                P.TOO_SMALL: "Cette taille est trop petite. Exemple : 1,72 pour 1 mètre 72",
                P.TOO_LARGE: "Cette taille est trop grande. Exemple : 1,72 pour 1 mètre 72",
            },
            hint="Exemples : 1,72 ou 172",
        ),
        lambda said: show_height(said["value"]),
        "en cm",
        _one(),
    ),
    Kind.BLOOD_PRESSURE: Measure(
        quantity(
            "pressure",
            "Tension artérielle",
            signs.parse_pressure,
            signs.show_pressure,
            {
                P.EMPTY: "Écrivez les deux nombres. Exemple : 12/8",
                P.SHAPE: "Écrivez deux nombres. Exemples : 12/8 ou 120/80",
                P.TOO_SMALL: "Cette tension est trop basse. Exemples : 12/8 ou 120/80",
                P.TOO_LARGE: "Cette tension est trop haute. Exemples : 12/8 ou 120/80",
                P.ORDER: "Écrivez d’abord le plus grand nombre. Exemple : 12/8",
            },
            keys=("systolic", "diastolic"),
            hint="Exemples : 12/8 ou 120/80",
            inputmode="text",
        ),
        _pressure,
        "en mmHg",
        (
            ("le plus haut", lambda said: float(said["systolic"])),
            ("le plus bas", lambda said: float(said["diastolic"])),
        ),
    ),
    Kind.GLUCOSE: Measure(
        quantity(
            "glucose",
            "Glycémie",
            signs.parse_glucose,
            signs.show_glucose,
            {
                P.EMPTY: "Écrivez la glycémie. Exemple : 1,10",
                P.SHAPE: "Écrivez un nombre. Exemples : 1,10 g/L ou 6,1 mmol/L",
                P.TOO_SMALL: "Cette glycémie est trop basse. Exemples : 1,10 g/L ou 6,1 mmol/L",
                P.TOO_LARGE: "Cette glycémie est trop haute. Exemples : 1,10 g/L ou 6,1 mmol/L",
                P.UNIT: "Ajoutez l’unité qui est sur l’appareil. Exemples : 1,10 g/L ou 6,1 mmol/L",
            },
            hint="Le sucre dans le sang. Exemples : 1,10 (en g/L) ou 6,1 mmol/L",
            inputmode="text",
        ),
        _glucose,
        "en g/L",
        _one(1000),
    ),
    Kind.TEMPERATURE: Measure(
        quantity(
            "temperature",
            "Température",
            signs.parse_temperature,
            signs.show_temperature,
            {
                P.EMPTY: "Écrivez la température. Exemple : 37,2",
                P.SHAPE: "Écrivez une température en degrés. Exemple : 37,2",
                P.TOO_SMALL: "Cette température est trop basse. Exemple : 37,2",
                P.TOO_LARGE: "Cette température est trop haute. Exemple : 37,2",
            },
            hint="En degrés. Exemple : 37,2",
        ),
        lambda said: signs.show_temperature(said["value"]),
        "en °C",
        _one(10),
    ),
    Kind.HEART_RATE: Measure(
        quantity(
            "heart_rate",
            "Rythme du cœur",
            signs.parse_heart_rate,
            signs.show_heart_rate,
            {
                P.EMPTY: "Écrivez le nombre de battements. Exemple : 72",
                P.SHAPE: "Écrivez un nombre de battements par minute. Exemple : 72",
                P.TOO_SMALL: "Ce nombre est trop petit. Exemple : 72",
                P.TOO_LARGE: "Ce nombre est trop grand. Exemple : 72",
            },
            hint="En battements par minute. Exemple : 72",
            inputmode="numeric",
        ),
        lambda said: signs.show_heart_rate(said["value"]),
        "par minute",
        _one(),
    ),
    Kind.OXYGEN: Measure(
        quantity(
            "oxygen",
            "Oxygène dans le sang",
            signs.parse_oxygen,
            signs.show_oxygen,
            {
                P.EMPTY: "Écrivez le pourcentage. Exemple : 97",
                P.SHAPE: "Écrivez un pourcentage. Exemple : 97",
                P.TOO_SMALL: "Ce nombre est trop petit. Exemple : 97",
                P.TOO_LARGE: "Ce nombre est trop grand : 100 au plus. Exemple : 97",
            },
            hint="En pourcentage, comme sur l’oxymètre. Exemple : 97",
            inputmode="numeric",
        ),
        lambda said: signs.show_oxygen(said["value"]),
        "en %",
        _one(),
    ),
    Kind.PAIN: Measure(
        quantity(
            "pain",
            "Douleur",
            signs.parse_pain,
            signs.show_pain,
            {
                P.EMPTY: "Écrivez un nombre de 0 à 10. Exemple : 4",
                P.SHAPE: "Écrivez un nombre de 0 à 10. Exemple : 4",
                P.TOO_LARGE: "Écrivez un nombre de 0 à 10. Exemple : 4",
            },
            hint="De 0 (aucune douleur) à 10 (la pire que j’imagine).",
            inputmode="numeric",
        ),
        lambda said: signs.show_pain(said["value"]),
        "sur 10",
        _one(),
    ),
}
