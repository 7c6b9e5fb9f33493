"""The bars of QUALITY: how many, in how long, and how long one waits then. Durations are timedeltas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
STRICT = 3
"""Failures that one network address may make while the global brake is on."""


@dataclass(frozen=True)
class Limit:
    """At most `most` times within `window`, counted under `purpose`."""

    purpose: str
    most: int
    window: timedelta


IDENTIFY_NUMBER = Limit("identify-number", FREE_FAILURES, timedelta(days=1))
"""Failures for one social security number, known or not; the waits grow, nobody is barred."""
IDENTIFY_ADDRESS = Limit("identify-address", 200, timedelta(hours=1))
"""Failures from one network address: generous, since a pharmacy or a mobile operator is one address."""
IDENTIFY_ALL = Limit("identify-all", 2_000, timedelta(minutes=10))
"""The global brake: a rise of failures, wherever they come from."""
CODE_ADDRESS = Limit("code-address", 100, timedelta(hours=1))
CODE_ALL = Limit("code-all", 1_000, timedelta(minutes=10))
"""Wrong codes of visitors who did not identify themselves."""
CODE_SENDS = Limit("code-sends", 5, timedelta(days=1))
"""Provisional codes sent for one person."""
ACCESS_SENDS = Limit("access-sends", 10, timedelta(hours=1))
"""Access codes sent for one account."""
PASSWORD_ACCOUNT = Limit("password-account", FREE_FAILURES, timedelta(days=1))
PASSWORD_ADDRESS = Limit("password-address", 200, timedelta(hours=1))


def growing_wait(failures: int, last_at: datetime, now: datetime) -> timedelta:
    """How long to wait still: nothing up to five failures, then 30 s, doubled each time, 15 minutes at most."""
    if failures < FREE_FAILURES:
        return timedelta()
    wait = min(FIRST_WAIT * (1 << min(failures - FREE_FAILURES, 10)), LONGEST_WAIT)
    return max(last_at + wait - now, timedelta())
