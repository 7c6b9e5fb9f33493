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
IDENTIFIER_SENDS = Limit("identifier-sends", 5, timedelta(days=1))
"""Forgotten identifiers sent for one identity."""
RESET_SENDS = Limit("reset-sends", 5, timedelta(days=1))
"""Reset codes asked for one identifier, known or not, from wherever its account was never signed in to."""
RESET_KNOWN = Limit("reset-known", 5, timedelta(days=1))
"""The same from one browser or network that signed in to this account before: strangers do not bar it."""
RESET_CARD = Limit("reset-card", 5, timedelta(days=1))
"""The same once strangers have used those up, for whoever showed with a card that they are the owner."""
RESET_VISIT = Limit("reset-visit", 10, timedelta(days=1))
"""Reset codes asked by one browser, whatever the identifiers; the waits grow."""
RESET_ADDRESS = Limit("reset-address", 200, timedelta(hours=1))
"""The same from one network address: generous, as for identities."""
RESET_ALL = Limit("reset-all", 2_000, timedelta(minutes=10))
ACCESS_SENDS = Limit("access-sends", 10, timedelta(hours=1))
"""Access codes sent for one account, to sign in."""
NEW_ADDRESS_SENDS = Limit("new-address-sends", 9, timedelta(hours=1))
"""Codes that prove a new address of one account: as many as were left after the one of the sign-in."""
FACTOR_TRIES = Limit("factor-tries", 20, timedelta(days=1))
"""Wrong codes of an authenticator application, of one account; the waits grow, its other channels stay open."""
PASSWORD_VISIT = Limit("password-visit", FREE_FAILURES, timedelta(days=1))
"""Wrong passwords of one identifier, known or not, from one browser that this account does not know."""
PASSWORD_STRANGERS = Limit("password-strangers", 20, timedelta(days=1))
"""The same from all such browsers together: they share a wait, which those that the account knows do not meet."""
PASSWORD_KNOWN = Limit("password-known", FREE_FAILURES, timedelta(days=1))
"""Wrong passwords from one browser or network that signed in to this account before."""
PASSWORD_ADDRESS = Limit("password-address", 200, timedelta(hours=1))
KNOWN_NETWORK = Limit("known-network", 1, timedelta(days=90))
"""Not a limit but a memory: an account was signed in to from this network."""
ACCOUNT_CHANGES = Limit("account-changes", 20, timedelta(days=1))
"""Other identifiers asked for one account, free or taken: each tells its owner, and none may list whose is taken."""
INVITATIONS = Limit("invitations", 5, timedelta(days=1))
"""Invitations to share a child's space, sent from one account."""
DISAGREEMENTS = Limit("disagreements", 5, timedelta(days=1))
"""Disagreements about children's spaces, of one guardian: each one writes to everybody concerned."""
DOWNLOADS = Limit("downloads", 10, timedelta(days=1))
"""Archives of everything that is held of a person, made from one account."""


def growing_wait(failures: int, last_at: datetime, now: datetime, free: int = FREE_FAILURES) -> timedelta:
    """How long to wait still: nothing up to `free` failures, then 30 s, doubled each time, 15 minutes at most."""
    if failures < free:
        return timedelta()
    wait = min(FIRST_WAIT * (1 << min(failures - free, 10)), LONGEST_WAIT)
    return min(max(last_at + wait - now, timedelta()), wait)  # a clock that is set back prolongs nothing
