"""The name of a treatment, helped by the public database of medicines: free text stays as it is."""

from __future__ import annotations

from typing import Any

from webapp.medicines.choosing import chosen, forget_choice
from webapp.medicines.service import code_of
from webapp.profile.rules import Kind
from webapp.web.work import db


def known(kind: Kind) -> dict[str, str]:
    """Return what the form of this kind is first shown with: the medicine that was chosen in the list."""
    return chosen() if kind is Kind.TREATMENT else {}


def with_code(kind: Kind, said: dict[str, Any]) -> dict[str, Any]:
    """Complete what is said of a treatment by the code of the one medicine that is named so."""
    if kind is not Kind.TREATMENT:
        return said
    forget_choice()
    code = code_of(db(), str(said.get("name", "")))
    return said | {"cis": code} if code else said
