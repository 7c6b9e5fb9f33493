"""What readers of the screen are told: the main pages as trees of names and roles, kept and reviewed.

The frame around every page is in `front-door` alone.

`RENEW=1 python -m pytest tests/browser/test_sweep_spoken.py` writes them again: read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.browser.test_sweep import PAGES
from tests.support.stage import Stage

GOLDEN = Path(__file__).parent / "golden"
SPOKEN = (
    "front-door",
    "identify",
    "identify-wrong",
    "code-sent",
    "decision",
    "opposition",
    "receipt",
    "identifiers",
    "opened",
    "people-family",
)
VARYING = ((re.compile(r"[A-HJ-KM-NP-Z2-9]{4}[- ][A-Z0-9]{4}[- ][A-Z0-9]{4}"), "AAAA-AAAA-AAAA"),)
"""References are drawn at random."""


@pytest.mark.parametrize("name", SPOKEN)
def test_it_is_told_as_it_was_reviewed(stage: Stage, name: str) -> None:
    page = stage.show(next(state for state in PAGES if state.name == name))
    told = page.locator("body" if name == "front-door" else "main").aria_snapshot() + "\n"
    for pattern, instead in VARYING:
        told = pattern.sub(instead, told)
    file = GOLDEN / f"{name}.yml"
    if os.environ.get("RENEW"):
        file.write_text(told)
    assert told == file.read_text()
