"""What a server process loads before its first request."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.test_code import HEAVY
from tests.support.postgres import CHECKOUT

PROGRAM = "import json, sys, wsgi; print(json.dumps(sorted(sys.modules)))"


def test_heavy_libraries_are_not_loaded_at_the_start(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path / "var")}
    done = subprocess.run(
        (sys.executable, "-W", "error", "-c", PROGRAM),
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "flask" in loaded
    assert {name.split(".")[0] for name in loaded} & set(HEAVY) == set()
    assert "sqlalchemy.dialects.postgresql" not in loaded  # of no use on SQLite
