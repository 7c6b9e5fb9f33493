"""A profile out as an International Patient Summary, and in again: the same entries, each once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.ips.codes import ABSENT
from webapp.ips.reading import read
from webapp.ips.rules import BOUNDS, CHOICES, CODES, DAYS, PARTLY_DATED, TEXTS, Line, line_of
from webapp.ips.states import SOMEBODY
from webapp.ips.writing import bundle, document
from webapp.profile import codes
from webapp.profile.rules import Kind
from webapp.profile.service import Entry
from webapp.values.ids import new_id

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60
)
ON = st.dates(date(1920, 1, 1), NOW.date())
PARTLY = st.builds(lambda day, signs: day.isoformat()[:signs], ON, st.sampled_from((4, 7, 10)))
LISTS = {"relation": codes.RELATIONS, "role": codes.ROLES, "wish": codes.WISHES, "way-of-life": codes.HABITS}


def _texts(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    asked: dict[str, st.SearchStrategy[Any]] = {name: WORDS for name in TEXTS[kind] if name != "cis"}
    if name := CODES.get(kind):
        asked[name] = st.sampled_from(sorted(LISTS.get(name) or LISTS[kind]))
    asked |= {name: st.one_of(st.none(), PARTLY) for name in DAYS.get(kind, ())}
    if kind in CHOICES:
        asked[CHOICES[kind][0]] = st.sampled_from(("", *CHOICES[kind][1]))
    if kind in PARTLY_DATED:
        asked["precision"] = st.sampled_from(("", "month", "year", "unknown"))
    return st.fixed_dictionaries(asked)


def _figures(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.integers(*bounds) for name, bounds in BOUNDS[kind].items()})


LINES = st.one_of(
    *(st.tuples(st.just(kind), _texts(kind), ON) for kind in TEXTS),
    *(st.tuples(st.just(kind), _figures(kind), ON) for kind in BOUNDS),
)


def _first(on: date, said: dict[str, Any]) -> date:
    """The first day of the month or of the year that alone is known, as the profile keeps it."""
    return {"month": on.replace(day=1), "year": on.replace(day=1, month=1)}.get(said.get("precision", ""), on)


def _entry(line: Line) -> Entry:
    return Entry(new_id(), 1, Kind(line.kind), line.on or NOW.date(), line.said, new_id(), NOW)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=8))
def test_out_and_in_again_is_the_same(drawn: list[tuple[str, dict[str, Any], date]]) -> None:
    lines = {line.key: line for kind, said, on in drawn if (line := line_of(kind, said, _first(on, said)))}
    made = document(SOMEBODY, [_entry(line) for line in lines.values()], NOW)
    found = read(made)
    assert (found.name, found.born) == (SOMEBODY.display_name, SOMEBODY.birth_date)
    assert {one.key for one in found.lines} == set(lines)
    for one in found.lines:
        sent = lines[one.key].on
        known = one.said.get("precision", "")
        if one.kind == "person" or known == "unknown":  # who has no day of their own; of which none is known
            assert one.on is None
        else:
            assert one.on == sent
    assert found.left_out == ()


def _made(*said: tuple[Kind, dict[str, Any]]) -> dict[str, Any]:
    entries = [Entry(new_id(), 1, kind, NOW.date(), words, new_id(), NOW) for kind, words in said]
    made: dict[str, Any] = json.loads(document(SOMEBODY, entries, NOW))
    return made


def _absent(made: dict[str, Any]) -> set[str]:
    return {
        coding["code"]
        for one in made["entry"]
        for concept in (one["resource"].get("code"), one["resource"].get("medicationCodeableConcept"))
        if isinstance(concept, dict)
        for coding in concept.get("coding", [])
        if coding["system"] == ABSENT
    }


def test_that_there_is_none_differs_from_saying_nothing() -> None:
    assert _absent(_made()) == {"no-problem-info", "no-medication-info", "no-allergy-info"}
    made = _made((Kind.NO_ALLERGY, {}), (Kind.NO_TREATMENT, {}), (Kind.ILLNESS, {"name": "Asthme"}))
    assert _absent(made) == {"no-known-allergies", "no-known-medications"}
    assert {line.kind for line in read(json.dumps(made).encode()).lines} == {
        "no-allergy",
        "no-treatment",
        "illness",
    }


def test_the_document_stands_alone() -> None:
    """Composition first, then the patient; every reference leads to an entry of the bundle; words are escaped."""
    made = _made((Kind.ILLNESS, {"name": "<script>Asthme & toux"}), (Kind.WEIGHT, {"value": 70_500}))
    assert [one["resource"]["resourceType"] for one in made["entry"]][:2] == ["Composition", "Patient"]
    known = {one["fullUrl"] for one in made["entry"]}
    text = json.dumps(made)
    asked = {part.split('"')[0] for part in text.split('"reference": "')[1:]}
    assert asked <= known
    assert [one["code"]["coding"][0]["code"] for one in made["entry"][0]["resource"]["section"]][:3] == [
        "11450-4",
        "10160-0",
        "48765-2",
    ]
    assert "<script>" not in made["entry"][0]["resource"]["section"][0]["text"]["div"]
    weight = next(
        one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "Observation"
    )
    assert weight["valueQuantity"]["value"] == 70.5


def test_no_number_of_the_person_leaves() -> None:
    assert "identifier" not in bundle(SOMEBODY, [], NOW)["entry"][1]["resource"]


def test_texts_have_ordinary_blanks_alone() -> None:
    """The pattern of a FHIR string, [ \\r\\n\\t\\S]+, takes no other blank; the published JSON schema says so too."""
    made = _made((Kind.ILLNESS, {"name": "Fièvre\u202f: 39\u00a0°C"}))
    assert "Fièvre : 39 °C" in {one["resource"].get("code", {}).get("text") for one in made["entry"]}
    assert not {"\u202f", "\u00a0"} & set(made["entry"][0]["resource"]["title"])
