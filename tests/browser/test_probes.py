"""The probes find what they are for: each is shown a page with one fault, and a page with none."""

from __future__ import annotations

import pytest

from tests.browser import probes
from tests.support.chromium import NewPage

FRAME = """<!doctype html><html lang="fr"><head><title>Page – Service</title><style>
:focus-visible {{ outline: 3px solid }} a, button, input {{ display: inline-block; min-height: 44px; min-width: 44px }}
{style}
</style></head><body><main><h1>Page</h1><p><a href="#a">Un lien</a></p><label for="a">Nom</label> <input id="a">
<button id="b">Continuer</button>{body}</main>{script}</body></html>"""
FAULTS = {
    "sideways": ("", "<p style='width:400px'>Large</p>", ""),
    "cut": ("p { overflow: hidden; height: 10px }", "", ""),
    "spaced": (
        "h1 { width: 4.2em; height: 1.4em; overflow: hidden; white-space: nowrap; font-size: 16px }",
        "",
        "",
    ),
    "targets": ("#b { min-height: 0; height: 18px; padding: 0 }", "", ""),
    "pasting": (
        "",
        "",
        "<script>document.addEventListener('paste', (event) => event.preventDefault())</script>",
    ),
    "focus": ("#b:focus-visible { outline: 0 }", "", ""),
    "trap": (
        "",
        "",
        "<script>document.getElementById('b').onkeydown = (event) => event.preventDefault()</script>",
    ),
    "leading": ("", "<div id='erreurs'><a href='#elsewhere'>Le nom</a></div>", ""),
    "axe": ("", "<img src='data:,'>", ""),
}


def _found(page: object) -> dict[str, bool]:
    from playwright.sync_api import Page

    assert isinstance(page, Page)
    probes.arm(page)
    found = {
        name: bool(page.evaluate(f"probes.{name}({24 if name == 'targets' else ''})"))
        for name in ("sideways", "cut", "spaced", "targets", "pasting", "leading")
    }
    found["axe"] = bool(probes.axe(page)[0])
    keyboard = " ".join(probes.walk_by_keyboard(page))
    return found | {
        "focus": "is not seen" in keyboard,
        "trap": "come out" in keyboard or "reached" in keyboard,
    }


@pytest.mark.parametrize("fault", [None, *FAULTS])
def test_a_fault_is_found(new_page: NewPage, fault: str | None) -> None:
    style, body, script = FAULTS[fault] if fault else ("", "", "")
    page = new_page(320)
    page.set_content(FRAME.format(style=style, body=body, script=script))
    found = _found(page)
    if fault is None:
        assert not any(found.values()), found
    else:
        assert found[fault], found
