"""The medical profile on one page: the newest of each part, and where it is completed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from webapp.family.here import current_space
from webapp.profile.blueprint import blueprint
from webapp.profile.identity import identity_of
from webapp.profile.listing import counts, latest
from webapp.profile.parts import Group
from webapp.profile.rules import ABSENCE, Kind
from webapp.profile.service import Entry
from webapp.profile.whose import author
from webapp.profile.words import PARTS, Part, going_on_first, kinds_of, said, when
from webapp.web.pages import show
from webapp.web.work import db

SHOWN = 5
"""Entries of a part on this page; of a measure the last one alone."""
_KINDS = frozenset(kind for part in PARTS for kind in kinds_of(part))
_COUNTED = frozenset(part.kind for part in PARTS if not part.measured)


@dataclass(frozen=True)
class Brief:
    """A part as this page says it: its newest lines with their day, and how many there are."""

    part: Part
    lines: list[tuple[str, str]]
    count: int

    @property
    def more(self) -> bool:
        """Whether there is more than is shown."""
        return self.count > len(self.lines)


@blueprint.get("/profil-medical")
def index() -> Response:
    """Show what the profile holds, and where each part is completed."""
    by = author()
    found = latest(db(), by.beneficiary_id, _KINDS, SHOWN)
    how_many = counts(db(), by.beneficiary_id, _COUNTED)
    briefs = [_brief(part, found, how_many.get(part.kind, 0)) for part in PARTS]
    groups = [(group, [one for one in briefs if one.part.group is group]) for group in Group]
    space = current_space()
    return show("profile/index.html", space=space, identity=identity_of(space.person), groups=groups)


def _brief(part: Part, found: dict[Kind, list[Entry]], count: int) -> Brief:
    entries = found.get(part.kind, [])
    if not entries and part.kind in ABSENCE and ABSENCE[part.kind] in found:
        return Brief(part, [(part.none, "")], 0)
    shown = entries[:1] if part.measured else going_on_first(entries)
    return Brief(part, [(said(one), when(one)) for one in shown], count)
