"""Reading a file that somebody sends: bounded before it is parsed, checked before it is understood."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from webapp.ips.codes import SUMMARY
from webapp.ips.rules import DEEPEST, LARGEST, MOST_RESOURCES, MOST_VALUES, Line, day_of
from webapp.ips.taking import contacts_of, line_in, words_in

Json = dict[str, Any]
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{,\]}]', re.DOTALL)
"""A text that never ends is one all the same: looking for its end again from each of its quotes would take hours."""
_QUOTE = ord('"')


class Flaw(StrEnum):
    """Why a file is not taken."""

    LARGE = "large"
    JSON = "json"
    DEEP = "deep"
    NOT_SUMMARY = "not a summary"
    MANY = "many"
    INVALID = "invalid"


class NotTaken(Exception):
    """A file that is no International Patient Summary, or not a sound one; the words never quote it."""

    def __init__(self, flaw: Flaw) -> None:
        """Keep what is wrong."""
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True)
class Summary:
    """What a file says: of whom, which entries, and in words what has no place in a profile."""

    name: str
    born: date | None
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]


def read(data: bytes) -> Summary:
    """Read an International Patient Summary. Raises NotTaken."""
    resources = _resources(_parsed(data))
    patient = next((one for one in resources if one["resourceType"] == "Patient"), None)
    if patient is None:
        raise NotTaken(Flaw.NOT_SUMMARY)
    named = {f"{one['resourceType']}/{one['id']}": one for one in resources if one.get("id")}
    lines: dict[str, Line] = {}
    left_out: dict[str, None] = {}
    for one in (*resources, *contacts_of(patient)):
        line = line_in(one, named)
        if line is not None:
            lines.setdefault(line.key, line)
        elif words := words_in(one, named):
            left_out[words] = None
    return Summary(_name(patient), day_of(patient.get("birthDate")), tuple(lines.values()), tuple(left_out))


def _parsed(data: bytes) -> Json:
    if len(data) > LARGEST:
        raise NotTaken(Flaw.LARGE)
    _check_structure(data)
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NotTaken(Flaw.JSON) from None
    if (
        not isinstance(found, dict)
        or found.get("resourceType") != "Bundle"
        or found.get("type") != "document"
    ):
        raise NotTaken(Flaw.NOT_SUMMARY)
    return found


def _check_structure(data: bytes) -> None:
    """Count brackets and commas outside texts before anything is built; raises NotTaken."""
    depth = values = 0
    for found in _STRUCTURE.finditer(data):
        sign = data[found.start()]
        if sign in b"]}":
            depth -= 1
        elif sign != _QUOTE:
            depth += sign in b"[{"
            values += 1
        if depth > DEEPEST:
            raise NotTaken(Flaw.DEEP)
        if values > MOST_VALUES:
            raise NotTaken(Flaw.MANY)


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("no figure")


def _resources(found: Json) -> list[Json]:
    """The resources of a document whose first one is a patient summary, all of them sound."""
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    entries = found.get("entry")
    if not isinstance(entries, list) or not entries:
        raise NotTaken(Flaw.NOT_SUMMARY)
    if len(entries) > MOST_RESOURCES:
        raise NotTaken(Flaw.MANY)
    try:
        Bundle.model_validate(found)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, LookupError, RecursionError):
        raise NotTaken(Flaw.INVALID) from None
    resources = [one["resource"] for one in _without_null(entries) if one.get("resource")]
    first = resources[0] if resources else {}
    codes = {one.get("code") for one in first.get("type", {}).get("coding", [])}
    if first.get("resourceType") != "Composition" or SUMMARY not in codes:
        raise NotTaken(Flaw.NOT_SUMMARY)
    return resources


def _without_null(found: Any) -> Any:
    """Leave out every null: FHIR has them only where an extension stands for a value."""
    if isinstance(found, dict):
        return {name: _without_null(value) for name, value in found.items() if value is not None}
    return [_without_null(one) for one in found if one is not None] if isinstance(found, list) else found


def _name(patient: Json) -> str:
    for one in patient.get("name", []):
        words = one.get("text") or " ".join([*one.get("given", []), one.get("family") or ""])
        if words.strip():
            return " ".join(words.split())[:100]
    return ""
