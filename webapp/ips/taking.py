"""What one resource of somebody's summary says, as an entry of a profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from webapp.ips.codes import ABSENT, CIS, CONTACT, KNOWN_NONE, NO_ALLERGY_OF, NUVA, OURS
from webapp.ips.concepts import codes_of, kin_of, text_of
from webapp.ips.dosing import dose_in_words, severity_in_words
from webapp.ips.measuring import observation
from webapp.ips.rules import LONGEST, Line, day_of, line_of, precision_of
from webapp.profile.codes import RELATIONS
from webapp.profile.vaccines import recognise
from webapp.values.phone import PhoneError, parse_phone

Json = dict[str, Any]
_NONE = {code: kind for kind, code in KNOWN_NONE.items()}
_OVER = {"resolved", "inactive", "remission"}
_STATES = {"remission": "remission", "resolved": "resolved", "inactive": "resolved"}
_NOT_SO = {"entered-in-error", "refuted"}
_STOPPED = {"completed", "stopped"}
_NOT_TAKEN = {"not-taken", "entered-in-error", "on-hold"}
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
    if not kind:
        return ""
    concept = resource.get("code") or resource.get("vaccineCode") or _medication(resource, named)
    if none := next((NO_ALLERGY_OF[code] for code in codes_of(concept, ABSENT) if code in NO_ALLERGY_OF), ""):
        return f"{kind}\u202f: {none}"
    if any(one.get("system") == ABSENT for one in concept.get("coding", [])):
        return ""
    name = text_of(concept) or text_of(resource.get("name") or {})
    return f"{kind}\u202f: {name[:120]}" if name else ""


def _state(resource: Json, name: str) -> set[str]:
    return {one.get("code", "") for one in (resource.get(name) or {}).get("coding", [])}


def _none_or(kind: str, concept: Json, said: Json, on: date | None) -> Line | None:
    """The statement that there is none, for its code; nothing for the code that says nothing."""
    if absent := codes_of(concept, ABSENT):
        return line_of(_NONE[absent[0]], {}, on) if absent[0] in _NONE else None
    return line_of(kind, {"name": text_of(concept), **said}, on)


def _condition(one: Json, _named: dict[str, Json]) -> Line | None:
    if _state(one, "verificationStatus") & _NOT_SO:
        return None
    said = {
        "state": next((_STATES[code] for code in _state(one, "clinicalStatus") if code in _STATES), None),
        "since": one.get("onsetDateTime") or (one.get("onsetPeriod") or {}).get("start"),
        "until": one.get("abatementDateTime") or (one.get("abatementPeriod") or {}).get("end"),
    }
    line = _none_or("illness", one.get("code") or {}, said, day_of(one.get("recordedDate")))
    grade = severity_in_words(one.get("severity") or {})
    if line is None or not line.said or not grade:
        return line
    name = f"{line.said['name'][: LONGEST - len(grade) - 2]}, {grade}"
    return line_of("illness", {**line.said, "name": name}, line.on)


def _medication(one: Json, named: dict[str, Json]) -> Json:
    reference = (one.get("medicationReference") or {}).get("reference", "")
    medication = reference.removeprefix("urn:uuid:").rpartition("/")[2]
    held = named.get(f"Medication/{medication}", {})
    concept: Json = one.get("medicationCodeableConcept") or held.get("code") or {}
    return concept


def _statement(one: Json, named: dict[str, Json]) -> Line | None:
    if one.get("status") in _NOT_TAKEN:
        return None
    concept, period = _medication(one, named), one.get("effectivePeriod") or {}
    stopped = one.get("status") in _STOPPED
    said = {
        "cis": next(iter(codes_of(concept, CIS)), ""),
        "dose": dose_in_words(one.get("dosage", []), "" if stopped else period.get("end", "")),
        "state": "stopped" if stopped else None,
        "since": period.get("start") or one.get("effectiveDateTime"),
        "until": period.get("end") if stopped else None,
    }
    return _none_or("treatment", concept, said, day_of(one.get("dateAsserted")))


def _allergy(one: Json, _named: dict[str, Json]) -> Line | None:
    if _state(one, "verificationStatus") & _NOT_SO or _state(one, "clinicalStatus") & _OVER:
        return None
    reactions = one.get("reaction", [])
    signs = [text_of(sign) for each in reactions for sign in each.get("manifestation", [])]
    severe = any(each.get("severity") == "severe" for each in reactions)
    said = {
        "reaction": ", ".join(dict.fromkeys(signs)),
        "criticality": "high" if severe else one.get("criticality"),
        "since": one.get("onsetDateTime") or (one.get("onsetPeriod") or {}).get("start"),
    }
    return _none_or("allergy", one.get("code") or {}, said, day_of(one.get("recordedDate")))


def _immunization(one: Json, _named: dict[str, Json]) -> Line | None:
    if one.get("status") != "completed" or codes_of(one.get("vaccineCode") or {}, ABSENT):
        return None
    aims = [aim for part in one.get("protocolApplied", []) for aim in part.get("targetDisease", [])]
    name = text_of(one.get("vaccineCode") or {})
    said = {
        "name": name,
        "batch": one.get("lotNumber"),
        "diseases": [code for aim in aims for code in codes_of(aim, NUVA)] or list(recognise(name)),
        "precision": precision_of(one.get("occurrenceDateTime")),
    }
    return line_of("vaccination", said, day_of(one.get("occurrenceDateTime")))


def _procedure(one: Json, _named: dict[str, Json]) -> Line | None:
    if "hospital-stay" not in codes_of(one.get("category") or {}, f"{OURS}kind"):
        return _act(one)
    period = one.get("performedPeriod") or {}
    place = (one.get("location") or {}).get("display")
    said = {
        "name": text_of(one.get("code") or {}),
        "place": place,
        "until": period.get("end"),
        "precision": precision_of(period.get("start")),
    }
    return line_of("hospital-stay", said, day_of(period.get("start")))


def _act(one: Json) -> Line | None:
    """What was done to somebody, an operation: a health matter that is over."""
    if one.get("status") != "completed" or codes_of(one.get("code") or {}, ABSENT):
        return None
    done = one.get("performedDateTime") or (one.get("performedPeriod") or {}).get("start")
    return line_of("illness", {"name": text_of(one.get("code") or {}), "state": "resolved", "since": done})


def _relative(one: Json, _named: dict[str, Json]) -> Line | None:
    if one.get("status") == "entered-in-error":
        return None
    relation = kin_of(one.get("relationship") or {}) or "FAMMEMB"
    names = [text_of(part.get("code") or {}) for part in one.get("condition", [])]
    name = ", ".join(filter(None, names))
    return line_of("family-history", {"name": name, "relation": relation}, day_of(one.get("date")))


def _consent(one: Json, _named: dict[str, Json]) -> Line | None:
    topic = next((code for part in one.get("category", []) for code in codes_of(part, f"{OURS}topic")), "")
    said = {"name": text_of(one.get("policyRule") or {}), "topic": topic}
    return line_of("wish", said, day_of(one.get("dateTime")))


def _dialled(way: Json) -> str:
    """A telephone number as the profile keeps it; as it came when no such number exists."""
    number = str(way.get("value", "")).removeprefix("tel:")
    try:
        return parse_phone(number)
    except PhoneError:
        return number


def _contact(one: Json, _named: dict[str, Json]) -> Line | None:
    relationships = one.get("relationship", [])
    ours = [code for part in relationships for code in codes_of(part, f"{OURS}role")]
    kin = next(filter(None, map(kin_of, relationships)), "")
    call = any("C" in codes_of(part, CONTACT) for part in relationships)
    name = one.get("name") or {}
    said = {
        "name": name.get("text") or " ".join([*name.get("given", []), name.get("family") or ""]),
        "role": next(iter(ours), "emergency" if call else "other"),
        "relation": next(
            (part["text"] for part in relationships if part.get("text")), RELATIONS.get(kin, "").lower()
        ),
        "phone": next((_dialled(way) for way in one.get("telecom", []) if way.get("system") == "phone"), ""),
    }
    return line_of("person", said)


_TAKERS = {
    "Condition": _condition,
    "MedicationStatement": _statement,
    "AllergyIntolerance": _allergy,
    "Immunization": _immunization,
    "Procedure": _procedure,
    "FamilyMemberHistory": _relative,
    "Consent": _consent,
    "Observation": observation,
    "contact": _contact,
}
