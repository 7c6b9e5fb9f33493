"""The stylesheet by arithmetic: contrast of the tokens in both themes, weight, what the CSP forbids."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest

CHECKOUT = Path(__file__).parents[2]
SHEET = (CHECKOUT / "static" / "look.css").read_text(encoding="utf-8")
HEAVIEST = 2_900
"""Bytes in brotli: on a first visit the whole stylesheet stands inside the page."""


def tokens_of(block: str) -> dict[str, str]:
    """Return the colours (#RGB or #RRGGBB) that a block of rules declares, by token."""
    return dict(re.findall(r"--([a-z-]+):(#[0-9A-Fa-f]{3,6})\b", block))


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of the light theme and of the dark one (which inherits what it does not change)."""
    first = SHEET.index("prefers-color-scheme:dark")
    light = tokens_of(SHEET[:first])
    return {"light": light, "dark": light | tokens_of(SHEET[first : SHEET.index("}}", first)])}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, definitions)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definitions)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAGES = sorted(
    path
    for path in (CHECKOUT / "templates").rglob("*.html")
    if not {"pdf", "letters"} & set(path.parts) and not path.name.startswith("letter")
)
"""What a browser is shown: a PDF and a mail have no CSP."""

TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "act", "ok", "warn", "bad") for ground in ("paper", "sheet")),
    *(("ink", ground) for ground in ("tint", "ok-tint", "warn-tint", "bad-tint", "counter")),
    ("act", "tint"),
    ("soft", "tint"),
    ("bad", "bad-tint"),
    ("on-act", "act"),
    ("sheet", "who"),
    ("sheet", "bad"),
    ("paper", "ink"),
]
CONTROLS = [(line, ground) for line in ("edge", "act", "bad", "ok") for ground in ("paper", "sheet", "tint")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_seven_times(theme: str, text: str, ground: str) -> None:
    """WCAG 1.4.6 (AAA), beyond the 4.5 of RGAA 3.2."""
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), CONTROLS)
def test_controls_stand_out_three_times(theme: str, line: str, ground: str) -> None:
    """WCAG 1.4.11 and RGAA 3.3."""
    colours = themes()[theme]
    assert contrast(colours[line], colours[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint", "bad-tint", "warn-tint", "counter", "who"])
def test_focus_is_seen_on_every_ground(theme: str, ground: str) -> None:
    """The ring and its halo contrast with each other, and one of them with whatever lies under."""
    colours = themes()[theme]
    assert contrast(colours["ring"], colours["halo"]) >= 3
    assert max(contrast(colours[part], colours[ground]) for part in ("ring", "halo")) >= 3


def test_the_dark_theme_changes_every_colour_but_the_focus() -> None:
    """A colour left behind would be read on the wrong ground."""
    light, dark = themes()["light"], themes()["dark"]
    assert {name for name in light if light[name] == dark[name]} == {"ring", "halo"}


def test_tokens_are_declared_and_used() -> None:
    """No dead token, no token that nobody declared."""
    declared = set(re.findall(r"[{;]--([a-z-]+):", SHEET))
    assert declared == set(re.findall(r"var\(--([a-z-]+)", SHEET))


def test_the_sheet_fits_in_the_first_page() -> None:
    """Inlined on the first visit: its weight is the weight of the first paint."""
    assert len(brotli.compress(SHEET.encode(), quality=11)) <= HEAVIEST


def test_preferences_are_respected() -> None:
    """Print, forced colours and motion have their rules, and motion is asked for, never assumed."""
    for wanted in ("@media print", "forced-colors:active", "prefers-reduced-motion:no-preference"):
        assert wanted in SHEET
    still = SHEET[: SHEET.index("prefers-reduced-motion:no-preference")]
    assert "transition" not in still
    assert "animation" not in still


def test_no_outline_is_taken_away_from_what_one_can_use() -> None:
    """Only `main`, which the skip link focuses and which is the page itself, has no ring."""
    assert re.findall(r"([^{}]+)\{outline:(?:0|none)", SHEET) == ["\nmain:focus-visible"]


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_pages_have_nothing_inline(template: Path) -> None:
    """A `style=` attribute or an `on…=` handler breaks the CSP (no unsafe-inline)."""
    source = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", source)
