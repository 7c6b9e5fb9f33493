"""What axe-core leaves to a person ("incomplete"): the rule, the elements (a pattern of selectors), our decision."""

from __future__ import annotations

DECIDED = (
    (
        "color-contrast",
        r"^text\[|svg",
        "Digits of a drawing that is hidden from readers, on the page's own paper: the colour of text there, whose "
        "contrast tests/pages/test_look.py computes. axe cannot see through the outline that surrounds them.",
    ),
    (
        "color-contrast-enhanced",
        r"^text\[|svg",
        "The same digits, at 7:1.",
    ),
    (
        "hidden-content",
        r"^#noms$",
        "The names that a field proposes (datalist): browsers show them as one types, as their own list; whoever never "
        "sees it types the same words.",
    ),
)
