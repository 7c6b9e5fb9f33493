"""What goes out keeps the rules of the International Patient Summary that the models of FHIR do not know.

Source: HL7 International Patient Summary 1.1.0, profiles Bundle, Composition, Patient, Condition, AllergyIntolerance,
MedicationStatement, Immunization, Procedure, Observation Results and the invariants ips-1, ips-2, ips-pat-1; FHIR R4,
vital signs (the units and codes of each). `test_the_official_examples_keep_these_rules_too` guards the reading of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from webapp.ips.codes import LOINC, UCUM
from webapp.ips.states import SOMEBODY
from webapp.ips.writing import document
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.values.ids import new_id

Json = dict[str, Any]
EXAMPLES = Path(__file__).parent.parent / "support" / "ips_examples"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ONE_OF_EACH: tuple[tuple[Kind, Json], ...] = (
    (Kind.ILLNESS, {"name": "Asthme", "since": "2012"}),
    (Kind.ILLNESS, {"name": "Fracture", "state": "resolved", "since": "2012-03", "until": "2012-05-04"}),
    (Kind.TREATMENT, {"name": "Salbutamol", "cis": "60000000", "dose": "1 bouffée", "since": "2014-01"}),
    (Kind.TREATMENT, {"name": "Amoxicilline", "state": "stopped", "until": "2020"}),
    (Kind.ALLERGY, {"name": "Latex", "criticality": "high", "reaction": "gonflement", "since": "2001"}),
    (Kind.VACCINATION, {"name": "ROR", "batch": "X1", "diseases": ["DIS008"], "precision": "year"}),
    (Kind.VACCINATION, {"name": "Un vaccin", "precision": "unknown"}),
    (Kind.HOSPITAL_STAY, {"name": "Accouchement", "place": "Bellevue", "until": "2026-03-02"}),
    (Kind.FAMILY_HISTORY, {"name": "Diabète", "relation": "MTH"}),
    (Kind.WAY_OF_LIFE, {"name": "Jamais fumé", "topic": "tobacco"}),
    (Kind.PERSON, {"name": "Anne", "role": "emergency", "relation": "sœur", "phone": "+33639980001"}),
    (Kind.WISH, {"name": "D’accord", "topic": "organ-donation"}),
    (Kind.WEIGHT, {"value": 70_500, "note": "à jeun"}),
    (Kind.HEIGHT, {"value": 172}),
    (Kind.BLOOD_PRESSURE, {"systolic": 120, "diastolic": 80}),
    (Kind.GLUCOSE, {"value": 1_000}),
    (Kind.TEMPERATURE, {"value": 372}),
    (Kind.HEART_RATE, {"value": 72}),
    (Kind.OXYGEN, {"value": 97}),
    (Kind.PAIN, {"value": 3}),
)
REQUIRED = {"11450-4", "48765-2", "10160-0"}
MAY_HOLD = {
    "11450-4": {"Condition"},
    "11348-0": {"Condition"},
    "48765-2": {"AllergyIntolerance"},
    "10160-0": {"MedicationStatement", "MedicationRequest"},
    "11369-6": {"Immunization"},
    "30954-2": {"Observation", "DiagnosticReport"},
    "47519-4": {"Procedure"},
    "8716-3": {"Observation"},
    "29762-2": {"Observation"},
    "42348-3": {"Consent"},
}
ALWAYS = {
    "Condition": ("code", "subject", "clinicalStatus"),
    "AllergyIntolerance": ("code", "patient"),
    "MedicationStatement": ("medication", "subject", "effective"),
    "Immunization": ("vaccineCode", "patient", "occurrence"),
    "Procedure": ("code", "subject", "performed"),
    "Patient": ("name", "birthDate"),
}
VITAL_SIGNS = {  # FHIR R4: of each code that is one of these, the units that may go with it
    "29463-7": {"kg", "g", "[lb_av]"},
    "8302-2": {"cm", "[in_i]"},
    "8310-5": {"Cel", "[degF]"},
    "8867-4": {"/min"},
    "2708-6": {"%"},
}


def made(*said: tuple[Kind, Json]) -> Json:
    """The document of a profile that says this."""
    entries = [Entry(new_id(), 1, kind, NOW.date(), words, new_id(), NOW) for kind, words in said]
    found: Json = json.loads(document(SOMEBODY, entries, NOW))
    return found


def codes(concept: Json, system: str = LOINC) -> set[str]:
    """The codes of a concept."""
    return {one["code"] for one in concept.get("coding", []) if one.get("system") == system}


def has(resource: Json, name: str) -> bool:
    """Whether an element is there, whichever its type: `effective` is `effectivePeriod` too."""
    return any(key.removeprefix("_") == name or key.removeprefix("_").startswith(name) for key in resource)


def broken(bundle: Json) -> Iterator[str]:
    """Say each rule of the summary that a document breaks."""
    entries, found = bundle["entry"], {one.get("fullUrl", ""): one["resource"] for one in bundle["entry"]}
    found |= {f"{one['resourceType']}/{one['id']}": one for one in found.values() if one.get("id")}
    first = entries[0]["resource"]
    if bundle["type"] != "document" or not {"identifier", "timestamp"} <= bundle.keys():
        yield "Bundle: a document, with identifier and timestamp"
    if not all(one.get("fullUrl") for one in entries):
        yield "Bundle.entry: each with its fullUrl"
    if [one["resource"]["resourceType"] for one in entries].count("Composition") != 1:
        yield "bdl-ips-1: one Composition"
    if first["resourceType"] != "Composition" or codes(first["type"]) != {"60591-5"}:
        yield "Composition: the first entry, a patient summary"
    if not (first.get("title") and first.get("date") and first.get("author")):
        yield "Composition: title, date, author"
    if found.get(first["subject"]["reference"], {}).get("resourceType") != "Patient":
        yield "Composition.subject: the patient of the bundle"
    sections = {code: one for one in first["section"] for code in codes(one["code"])}
    if missing := REQUIRED - sections.keys():
        yield f"Composition.section: {missing} missing"
    for code, one in sections.items():
        if not one.get("title") or not _reads(one.get("text", {}).get("div", "")):
            yield f"{code}: a title, and words to read"
        if code in REQUIRED and not one.get("entry") and not one.get("emptyReason"):
            yield f"ips-comp-1, {code}: an entry, or why there is none"
        for each in one.get("entry", []):
            kind = found.get(each["reference"], {}).get("resourceType")
            if kind is None or kind not in MAY_HOLD.get(code, {kind}):
                yield f"{code}: holds {kind}"
    for one in found.values():
        yield from _of_resource(one)


def _of_resource(one: Json) -> Iterator[str]:
    kind = one["resourceType"]
    for name in ALWAYS.get(kind, ()):
        if not has(one, name):
            yield f"{kind}.{name}: missing"
    if kind == "Patient" and not any({"text", "family", "given"} & name.keys() for name in one["name"]):
        yield "ips-pat-1: a name"
    whose = one.get("subject") or one.get("patient")
    if kind in ALWAYS and kind != "Patient" and not (whose or {}).get("reference"):
        yield f"{kind}: of whom"
    if kind == "Observation":
        yield from _of_observation(one)


def _of_observation(one: Json) -> Iterator[str]:
    category = {code["code"] for part in one.get("category", []) for code in part.get("coding", [])}
    if not one.get("code") or not one.get("subject", {}).get("reference") or not has(one, "effective"):
        yield "Observation: code, subject, effective"
    if not (has(one, "value") or {"component", "hasMember", "dataAbsentReason"} & one.keys()):
        yield "ips-2: a value"
    if "laboratory" in category and not one.get("performer"):
        yield "Observation Results: by whom"
    if "vital-signs" in category:
        if len(one.get("effectiveDateTime", "")) < len("2026-03-02"):
            yield "vs-1: to the day at least"
        quantities = [
            part["valueQuantity"] for part in (one, *one.get("component", [])) if "valueQuantity" in part
        ]
        if any(part.get("system") != UCUM or not part.get("code") for part in quantities):
            yield "vital signs: a unit of UCUM"
        for code in codes(one["code"]) & VITAL_SIGNS.keys():
            if one["valueQuantity"]["code"] not in VITAL_SIGNS[code]:
                yield f"{code}: in {one['valueQuantity']['code']}"
        if codes(one["code"]) & {"59408-5"} and "2708-6" not in codes(one["code"]):
            yield "oxygen saturation: 2708-6 beside a finer code"
        parts = set().union(*(codes(part["code"]) for part in one.get("component", [])))
        if "85354-9" in codes(one["code"]) and not {"8480-6", "8462-4"} <= parts:
            yield "blood pressure: both figures"


def _reads(div: str) -> bool:
    """Whether a narrative is one `div` of XHTML that says something."""
    said = re.sub(r"<[^>]*>", "", div).strip()
    return div.startswith("<div") and "http://www.w3.org/1999/xhtml" in div and bool(said)


@pytest.mark.parametrize(
    "said",
    [(), ONE_OF_EACH, ((Kind.NO_ALLERGY, {}), (Kind.ILLNESS, {"name": "Rougeole", "state": "resolved"}))],
    ids=["nothing", "one of each", "none and past"],
)
def test_what_goes_out_keeps_the_rules_of_the_summary(said: tuple[tuple[Kind, Json], ...]) -> None:
    assert list(broken(made(*said))) == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_official_examples_keep_these_rules_too(path: Path) -> None:
    assert list(broken(json.loads(path.read_text()))) == []


def test_a_rule_that_is_broken_is_named() -> None:
    bundle = made(*ONE_OF_EACH)
    composition = bundle["entry"][0]["resource"]
    del composition["section"][0]
    composition["section"][0]["text"]["div"] = "<div></div>"
    del bundle["entry"][1]["resource"]["birthDate"]
    named = " ".join(broken(bundle))
    for rule in ("'11450-4'", "words to read", "Patient.birthDate"):
        assert rule in named


def test_whoever_does_not_know_our_lists_still_reads_words() -> None:
    """Each concept of a list of our own has words beside it; relatives are coded as HL7 does."""
    text = json.dumps(made(*ONE_OF_EACH), ensure_ascii=False)
    for words in ("Tabac et vapotage", "Don d’organes", "À prévenir en cas d’urgence", "Douleur", "Rougeole"):
        assert f'"{words}"' in text
    assert "v3-RoleCode" in text
    assert "urn:x-espace-sante:relation" not in text


def test_what_a_doctor_acts_upon_is_in_the_fields_of_fhir() -> None:
    bundle = made(*ONE_OF_EACH)
    of = {kind: [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]
          for kind in ("Condition", "MedicationStatement", "AllergyIntolerance")}  # fmt: skip
    assert [(one["status"], one["effectivePeriod"].get("start")) for one in of["MedicationStatement"]] == [
        ("active", "2014-01"),
        ("stopped", None),
    ]
    assert [one["onsetDateTime"] for one in of["Condition"]] == ["2012", "2012-03"]
    (allergy,) = of["AllergyIntolerance"]
    assert (allergy["criticality"], allergy["onsetDateTime"]) == ("high", "2001")
    assert allergy["reaction"][0]["manifestation"][0]["text"] == "gonflement"
    assert date.fromisoformat(of["Condition"][1]["abatementDateTime"]) == date(2012, 5, 4)
