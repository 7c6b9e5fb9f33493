"""States of the summary as a file."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

from webapp.beneficiaries.service import Person
from webapp.family import walks as family
from webapp.ips.writing import bundle
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.profile.states import LONG, signed_in
from webapp.values.ids import new_id
from webapp.web.states import State, World

IMPORT = "/profil-medical/synthese/importer"
THEN = datetime(2026, 1, 5, 12, tzinfo=UTC)
SOMEBODY = Person(new_id(), "Inès", "EXEMPLE", "", date(1990, 1, 1), "F", None)


def file_of(*said: tuple[Kind, dict[str, Any]]) -> bytes:
    """A summary that says this, of somebody who does not exist."""
    entries = [Entry(new_id(), 1, kind, THEN.date(), words, new_id(), THEN) for kind, words in said]
    return json.dumps(bundle(SOMEBODY, entries, THEN), default=float).encode()


def upload(data: bytes) -> dict[str, str]:
    """The field of a file, as the client of the tests takes one."""
    return cast(dict[str, str], {"file": (io.BytesIO(data), "resume.json")})


def _with(data: bytes) -> Any:
    def arrange(world: World) -> Mapping[str, str]:
        signed_in(world)
        return upload(data)

    return arrange


def _frozen(world: World) -> None:
    family.disagree(family.shared(world))
    family.go_in(world)


A_FEW = file_of(
    (Kind.ILLNESS, {"name": "Asthme"}),
    (Kind.TREATMENT, {"name": LONG, "dose": "1 le soir"}),
    (Kind.NO_ALLERGY, {}),
    (Kind.WEIGHT, {"value": 70_500}),
)

STATES = (
    State("ips", IMPORT, signed_in),
    State("ips-frozen", IMPORT, _frozen),
    State("ips-review", IMPORT, _with(A_FEW), post={}),
    State("ips-nothing-new", IMPORT, _with(file_of()), post={}),
    State("ips-wrong", IMPORT, _with(b"{"), post={}, status=422),
)
