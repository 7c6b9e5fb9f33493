"""Routes whose addresses are built by what is compiled when one is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class Route(Rule):
    """One route. Werkzeug compiles two functions for each as it is added: nine tenths of making the application.

    Should Werkzeug do so elsewhere one day, this changes nothing any more.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """Put it off: most addresses are written in templates, and few are ever built."""
        compiled = super()._compile_builder
        kept: list[Callable[..., tuple[str, str]]] = []

        def build(route: Rule, /, **values: Any) -> tuple[str, str]:
            if not kept:
                kept.append(compiled(append_unknown))
            return kept[0](route, **values)

        return build
