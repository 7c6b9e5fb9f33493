"""Password hashes as the service makes them: a process of its own, since tests hash with next to nothing."""

from __future__ import annotations

import subprocess
import sys
import threading

from tests.support.postgres import CHECKOUT
from webapp.account.passwords import AT_ONCE, hash_password, is_right

HASH = "from webapp.account.passwords import hash_password; print(hash_password('Sardine-verte-9'))"


def test_argon2id_with_the_floor_that_owasp_gives() -> None:
    made = subprocess.run(
        (sys.executable, "-c", HASH), cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=60
    )
    assert made.stdout.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_right_password_is_right_and_nobodys_never_is() -> None:
    stored = hash_password("Sardine-verte-9")
    assert is_right("Sardine-verte-9", stored)
    assert not is_right("sardine-verte-9", stored)
    assert not is_right("nobody has this password", None)
    assert not is_right("x", "no hash at all")


def test_hashes_are_computed_by_few_threads_however_many_ask() -> None:
    """Each thread that computes one keeps its memory: those that answer requests must not."""
    asking = [threading.Thread(target=hash_password, args=("x",)) for _ in range(16)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    computing = [thread for thread in threading.enumerate() if thread.name.startswith("password")]
    assert 1 <= len(computing) <= AT_ONCE
