"""Probes of a page that is shown: axe-core, and what no checker finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
PROBES = Path(__file__).with_name("probes.js").read_text()
ALL_RULES = """async () => {
  const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, { enabled: true }]));
  const found = await axe.run(document, { rules, resultTypes: ["violations", "incomplete"], elementRef: false });
  const brief = (list) => list.map((rule) => ({ id: rule.id, help: rule.help,
    nodes: rule.nodes.map((node) => ({ target: node.target.join(" "), why: node.failureSummary || "",
      message: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ") })) }));
  return { violations: brief(found.violations), incomplete: brief(found.incomplete) };
}"""
HOW_FOCUS_GOES = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const on = probes.look(one);
  one.blur();
  const off = probes.look(one);
  one.focus({ preventScroll: true });
  const box = one.getBoundingClientRect();
  return { place: probes.focusable().indexOf(one), name: probes.name(one),
    shown: on !== off, reached: box.width > 0 && box.height > 0 };
}"""


def arm(page: Page) -> None:
    """Bring the probes into the page; evaluated by the browser itself, so that no policy is loosened."""
    page.evaluate(AXE)
    page.evaluate(PROBES)


def axe(page: Page) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Run every rule that axe-core has; return violations and what it could not decide."""
    found = page.evaluate(ALL_RULES)
    return found["violations"], found["incomplete"]


def walk_by_keyboard(page: Page) -> list[str]:
    """Tab through the whole page and out of it; return what is wrong: a trap, an invisible focus, a missed stop."""
    stops = page.evaluate("() => probes.start()")
    wrong: list[str] = []
    reached, first = 0, None
    for _ in range(stops + 3):
        page.keyboard.press("Tab")
        at = page.evaluate(HOW_FOCUS_GOES)
        if at is None or at["place"] == first:  # out of the page, or round again without a window's own stops
            break
        first = at["place"] if first is None else first
        reached += 1
        if not at["shown"] or not at["reached"]:
            wrong.append(f"focus is not seen on {at['name']}")
    else:
        wrong.append("the keyboard does not come out of the page")
    if reached < stops:
        wrong.append(f"{reached} stops of {stops} are reached")
    return wrong
