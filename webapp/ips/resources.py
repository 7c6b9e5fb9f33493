"""One FHIR resource for one entry of the profile, as a plain mapping; the document is checked as a whole."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from webapp.ips.codes import (
    ABSENT,
    CIS,
    CONTACT,
    DIASTOLIC,
    LOINC,
    MEASURES,
    NUVA,
    OURS,
    PRESSURE,
    ROLE_CODE,
    SYSTOLIC,
    UCUM,
)
from webapp.ips.rules import partly
from webapp.profile import codes, vaccines
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.profile.words import LABELS

Json = dict[str, Any]
_STATUS = "http://terminology.hl7.org/CodeSystem/"
UNKNOWN_TIME: Json = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}


def coded(system: str, code: str, display: str | None = None) -> Json:
    """A concept of one code."""
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}


def absent(kind: str, code: str, words: str, whose: Json) -> Json:
    """The resource that says that there is none, or that nothing is known."""
    concept = coded(ABSENT, code) | {"text": words}
    if kind == "illness":
        return {
            "resourceType": "Condition",
            "clinicalStatus": _active("condition"),
            "code": concept,
            "subject": whose,
        }
    if kind == "treatment":
        return {
            "resourceType": "MedicationStatement",
            "status": "unknown",
            "medicationCodeableConcept": concept,
            "subject": whose,
            "effectivePeriod": UNKNOWN_TIME,
        }
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": _active("allergyintolerance"),
        "code": concept,
        "patient": whose,
    }


def resource_of(entry: Entry, whose: Json) -> Json:
    """Return the resource of an entry; its id is the entry's."""
    made = _MAKERS.get(entry.kind.value, _measure)(
        entry.said, entry.happened_on.isoformat(), whose, entry.kind.value
    )
    return {"id": str(entry.entry_id), **made}


def _active(of: str) -> Json:
    return coded(f"{_STATUS}{of}-clinical", "active")


def _illness(said: Json, day: str, whose: Json, _kind: str) -> Json:
    return {
        "resourceType": "Condition",
        "clinicalStatus": coded(f"{_STATUS}condition-clinical", said.get("state", "active")),
        "category": [coded(LOINC, "75326-9", "Problem")],
        "code": {"text": said["name"]},
        "subject": whose,
        "recordedDate": day,
        **_if("onsetDateTime", said.get("since")),
        **_if("abatementDateTime", said.get("until")),
    }


def _if(name: str, value: Any) -> Json:
    return {name: value} if value else {}


def _treatment(said: Json, day: str, whose: Json, _kind: str) -> Json:
    concept: Json = {"text": said["name"]}
    if said.get("cis"):
        concept |= coded(CIS, said["cis"])
    period = {**_if("start", said.get("since")), **_if("end", said.get("until"))}
    return {
        "resourceType": "MedicationStatement",
        "status": said.get("state", "active"),
        "medicationCodeableConcept": concept,
        "subject": whose,
        "effectivePeriod": period or UNKNOWN_TIME,
        "dateAsserted": day,
        **({"dosage": [{"text": said["dose"]}]} if said.get("dose") else {}),
    }


def _allergy(said: Json, day: str, whose: Json, _kind: str) -> Json:
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": _active("allergyintolerance"),
        "code": {"text": said["name"]},
        "patient": whose,
        "recordedDate": day,
        **_if("criticality", said.get("criticality")),
        **_if("onsetDateTime", said.get("since")),
        **({"reaction": [{"manifestation": [{"text": said["reaction"]}]}]} if said.get("reaction") else {}),
    }


def _vaccination(said: Json, day: str, whose: Json, _kind: str) -> Json:
    names = vaccines.diseases()
    diseases = [coded(NUVA, code, names.get(code)) for code in said.get("diseases") or ()]
    known = partly(day, said)
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"text": said["name"]},
        "patient": whose,
        **({"occurrenceDateTime": known} if known else {"occurrenceString": "inconnue"}),
        **({"lotNumber": said["batch"]} if said.get("batch") else {}),
        **(
            {"protocolApplied": [{"targetDisease": diseases, "doseNumberString": "inconnu"}]}
            if diseases
            else {}
        ),
    }


def _stay(said: Json, day: str, whose: Json, _kind: str) -> Json:
    known = partly(day, said)
    period = {**({"start": known} if known else {}), **({"end": said["until"]} if said.get("until") else {})}
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "category": coded(f"{OURS}kind", "hospital-stay") | {"text": "Séjour à l’hôpital"},
        "code": {"text": said["name"]},
        "subject": whose,
        "performedPeriod": period or UNKNOWN_TIME,
        **({"location": {"display": said["place"]}} if said.get("place") else {}),
    }


def _relative(said: Json, day: str, whose: Json, _kind: str) -> Json:
    return {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "patient": whose,
        "date": day,
        "relationship": _worded(ROLE_CODE, said["relation"], codes.RELATIONS),
        "condition": [{"code": {"text": said["name"]}}],
    }


def _habit(said: Json, day: str, whose: Json, _kind: str) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [coded(f"{_STATUS}observation-category", "social-history")],
        "code": _worded(f"{OURS}topic", said["topic"], codes.HABITS),
        "subject": whose,
        "effectiveDateTime": day,
        "valueString": said["name"],
    }


def _wish(said: Json, day: str, whose: Json, _kind: str) -> Json:
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": coded(f"{_STATUS}consentscope", "adr"),
        "category": [
            coded(f"{_STATUS}consentcategorycodes", "acd"),
            _worded(f"{OURS}topic", said["topic"], codes.WISHES),
        ],
        "patient": whose,
        "dateTime": day,
        "policyRule": {"text": said["name"]},
    }


def _worded(system: str, code: str, words: dict[str, str]) -> Json:
    """A concept of one code with its words in French, for whoever does not know the list."""
    return coded(system, code) | _if("text", words.get(code))


def contact_of(said: Json) -> Json:
    """A person around the patient, inside the patient's own resource."""
    role = said.get("role", "other")
    relationship: Json = coded(f"{OURS}role", role, codes.ROLES.get(role))
    if said.get("role") == "emergency":
        relationship["coding"].append({"system": CONTACT, "code": "C", "display": "Emergency Contact"})
    if said.get("relation"):
        relationship["text"] = said["relation"]
    return {
        "relationship": [relationship],
        "name": {"text": said["name"]},
        **({"telecom": [{"system": "phone", "value": said["phone"]}]} if said.get("phone") else {}),
    }


def _measure(said: Json, day: str, whose: Json, kind: str) -> Json:
    made: Json = {
        "resourceType": "Observation",
        "status": "final",
        "category": [
            coded(f"{_STATUS}observation-category", "laboratory" if kind == "glucose" else "vital-signs")
        ],
        "subject": whose,
        "performer": [whose],
        "effectiveDateTime": day,
        **({"note": [{"text": said["note"]}]} if said.get("note") else {}),
    }
    title = {"text": LABELS[Kind(kind)]}
    if kind == "blood-pressure":
        figures = ((SYSTOLIC, said["systolic"]), (DIASTOLIC, said["diastolic"]))
        parts = [
            {"code": coded(LOINC, code), "valueQuantity": quantity(value, 1, "mm[Hg]")}
            for code, value in figures
        ]
        return made | {"code": coded(LOINC, PRESSURE[0]) | title, "component": parts}
    figure = MEASURES[kind]
    written = [{"system": LOINC, "code": code} for code in figure.codes[: figure.written]]
    return made | {
        "code": {"coding": written} | title,
        "valueQuantity": quantity(said["value"], figure.times, figure.unit),
    }


def quantity(value: int, times: int, unit: str) -> Json:
    """A figure of ours in a unit of UCUM."""
    return {"value": Decimal(value) / times, "unit": unit, "system": UCUM, "code": unit}


_MAKERS: dict[str, Callable[[Json, str, Json, str], Json]] = {
    "illness": _illness,
    "treatment": _treatment,
    "allergy": _allergy,
    "vaccination": _vaccination,
    "hospital-stay": _stay,
    "family-history": _relative,
    "way-of-life": _habit,
    "wish": _wish,
}
