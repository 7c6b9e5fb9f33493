"""The application's clock in tests."""

from __future__ import annotations

from datetime import datetime, timedelta


class Clock:
    """It stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> datetime:
        """Move forward, by the arguments of timedelta; return the new time."""
        self.now += timedelta(**time)
        return self.now
