"""What was chosen in the list page, on its way to the treatment form: kept in the visit, never in an address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from webapp.family.here import current_space
from webapp.web.visit import visit

_KEY = "medicine"
_OWN = {"csrf_token", "once", "name"}
_MOST, _LONGEST = 6, 200
"""Other fields of the treatment form that are carried along, and signs of each."""


def carried(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what else was typed in the treatment form, to be found there again."""
    others = [(name, value) for name, value in fields.items() if name not in _OWN and name.isidentifier()]
    return {name: value[:_LONGEST] for name, value in others[:_MOST]}


def choose(name: str) -> None:
    """Keep this name, and what else was typed, until a treatment is added in the space that one is in."""
    fields = {**carried(request.form), "name": name}
    visit().data[_KEY] = {"space": str(current_space().id), "fields": fields}
    visit().save()


def chosen() -> dict[str, str]:
    """Return the fields of the treatment form as they are known; none when nothing was chosen in this space."""
    kept = visit().data.get(_KEY)
    if kept is None or kept["space"] != str(current_space().id):
        return {}
    return dict(kept["fields"])


def forget_choice() -> None:
    """Forget it: the treatment is added."""
    if visit().data.pop(_KEY, None) is not None:
        visit().save()
