"""The document: a profile as a bundle of resources, its words readable without any of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import escape

from webapp.beneficiaries.service import Person
from webapp.ips.codes import IN_WORDS, KNOWN_NONE, LOINC, NOTHING_SAID, SECTIONS, SUMMARY, Part
from webapp.ips.resources import Json, absent, coded, contact_of, resource_of
from webapp.ips.rules import NONE_OF
from webapp.profile.course import is_over
from webapp.profile.rules import MEASURES
from webapp.profile.service import Entry
from webapp.profile.words import LABELS, line
from webapp.values.clock import french_date
from webapp.values.ids import new_id

_GENDERS = {"F": "female", "M": "male"}


def document(person: Person, entries: list[Entry], now: datetime) -> bytes:
    """Return the International Patient Summary of a profile, as JSON; checked by the models of FHIR R4."""
    from fhir.resources.R4B.bundle import Bundle

    made: str = Bundle.model_validate(_plain(bundle(person, entries, now))).model_dump_json()
    return made.encode()


def bundle(person: Person, entries: list[Entry], now: datetime) -> Json:
    """Return the document as a plain mapping."""
    patient_id, by_kind = str(new_id()), _by_kind(entries)
    whose: Json = {"reference": f"urn:uuid:{patient_id}"}
    resources: list[Json] = []
    sections = [_section(part, by_kind, whose, resources) for part in SECTIONS]
    composition: Json = {
        "resourceType": "Composition",
        "id": str(new_id()),
        "language": "fr-FR",
        "status": "final",
        "type": coded(LOINC, SUMMARY, "Patient summary Document"),
        "subject": whose,
        "date": now.isoformat(timespec="seconds"),
        "author": [whose],
        "title": f"Résumé médical, {french_date(now.date())}",
        "section": [section for section in sections if section],
    }
    patient = _patient(person, patient_id, by_kind.get("person", []))
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{new_id()}"},
        "type": "document",
        "timestamp": now.isoformat(timespec="seconds"),
        "entry": [
            {"fullUrl": f"urn:uuid:{one['id']}", "resource": one}
            for one in (composition, patient, *resources)
        ],
    }


def _plain(found: Any) -> Any:
    """Put ordinary blanks in every text but the narrative: FHIR's strings have no others (datatypes, string)."""
    if isinstance(found, dict):
        return {name: value if name == "div" else _plain(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_plain(one) for one in found]
    return " ".join(found.split()) if isinstance(found, str) else found


def _by_kind(entries: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.kind.value, []).append(entry)
    return found


def _patient(person: Person, patient_id: str, around: list[Entry]) -> Json:
    return {
        "resourceType": "Patient",
        "id": patient_id,
        "active": True,
        "name": [
            {
                "text": person.display_name,
                "family": person.used_name or person.family_name,
                "given": [name for name in person.first_names.replace(",", " ").split() if name],
            }
        ],
        "gender": _GENDERS.get(person.sex, "unknown"),
        "birthDate": person.birth_date.isoformat(),
        **({"contact": [contact_of(one.said) for one in around]} if around else {}),
    }


def _section(part: Part, by_kind: dict[str, list[Entry]], whose: Json, resources: list[Json]) -> Json | None:
    """Make a section, and put its resources with the others; None for one that may be left out and is empty."""
    entries = [
        entry
        for kind in part.kinds
        for entry in by_kind.get(kind, [])
        if part.over is None or is_over(entry.said) is part.over
    ]
    made = [resource_of(entry, whose) for entry in entries]
    words = [_in_words(entry) for entry in entries]
    if not made:
        if not part.required:
            return None
        kind = part.kinds[0]
        none = NONE_OF[kind]
        code = KNOWN_NONE[none] if by_kind.get(none) else NOTHING_SAID[kind]
        made, words = [{"id": str(new_id()), **absent(kind, code, IN_WORDS[code], whose)}], [IN_WORDS[code]]
    resources += made
    return {
        "title": part.title,
        "code": coded(LOINC, part.code),
        "text": {"status": "generated", "div": _narrative(words)},
        "entry": [{"reference": f"urn:uuid:{one['id']}"} for one in made],
    }


def _in_words(entry: Entry) -> str:
    """What an entry says, with its day; of a measure, of what it is."""
    title = f"{LABELS[entry.kind]}\u202f: " if entry.kind in MEASURES else ""
    return title + line(entry)


def _narrative(words: list[str]) -> str:
    lines: Any = "".join(f"<li>{escape(one)}</li>" for one in words)
    return f'<div xmlns="http://www.w3.org/1999/xhtml" lang="fr-FR" xml:lang="fr-FR"><ul>{lines}</ul></div>'
