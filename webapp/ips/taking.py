"""What one resource of somebody's summary says, as an entry of a profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from webapp.ips.codes import (
    ABSENT,
    CIS,
    DIASTOLIC,
    KNOWN_NONE,
    LOINC,
    MEASURES,
    NUVA,
    OURS,
    PAST,
    PRESSURE,
    SYSTOLIC,
)
from webapp.ips.rules import LONGEST, Line, day_of, line_of, precision_of

Json = dict[str, Any]
_NONE = {code: kind for kind, code in KNOWN_NONE.items()}
_OVER = {"resolved", "inactive", "remission"}
_NOT_SO = {"entered-in-error", "refuted"}
_STOPPED = {"completed", "stopped", "not-taken", "entered-in-error", "on-hold"}
_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_WORDS = {
    "Condition": "maladie",
    "MedicationStatement": "traitement",
    "MedicationRequest": "prescription",
    "AllergyIntolerance": "allergie",
    "Immunization": "vaccination",
    "Procedure": "acte",
    "Observation": "résultat",
    "FamilyMemberHistory": "antécédent familial",
    "Consent": "volonté",
    "DeviceUseStatement": "appareil",
    "contact": "personne",
}


def contacts_of(patient: Json) -> Iterator[Json]:
    """The people around a patient, as if each were a resource."""
    for one in patient.get("contact", []):
        yield {"resourceType": "contact", **one}


def line_in(resource: Json, named: dict[str, Json]) -> Line | None:
    """Return what a resource says, or None when a profile has no place for it."""
    taker = _TAKERS.get(resource["resourceType"])
    return taker(resource, named) if taker else None


def words_in(resource: Json, named: dict[str, Json]) -> str:
    """Name what is left out, "résultat : Hemoglobin A1c"; nothing for what surrounds a summary, or says nothing."""
    kind = _WORDS.get(resource["resourceType"])
    concept = resource.get("code") or resource.get("vaccineCode") or _medication(resource, named)
    if not kind or any(one.get("system") == ABSENT for one in concept.get("coding", [])):
        return ""
    name = text_of(concept) or text_of(resource.get("name") or {})
    return f"{kind}\u202f: {name[:120]}" if name else ""


def text_of(concept: Json) -> str:
    """The words of a concept: its text, else a code's words in French, else its words, else the code."""
    if concept.get("text"):
        return str(concept["text"])
    codings = concept.get("coding", [])
    for coding in codings:
        for one in (coding.get("_display") or {}).get("extension", []):
            parts = {part.get("url"): part for part in one.get("extension", [])}
            lang = parts.get("lang", {}).get("valueCode", "")
            if one.get("url") == _TRANSLATION and lang.startswith("fr"):
                return str(parts.get("content", {}).get("valueString", ""))
    return next((str(one[name]) for name in ("display", "code") for one in codings if one.get(name)), "")


def _codes(concept: Json, system: str) -> list[str]:
    return [
        one["code"] for one in concept.get("coding", []) if one.get("system") == system and one.get("code")
    ]


def _state(resource: Json, name: str) -> set[str]:
    return {one.get("code", "") for one in (resource.get(name) or {}).get("coding", [])}


def _none_or(kind: str, concept: Json, said: Json, on: date | None) -> Line | None:
    """The statement that there is none, for its code; nothing for the code that says nothing."""
    if absent := _codes(concept, ABSENT):
        return line_of(_NONE[absent[0]], {}, on) if absent[0] in _NONE else None
    return line_of(kind, {"name": text_of(concept), **said}, on)


def _condition(one: Json, _named: dict[str, Json]) -> Line | None:
    if _state(one, "verificationStatus") & _NOT_SO:
        return None
    began = one.get("onsetDateTime") or (one.get("onsetPeriod") or {}).get("start")
    line = _none_or("illness", one.get("code") or {}, {}, day_of(began) or day_of(one.get("recordedDate")))
    ending = next((PAST[code] for code in _state(one, "clinicalStatus") if code in PAST), "")
    if line is None or not line.said or not ending:
        return line
    return line_of("illness", {"name": line.said["name"][: LONGEST - len(ending)] + ending}, line.on)


def _medication(one: Json, named: dict[str, Json]) -> Json:
    reference = (one.get("medicationReference") or {}).get("reference", "")
    medication = reference.removeprefix("urn:uuid:").rpartition("/")[2]
    held = named.get(f"Medication/{medication}", {})
    concept: Json = one.get("medicationCodeableConcept") or held.get("code") or {}
    return concept


def _statement(one: Json, named: dict[str, Json]) -> Line | None:
    if one.get("status") in _STOPPED:
        return None
    concept = _medication(one, named)
    dosage = next((dose["text"] for dose in one.get("dosage", []) if dose.get("text")), "")
    code = next(iter(_codes(concept, CIS)), "")
    on = day_of((one.get("effectivePeriod") or {}).get("start") or one.get("effectiveDateTime"))
    return _none_or(
        "treatment", concept, {"dose": dosage, "cis": code}, on or day_of(one.get("dateAsserted"))
    )


def _allergy(one: Json, _named: dict[str, Json]) -> Line | None:
    if _state(one, "verificationStatus") & _NOT_SO or _state(one, "clinicalStatus") & _OVER:
        return None
    return _none_or(
        "allergy", one.get("code") or {}, {}, day_of(one.get("onsetDateTime") or one.get("recordedDate"))
    )


def _immunization(one: Json, _named: dict[str, Json]) -> Line | None:
    if one.get("status") != "completed" or _codes(one.get("vaccineCode") or {}, ABSENT):
        return None
    aims = [aim for part in one.get("protocolApplied", []) for aim in part.get("targetDisease", [])]
    said = {
        "name": text_of(one.get("vaccineCode") or {}),
        "batch": one.get("lotNumber"),
        "diseases": [code for aim in aims for code in _codes(aim, NUVA)],
        "precision": precision_of(one.get("occurrenceDateTime")),
    }
    return line_of("vaccination", said, day_of(one.get("occurrenceDateTime")))


def _procedure(one: Json, _named: dict[str, Json]) -> Line | None:
    if "hospital-stay" not in _codes(one.get("category") or {}, f"{OURS}kind"):
        return None
    period = one.get("performedPeriod") or {}
    place = (one.get("location") or {}).get("display")
    said = {
        "name": text_of(one.get("code") or {}),
        "place": place,
        "until": period.get("end"),
        "precision": precision_of(period.get("start")),
    }
    return line_of("hospital-stay", said, day_of(period.get("start")))


def _relative(one: Json, _named: dict[str, Json]) -> Line | None:
    relation = next(iter(_codes(one.get("relationship") or {}, f"{OURS}relation")), "")
    name = next((text_of(part.get("code") or {}) for part in one.get("condition", [])), "")
    return line_of("family-history", {"name": name, "relation": relation}, day_of(one.get("date")))


def _consent(one: Json, _named: dict[str, Json]) -> Line | None:
    topic = next((code for part in one.get("category", []) for code in _codes(part, f"{OURS}topic")), "")
    said = {"name": text_of(one.get("policyRule") or {}), "topic": topic}
    return line_of("wish", said, day_of(one.get("dateTime")))


def _contact(one: Json, _named: dict[str, Json]) -> Line | None:
    relationships = one.get("relationship", [])
    ours = [code for part in relationships for code in _codes(part, f"{OURS}role")]
    name = one.get("name") or {}
    said = {
        "name": name.get("text") or " ".join([*name.get("given", []), name.get("family") or ""]),
        "role": next(iter(ours), "other"),
        "relation": next((part["text"] for part in relationships if part.get("text")), ""),
        "phone": next(
            (way.get("value") for way in one.get("telecom", []) if way.get("system") == "phone"), ""
        ),
    }
    return line_of("person", said)


def _observation(one: Json, _named: dict[str, Json]) -> Line | None:
    if one.get("status") in ("entered-in-error", "cancelled"):
        return None
    concept, on = one.get("code") or {}, day_of(one.get("effectiveDateTime"))
    if topics := _codes(concept, f"{OURS}topic"):
        return line_of("way-of-life", {"topic": topics[0], "name": one.get("valueString")}, on)
    note = next((part.get("text") for part in one.get("note", [])), "")
    codes = set(_codes(concept, LOINC))
    if codes & set(PRESSURE):
        parts = {
            code: part for part in one.get("component", []) for code in _codes(part.get("code") or {}, LOINC)
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


_TAKERS = {
    "Condition": _condition,
    "MedicationStatement": _statement,
    "AllergyIntolerance": _allergy,
    "Immunization": _immunization,
    "Procedure": _procedure,
    "FamilyMemberHistory": _relative,
    "Consent": _consent,
    "Observation": _observation,
    "contact": _contact,
}
