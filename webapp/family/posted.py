"""What a form of the family names: an id that means nothing here is as good as none."""

from __future__ import annotations

from uuid import UUID

from flask import abort, request

from webapp.family.here import my_family
from webapp.family.reach import Reached


def posted_id(name: str) -> UUID:
    """Read an id that a form carries; 404 when it is none."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        abort(404)


def posted_child() -> Reached:
    """Return the child that a form is about; 404 for whoever this account does not reach."""
    return my_family().child(posted_id("person")) or abort(404)
