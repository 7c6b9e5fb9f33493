"""Files that somebody sends: the official examples are understood, what is hostile is refused in bounded memory."""

from __future__ import annotations

import contextlib
import copy
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.ips.reading import Flaw, NotTaken, read
from webapp.ips.rules import LARGEST, MOST_VALUES, line_from_text, line_of, line_to_text

EXAMPLES = Path(__file__).parent.parent / "support" / "ips_examples"
MINIMAL = json.loads((EXAMPLES / "Bundle-bundle-minimal.json").read_text())


@pytest.mark.parametrize(
    ("name", "kinds", "left_out"),
    [
        (
            "Bundle-IPS-examples-Bundle-01",
            ["illness", "treatment", "treatment", "allergy", "illness", "person"],
            8,
        ),
        (
            "Bundle-IPS-examples-Bundle-with-immunization",
            ["illness", "treatment", "treatment", "allergy", "illness", "vaccination", "person"],
            8,
        ),
        ("Bundle-bundle-minimal", ["illness", "treatment", "allergy", "person"], 0),
        ("Bundle-bundle-no-info-required-sections", ["vaccination", "vaccination", "person", "person"], 0),
    ],
)
def test_the_official_examples_are_understood(name: str, kinds: list[str], left_out: int) -> None:
    found = read((EXAMPLES / f"{name}.json").read_bytes())
    assert [line.kind for line in found.lines] == kinds
    assert len(found.left_out) == left_out


def test_what_an_example_says_is_taken_with_its_days() -> None:
    found = read((EXAMPLES / "Bundle-IPS-examples-Bundle-with-immunization.json").read_bytes())
    assert (found.name, found.born) == ("Martha DeLarosa", date(1972, 5, 1))
    said = {(line.kind, line.said["name"]): line for line in found.lines}
    assert said["illness", "Menopausal flushing, forme modérée"].said["since"] == "2015"
    cancer = said["illness", "Malignant tumor of breast, forme sévère"].said
    assert (cancer["state"], cancer["since"], cancer["until"]) == ("remission", "2015-01", "2015-03")
    penicillin = "Substance with penicillin structure and antibacterial mechanism of action"
    assert said["allergy", penicillin].said["criticality"] == "high"
    drug = said["treatment", "Product containing anastrozole"].said
    assert (drug["since"], drug["dose"]) == ("2015-03", "1 tablet, Oral use")
    vaccine = said["vaccination", "Vaccin anti diphtérie-coqueluche-tétanos-poliomyélite"]
    assert (vaccine.on, vaccine.said["batch"]) == (date(1998, 6, 4), "AXK23RWERS")
    assert any("Hemoglobin A1c" in words for words in found.left_out)
    assert "allergie\u202f: aucune allergie alimentaire connue" in found.left_out


def _without_summary(bundle: dict[str, Any]) -> None:
    del bundle["entry"][0]


def _unsound(bundle: dict[str, Any]) -> None:
    bundle["entry"][1]["resource"]["birthDate"] = "demain"


def _many(bundle: dict[str, Any]) -> None:
    bundle["entry"] += [bundle["entry"][-1]] * 1001


def _unknown(bundle: dict[str, Any]) -> None:
    bundle["entry"][-1]["resource"]["resourceType"] = "os.system"


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (_without_summary, {Flaw.NOT_SUMMARY, Flaw.INVALID}),
        (_unsound, {Flaw.INVALID}),
        (_many, {Flaw.MANY, Flaw.LARGE}),
        (_unknown, {Flaw.INVALID}),
    ],
)
def test_another_bundle_is_refused(change: Any, flaw: set[Flaw]) -> None:
    bundle = copy.deepcopy(MINIMAL)
    change(bundle)
    with pytest.raises(NotTaken) as refused:
        read(json.dumps(bundle).encode())
    assert refused.value.flaw in flaw


HOSTILE = {
    "nothing": b"",
    "half": json.dumps(MINIMAL).encode()[:5_000],
    "not text": b"\xff\xfe\x00\x01" * 100,
    "arrays in arrays": b"[" * 500_000,
    "objects in objects": b'{"a":' * 150_000,
    "deep and closed": b'{"resourceType":"Bundle","entry":' + b"[" * 60 + b"]" * 60 + b"}",
    "a number of a million digits": b'{"resourceType":"Bundle","type":' + b"9" * 900_000 + b"}",
    "not a number": b'{"resourceType":"Bundle","type":"document","total":NaN}',
    "a list": b"[]",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "an archive": b"PK\x03\x04" + bytes(1000),
    "nothing in it": b'{"resourceType":"Bundle","type":"document","entry":[null,{},{"resource":null}]}',
    "another resource": b'{"resourceType":"Patient"}',
    "a text without end": b'{"resourceType":"' + b"\\" * 300_000,
    "quotes without end": b'{"resourceType":"' + b'\\"' * 500_000,
    "too large": b" " * (LARGEST + 1),
    "empty values by the hundred thousand": b'{"resourceType":"Bundle","entry":['
    + b"{}," * 300_000
    + b"{}]}",
    "a million keys": b"{" + b",".join(b'"%d":0' % number for number in range(90_000)) + b"}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused(name: str) -> None:
    with pytest.raises(NotTaken):
        read(HOSTILE[name])


@pytest.mark.parametrize("one", [{}, {"code": "a"}, {"code": "a", "display": "b" * 400}], ids=str)
def test_the_heaviest_file_costs_bounded_memory(one: dict[str, str]) -> None:
    """As many values as are taken, or as many bytes: well under the 256 MB that a worker has."""
    bundle = copy.deepcopy(MINIMAL)
    illness = next(
        each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Condition"
    )
    values, size = 1 + max(1, len(one)), len(json.dumps(one)) + 1
    illness["code"] = {"coding": [one] * min((MOST_VALUES - 2_000) // values, (LARGEST - 40_000) // size)}
    data = json.dumps(bundle, separators=(",", ":")).encode()
    read(json.dumps(MINIMAL).encode())  # the library is loaded
    tracemalloc.start()
    with contextlib.suppress(NotTaken):
        read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120 * 1024 * 1024


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(place for key, child in children for place in _places(child, (*path, key)))]


PLACES = [place for place in _places(MINIMAL) if place]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    (
        None,
        0,
        -1,
        1e308,
        True,
        "",
        " ",
        "\u202e",
        "x" * 5_000,
        [],
        [None],
        {},
        {"extension": []},
        [[]],
        "2020-13-45",
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=3))
def test_no_change_of_a_sound_file_is_a_fault(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Each change is taken or refused by name: nothing else is ever raised."""
    bundle = copy.deepcopy(MINIMAL)
    for place, odd in changes:
        at: Any = bundle
        try:
            for key in place[:-1]:
                at = at[key]
            at[place[-1]] = odd
        except (KeyError, IndexError, TypeError):
            continue
    with contextlib.suppress(NotTaken):
        read(json.dumps(bundle).encode())


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_line_is_given_back_as_it_was_tidied(name: str, dose: str) -> None:
    line = line_of("treatment", {"name": name, "dose": dose, "extra": 1})
    if line is not None:
        assert line_from_text(line_to_text(line)) == line
        assert len(line.said["name"]) <= 200
        assert line.said["name"].isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[1,2,3]",
        '["illness",{},""]',
        '["height",{"value":"1"},""]',
        '["height",{"value":9999},""]',
        '["height",{"value":true},""]',
        '["nowhere",{"name":"x"},""]',
        "[" * 3000,
        '["wish",{"name":"x"},""]',
    ],
)
def test_a_forged_line_is_no_line(text: str) -> None:
    assert line_from_text(text) is None
