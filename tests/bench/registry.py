"""The import of a registry: rows a second, and the peak of memory, which must not grow with the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.tables import against, heading, table

SIZES = (5_000, 20_000)
PEAK_BAR = 1.35
"""Times the peak of a file four times smaller: the staging's own cache fills meanwhile, 16 MiB at most."""

RUN = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.importing import import_registry
from webapp.config import Settings
from webapp.db.engine import make_engine
from webapp.db.migrate import upgrade
from webapp.db.vault import Vault, use_vault
file, people, now = Path(sys.argv[1]), int(sys.argv[2]), datetime.now(UTC)
settings = Settings.from_environment()
use_vault(Vault(settings.keys))
engine = make_engine(settings.database_url)
upgrade(engine)
rows = write_registry(file, people, 1, now.date())
took = []
for _ in range(2):
    start = time.process_time()
    report = import_registry(engine, file, now)
    took.append(time.process_time() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([rows, took[0], took[1], peak, report.new + report.changed]))
"""


def run() -> None:
    heading("Import of a registry file, SQLite (CPU seconds; the second import finds nothing to write)")
    rows: list[tuple[object, ...]] = []
    first_peak = 0.0
    for people in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", RUN, str(Path(folder) / "registry.csv"), str(people)],
                env={**os.environ, "VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.db"},
                capture_output=True,
                text=True,
                check=True,
            )
        count, first, second, peak, written = json.loads(done.stdout.splitlines()[-1])
        first_peak = first_peak or peak
        verdict = against(f"peak of an import of {count:,} rows", peak / first_peak, PEAK_BAR)
        rate = f"{count / first:,.0f}"
        rows.append((f"{count:,}", f"{first:.1f}", rate, f"{second:.1f}", written, f"{peak:.0f}", verdict))
    table(("rows", "first", "rows/s", "second", "written", "peak MiB", ""), rows)
