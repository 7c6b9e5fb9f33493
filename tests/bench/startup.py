"""CPU of starting a server process, over that of `import flask`; and what must not be loaded by then."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.tables import against, heading, table
from tests.support.postgres import CHECKOUT

BAR, ROUNDS = 3.5, 7
HEAVY = (
    *(
        "alembic",
        "apprise",
        "authlib",
        "fhir",
        "joserfc",
        "phonenumbers",
        "pikepdf",
        "PIL",
        "pydantic_settings",
    ),
    *("reportlab", "segno", "xhtml2pdf", "zxcvbn_rs_py"),
)
MEASURE = """
import json, resource, sys, time
start = time.process_time()
{0}
spent = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([spent, peak, sorted(set(name.split(".")[0] for name in sys.modules))]))
"""


def measure(statement: str, var: Path) -> tuple[float, int, set[str]]:
    """CPU seconds of a statement in a fresh process, its peak memory in KiB, and the top-level modules loaded."""
    command = (sys.executable, "-c", MEASURE.format(statement))
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(var)}
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    spent, peak, modules = json.loads(done.stdout)
    return spent, peak, set(modules)


def run() -> None:
    heading("Start-up (CPU, median of fresh processes, taken in turn)")
    statements = {
        "import flask": "import flask",
        "import flask, sqlalchemy": "import flask, sqlalchemy.orm",
        "import wsgi": "import wsgi",
    }
    times: dict[str, list[float]] = {name: [] for name in statements}
    peaks: dict[str, int] = {}
    loaded: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS + 1):  # the first round makes keys, static files and bytecode
            for name, statement in statements.items():
                spent, peaks[name], modules = measure(statement, Path(folder))
                loaded |= modules
                if number:
                    times[name].append(spent)
    medians = {name: statistics.median(values) for name, values in times.items()}
    yardstick = medians["import flask"]
    rows: list[tuple[object, ...]] = []
    for name, value in medians.items():
        verdict = against("start-up", value / yardstick, BAR) if name == "import wsgi" else ""
        rows.append(
            (name, f"{value * 1e3:.0f}", f"{peaks[name] / 1024:.0f}", f"{value / yardstick:.2f}", verdict)
        )
    table(("process", "CPU ms", "peak MiB", "× import flask", ""), rows)
    found = sorted(set(HEAVY) & loaded)
    print(f"heavy libraries loaded at start: {', '.join(found) or 'none'}")
    against("heavy libraries loaded", len(found), 0)
