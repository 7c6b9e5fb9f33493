"""Steps: the counter and the neighbours follow from one tuple."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.steps import Steps

OPENING = Steps(("decision", "conditions", "identifiants"))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=9, unique=True))
def test_walking_from_the_first_passes_each_step_once(names: list[str]) -> None:
    steps = Steps(tuple(names))
    walked: list[str] = []
    name: str | None = names[0]
    before: str | None = None
    while name is not None:
        step = steps.at(name)
        assert (step.number, step.total, step.previous_name) == (len(walked) + 1, len(names), before)
        assert step.counter == f"Étape {len(walked) + 1} sur {len(names)}"
        walked.append(name)
        before, name = name, step.next_name
    assert walked == names


def test_one_more_step() -> None:
    longer = OPENING.with_step("personne", before="decision")
    assert longer.names == ("personne", "decision", "conditions", "identifiants")
    assert longer.at("decision").counter == "Étape 2 sur 4"
    assert (
        OPENING.with_step("representant", before="conditions").at("conditions").previous_name
        == "representant"
    )
    assert len(OPENING.names) == 3


@pytest.mark.parametrize("names", [(), ("a", "a")])
def test_steps_that_cannot_be(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="name of its own"):
        Steps(names)


def test_unknown_step() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        OPENING.at("ailleurs")
    with pytest.raises(ValueError, match="name of its own"):
        OPENING.with_step("decision", before="conditions")
