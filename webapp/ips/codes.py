"""The codes of the summary: sections, what is said of nothing, measures. LOINC codes © Regenstrief Institute, Inc.

Source: HL7 International Patient Summary 1.1.0 (CC0). This material contains content from LOINC (http://loinc.org),
copyright Regenstrief Institute, Inc., available at no cost under the license at http://loinc.org/license.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
CIS = "https://smt.esante.gouv.fr/terminologie-bdpm"
NUVA = "https://smt.esante.gouv.fr/terminologie-nuva"
OURS = "urn:x-espace-sante:"
"""Before the name of one of our own lists of codes: relation, topic, role."""
SUMMARY = "60591-5"


@dataclass(frozen=True)
class Part:
    """A section of the document: its LOINC code, its title in French, the kinds of entries that it holds."""

    code: str
    title: str
    kinds: tuple[str, ...]
    required: bool = False
    over: bool | None = None
    """Holds what is over, or what is not; None: both."""


SECTIONS = (
    Part("11450-4", "Maladies et sujets de santé", ("illness",), required=True, over=False),
    Part("10160-0", "Traitements", ("treatment",), required=True),
    Part("48765-2", "Allergies et intolérances", ("allergy",), required=True),
    Part("11348-0", "Maladies et sujets de santé passés", ("illness",), over=True),
    Part("11369-6", "Vaccinations", ("vaccination",)),
    Part("47519-4", "Séjours à l’hôpital", ("hospital-stay",)),
    Part(
        "8716-3",
        "Mesures",
        ("height", "weight", "blood-pressure", "temperature", "pain", "heart-rate", "oxygen"),
    ),
    Part("30954-2", "Résultats", ("glucose",)),
    Part("29762-2", "Mode de vie", ("way-of-life",)),
    Part("10157-6", "Antécédents familiaux", ("family-history",)),
    Part("42348-3", "Volontés", ("wish",)),
)

KNOWN_NONE = {
    "no-illness": "no-known-problems",
    "no-treatment": "no-known-medications",
    "no-allergy": "no-known-allergies",
}
"""Said by the person: there is none."""
NOTHING_SAID = {"illness": "no-problem-info", "treatment": "no-medication-info", "allergy": "no-allergy-info"}
"""Nothing is said: neither that there is some, nor that there is none."""
IN_WORDS = {
    "no-known-problems": "Aucune maladie ni autre sujet de santé",
    "no-known-medications": "Aucun traitement",
    "no-known-allergies": "Aucune allergie connue",
    "no-problem-info": "Rien n’est noté",
    "no-medication-info": "Rien n’est noté",
    "no-allergy-info": "Rien n’est noté",
}


NO_ALLERGY_OF = {
    "no-known-food-allergies": "aucune allergie alimentaire connue",
    "no-known-medication-allergies": "aucune allergie connue à un médicament",
    "no-known-environmental-allergies": "aucune allergie connue à l’environnement",
}
"""What a profile has no place for: that there is none of one sort."""
ROLE_CODE, CONTACT = (
    "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
    "http://terminology.hl7.org/CodeSystem/v2-0131",
)
"""Relatives (the profile's codes are these), and roles of a contact, of which `C` is to be told in an emergency."""


@dataclass(frozen=True)
class Figure:
    """A measured figure: its LOINC codes (the first is written), its UCUM unit, and how many of ours make one of it."""

    codes: tuple[str, ...]
    unit: str
    times: int = 1
    others: tuple[tuple[str, Decimal], ...] = ()
    """Other units that are understood, and how many of ours make one of each."""
    written: int = 1
    """How many of the codes are written: FHIR's profile of the oxygen saturation asks for 2708-6 beside a finer one."""


MEASURES = {
    "height": Figure(("8302-2", "8306-3"), "cm", 1, (("m", Decimal(100)), ("[in_i]", Decimal("2.54")))),
    "weight": Figure(
        ("29463-7", "3141-9"), "kg", 1000, (("g", Decimal(1)), ("[lb_av]", Decimal("453.59237")))
    ),
    "glucose": Figure(
        ("2339-0", "2345-7", "15074-8"),
        "g/L",
        1000,
        (("mg/dL", Decimal(10)), ("mmol/L", Decimal("180.16")), ("mg/L", Decimal(1))),
    ),
    "temperature": Figure(("8310-5",), "Cel", 10),
    "pain": Figure(("38208-5", "72514-3"), "{score}", 1, (("1", Decimal(1)),)),
    "heart-rate": Figure(("8867-4",), "/min", 1, (("{beats}/min", Decimal(1)),)),
    "oxygen": Figure(("2708-6", "59408-5", "20564-1"), "%", written=2),
}
PRESSURE, SYSTOLIC, DIASTOLIC = ("85354-9", "55284-4"), "8480-6", "8462-4"
