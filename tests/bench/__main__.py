"""`python -m tests.bench [part…]`: what pages weigh and cost. Ratios inside one run; nothing here fails a build."""

from __future__ import annotations

import importlib
import sys
import time

from tests.bench.places import forget_everything
from tests.bench.tables import missed

PARTS = (
    "weights",
    "paint",
    "queries",
    "cpu",
    "startup",
    "timing",
    "alike",
    "sign_in",
    "signed_in",
    "profile",
    "many",
    "lookup",
    "medicines",
    "registry",
    "delivery",
    "documents",
    "slow",
)


def main(asked: list[str]) -> int:
    unknown = set(asked) - set(PARTS)
    if unknown:
        print(f"Parts of the bench: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    try:
        for part in asked or PARTS:
            start = time.monotonic()
            importlib.import_module(f"tests.bench.{part}").run()
            print(f"({part}: {time.monotonic() - start:.0f} s)", flush=True)
    finally:
        forget_everything()
    print("\n== " + ("Every bar is kept." if not missed else "Bars not kept:"))
    for line in missed:
        print(f"- {line}")
    return 0


sys.exit(main(sys.argv[1:]))
