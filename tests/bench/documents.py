"""What it costs to open a file in a process of its own, by kind, beside a process that does nothing."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench.tables import heading, table
from webapp.documents import walks
from webapp.documents.cleaning import clean

TIMES = 5


def _photo() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((4_000, 3_000), 50).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def run() -> None:
    heading("Opening a file in a process of its own (the mean of five)")
    photo, pdf, text = _photo(), walks.pdf(), walks.TEXT.encode()
    nothing = (sys.executable, "-I", "-c", "")
    rows = [
        ("nothing", *_cost(lambda: subprocess.run(nothing, check=True).returncode)),
        ("text", *_cost(lambda: clean(text, says_text=True).peak)),
        ("PDF of one page", *_cost(lambda: clean(pdf).peak)),
        ("photo of 12 million pixels", *_cost(lambda: clean(photo).peak)),
    ]
    table(("file", "clock", "processor", "memory"), rows)


def _cost(act: Callable[[], int]) -> tuple[str, str, str]:
    before, start, peak = _processor(), time.perf_counter(), 0
    for _ in range(TIMES):
        peak = act()
    clock, processor = (time.perf_counter() - start) / TIMES, (_processor() - before) / TIMES
    return f"{clock * 1000:.0f} ms", f"{processor * 1000:.0f} ms", f"{peak / 2**20:.0f} MB" if peak else ""


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
