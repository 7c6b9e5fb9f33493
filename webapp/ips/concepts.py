"""What a concept of FHIR says: in words, and in the codes of one list."""

from __future__ import annotations

import re
from typing import Any

from webapp.ips.codes import ROLE_CODE
from webapp.profile.codes import RELATIONS

Json = dict[str, Any]
_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_SAME_KIN = {"NMTH": "MTH", "NFTH": "FTH", "NBRO": "BRO", "NSIS": "SIS", "DAU": "DAUC", "SON": "SONC"}
_SNOMED = "http://snomed.info/sct"
_TAG = re.compile(r" \((?:finding|disorder|situation|procedure|substance|product|medicinal product)\)\Z")
"""What SNOMED CT adds to a name to tell it from another: nothing to whoever reads."""


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
    for coding in codings:
        if coding.get("display"):
            return (
                _TAG.sub("", coding["display"]) if coding.get("system") == _SNOMED else str(coding["display"])
            )
    return next((str(one["code"]) for one in codings if one.get("code")), "")


def codes_of(concept: Json, system: str) -> list[str]:
    """The codes of a concept that are of one list."""
    return [
        one["code"] for one in concept.get("coding", []) if one.get("system") == system and one.get("code")
    ]


def kin_of(concept: Json) -> str:
    """The profile's code of a relative, or nothing; what is natural or a child of either sex is not told apart."""
    codes = (_SAME_KIN.get(code, code) for code in codes_of(concept, ROLE_CODE))
    return next((code for code in codes if code in RELATIONS), "")
