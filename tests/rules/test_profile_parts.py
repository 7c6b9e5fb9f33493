"""The descriptions of the parts of a profile, against the shapes that others write and read."""

from __future__ import annotations

import pytest

from webapp.onboarding.rules import lines
from webapp.profile.parts import BY_KIND, PARTS, Part
from webapp.profile.rules import ABSENCE, MEASURES, Kind


def test_every_kind_but_the_statements_that_there_is_none_is_described_once() -> None:
    assert len(PARTS) == len(BY_KIND) == len({part.slug for part in PARTS})
    assert BY_KIND.keys() == set(Kind) - set(ABSENCE.values())
    assert {part.kind for part in PARTS if part.measured} == set(MEASURES)
    assert {part.kind for part in PARTS if part.none} == set(ABSENCE)


@pytest.mark.parametrize("part", [part for part in PARTS if not part.measured], ids=lambda part: part.slug)
def test_an_entry_that_came_from_elsewhere_with_a_name_alone_can_be_said_and_corrected(part: Part) -> None:
    said = {"name": "Canari", "relation": "???", "topic": "???", "role": "???", "diseases": ["DIS999"]}
    assert "Canari" in part.say(dict(said))
    assert part.say({"name": "Canari"}) == "Canari"
    assert {one.name: one.show({}) for one in part.fields} == dict.fromkeys(
        (one.name for one in part.fields), ""
    )


@pytest.mark.parametrize(
    "typed", ["Péni\u202ecilline", "Pe\u0301ni\u200bcilline", "Pénicilline\x01 \ue02f\ufffe\x7f"]
)
def test_words_are_kept_as_they_are_read(typed: str) -> None:
    """What cannot be seen would be no XML in a summary, or turn what an emergency card says the other way round."""
    assert BY_KIND[Kind.ALLERGY].fields[0].read(typed) == {"name": "Pénicilline"}
    assert lines(f"- {typed}\n") == ["Pénicilline"]
