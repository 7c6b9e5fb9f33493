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


def arm(page: Page) -> None:
    """Bring the probes into the page; evaluated by the browser itself, so that no policy is loosened."""
    page.evaluate(AXE)
    page.evaluate(PROBES)


def arm_every(page: Page) -> None:
    """Bring the probes into every document that the page will show: faster than bringing them again and again."""
    page.add_init_script(AXE)
    page.add_init_script(PROBES)


def axe(page: Page) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Run every rule that axe-core has; return violations and what it could not decide."""
    found = page.evaluate(ALL_RULES)
    return found["violations"], found["incomplete"]


def walk_by_keyboard(page: Page) -> list[str]:
    """Tab through the whole page and out of it; return what is wrong: a trap, an invisible focus, a missed stop."""
    stops = page.evaluate("() => probes.start()")
    for _ in range(stops + 3):
        page.keyboard.press("Tab")
    wrong: list[str] = page.evaluate("(stops) => probes.walked(stops)", stops)
    return wrong
